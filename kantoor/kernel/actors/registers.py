"""What can be asked about people and their rights: users, roles, tokens, who may do what."""

from collections import defaultdict
from datetime import datetime

import msgspec
from django.db.models import Q
from django.utils.encoding import force_str
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.registry import actions
from kantoor.kernel.actors.actor import EVERYONE, Actor, companies_of, covers
from kantoor.kernel.actors.colleagues import colleague, visible_users
from kantoor.kernel.actors.models import (
    Company,
    ExcludingDuties,
    Grant,
    Role,
    RolePermission,
    Token,
    User,
)
from kantoor.kernel.actors.tokens import MANAGE_TOKENS
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import queries, query

READ_USERS = "kernel.read_users"


class UserRow(msgspec.Struct, frozen=True):
    """A user as listed; `roles` are the codes of those they have in this company."""

    sign_in: str
    name: str
    email: str
    kind: str
    language: str
    active: bool
    administrator: bool
    roles: list[str]
    created_at: datetime


class RoleRow(msgspec.Struct, frozen=True):
    """A role with what it may do, and how many have it in this company."""

    code: str
    name: str
    permissions: list["PermissionLimit"]
    people: int


class PermissionLimit(msgspec.Struct, frozen=True):
    """A permission of a role with its limit in minor units, if it has one."""

    permission: str
    limit_minor: int | None


class GrantRow(msgspec.Struct, frozen=True):
    """A role that somebody has or had in this company."""

    user: str
    name: str
    role: str
    granted_at: datetime
    ended_at: datetime | None


class TokenRow(msgspec.Struct, frozen=True):
    """A token, without its secret."""

    user: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class PermissionRow(msgspec.Struct, frozen=True):
    """A permission: what it lets one do and see, and which roles have it."""

    permission: str
    actions: list[str]
    queries: list[str]
    roles: list[str]


class CompanyRow(msgspec.Struct, frozen=True):
    """A company that one may act in."""

    name: str
    country: str
    currency: str


class DutiesRow(msgspec.Struct, frozen=True):
    """Two permissions that no one person may have here."""

    first: str
    second: str


@query(permission=READ_USERS, title=_("Users"), exposed=True)
def users(
    actor: Actor,
    /,
    *,
    search: str = "",
    active: bool | None = None,
    sort: str = "name",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[UserRow]:
    """The users one may know of, with their roles in this company."""
    found = visible_users(actor)
    if search:
        found = found.filter(Q(name__icontains=search) | Q(sign_in__icontains=search))
    if active is not None:
        found = found.filter(active=active)
    keys = {"name": ("name",), "sign_in": ("sign_in",), "created_at": ("created_at",)}
    page = page_by(found, order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals={})
    roles = _roles_of(actor, page.rows)
    return page.map(lambda user: _user_row(user, roles[user.pk]))


@query(permission=READ_USERS, title=_("A user"), exposed=True)
def user(actor: Actor, /, *, sign_in: str) -> UserRow:
    """One user, by the name they sign in with."""
    found = colleague(actor, sign_in)
    return _user_row(found, _roles_of(actor, [found])[found.pk])


@query(permission=READ_USERS, title=_("Roles"), exposed=True)
def roles(actor: Actor, /) -> list[RoleRow]:
    """Every role, with what it may do and how many people have it here."""
    people: dict[int, int] = defaultdict(int)
    for role_id in Grant.objects.filter(company=actor.company_id, ended_at=None).values_list(
        "role_id", flat=True
    ):
        people[role_id] += 1
    found = Role.objects.prefetch_related("permissions").order_by("code")
    return [
        RoleRow(
            role.code,
            role_name(role),
            [
                PermissionLimit(each.permission, each.limit_minor)
                for each in sorted(role.permissions.all(), key=lambda each: each.permission)
            ],
            people[role.pk],
        )
        for role in found
    ]


@query(permission=READ_USERS, title=_("Roles given and taken"), exposed=True)
def grants(actor: Actor, /, *, cursor: str = "", limit: int = PAGE) -> Page[GrantRow]:
    """Who has or had which role in this company, the latest first."""
    found = Grant.objects.filter(company=actor.company_id).select_related("user", "role")
    page = page_by(found, order=("-granted_at", "-id"), cursor=cursor, limit=limit, totals={})
    return page.map(
        lambda grant: GrantRow(
            grant.user.sign_in, grant.user.name, grant.role.code, grant.granted_at, grant.ended_at
        )
    )


@query(permission=EVERYONE, title=_("Tokens"), exposed=True)
def tokens(
    actor: Actor, /, *, user: str = "", cursor: str = "", limit: int = PAGE
) -> Page[TokenRow]:
    """One's own tokens in this company; those of all for who manages them."""
    found = Token.objects.filter(company=actor.company_id).select_related("user")
    if not actor.may(MANAGE_TOKENS):
        found = found.filter(user=actor.user_id)
    if user:
        found = found.filter(user__sign_in=user.lower())
    page = page_by(found, order=("-created_at", "-id"), cursor=cursor, limit=limit, totals={})
    return page.map(
        lambda token: TokenRow(
            token.user.sign_in,
            token.name,
            token.scopes.split(),
            token.created_at,
            token.expires_at,
            token.revoked_at,
        )
    )


@query(permission=READ_USERS, title=_("Who may do what"), exposed=True)
def permissions(actor: Actor, /) -> list[PermissionRow]:
    """Every permission with the actions and lists it opens, and the roles that have it."""
    does, shows = defaultdict(list), defaultdict(list)
    for act in actions():
        if not act.hidden:
            does[act.permission].append(force_str(act.title))
    for ask in queries():
        shows[ask.permission].append(force_str(ask.title) or ask.name)
    granted: dict[str, set[str]] = defaultdict(set)
    for code, pattern in RolePermission.objects.values_list("role__code", "permission"):
        granted[code].add(pattern)
    return [
        PermissionRow(
            permission,
            does[permission],
            shows[permission],
            sorted(code for code, has in granted.items() if covers(frozenset(has), permission)),
        )
        for permission in sorted({*does, *shows} - {EVERYONE})
    ]


@query(permission=READ_USERS, title=_("Duties that exclude each other"), exposed=True)
def excluding_duties(actor: Actor, /) -> list[DutiesRow]:
    """The pairs of permissions that no one person may have in this company."""
    pairs = ExcludingDuties.objects.filter(company=actor.company_id).order_by("first", "second")
    return [DutiesRow(first, second) for first, second in pairs.values_list("first", "second")]


@query(permission=EVERYONE, title=_("Companies"), exposed=True)
def companies(actor: Actor, /) -> list[CompanyRow]:
    """The companies that one may act in."""
    found = User.objects.filter(pk=actor.user_id or 0).first()
    mine = companies_of(found) if found else []
    if found is not None and found.kind == "system":
        mine = list(Company.objects.order_by("name"))
    return [CompanyRow(each.name, each.country, each.currency) for each in mine]


def role_name(role: Role) -> str:
    """The role's name in the reader's language."""
    return role.name_nl if (get_language() or "en").startswith("nl") else role.name_en


def _roles_of(actor: Actor, people: list[User]) -> dict[int, list[str]]:
    held: dict[int, list[str]] = defaultdict(list)
    found = Grant.objects.filter(
        user__in=[user.pk for user in people], company=actor.company_id, ended_at=None
    )
    for user_id, code in found.order_by("role__code").values_list("user_id", "role__code"):
        held[user_id].append(code)
    return held


def _user_row(user: User, roles: list[str]) -> UserRow:
    return UserRow(
        user.sign_in,
        user.name,
        user.email,
        user.kind,
        user.language,
        user.active,
        user.administrator,
        roles,
        user.created_at,
    )
