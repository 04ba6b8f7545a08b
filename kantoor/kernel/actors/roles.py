"""Roles: what each may do, who has which in a company, and duties that exclude each other.

What roles exist and may do is the same for all companies; who has them is decided in each.
"""

import re
from collections.abc import Sequence

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor, covers
from kantoor.kernel.actors.colleagues import MANAGE_USERS, colleague
from kantoor.kernel.actors.companies import MANAGE_INSTALLATION
from kantoor.kernel.actors.models import ExcludingDuties, Grant, Role, RolePermission, User
from kantoor.kernel.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotFound

_CODE = re.compile(r"[a-z][a-z0-9_]{1,49}")
_PERMISSION = re.compile(r"(\*|[a-z_*]+\.[a-z0-9_*]+)")


class DutiesExclude(DomainError):
    """One person would have two duties that exclude each other."""

    code = "duties.exclude"
    status = 409


class Permitted(msgspec.Struct, frozen=True):
    """A permission (`finance.post_entry`, `finance.*`) and the highest amount handled alone.

    `limit_minor` is in minor units of the company's currency; nothing is no limit.
    """

    permission: str
    limit_minor: int | None = None


@action(permission=MANAGE_INSTALLATION, title=_("Add a role"))
def add_role(
    actor: Actor, /, *, code: str, name_en: str, name_nl: str, permissions: Sequence[Permitted] = ()
) -> None:
    """Add a role, for all companies."""
    if not _CODE.fullmatch(code):
        message = _("Use lower-case letters, digits and underscores, such as sales_desk.")
        raise InvalidInput(message, field="code")
    if not name_en.strip() or not name_nl.strip():
        raise InvalidInput(_("A role needs a name in both languages."), field="name_en")
    if Role.objects.filter(code=code).exists():
        raise Conflict(_("There is a role “{code}” already.").format(code=code), field="code")
    role = Role.objects.create(code=code, name_en=name_en.strip(), name_nl=name_nl.strip())
    _set(role, permissions)
    concerns(_about(role))


@action(permission=MANAGE_INSTALLATION, title=_("Set what a role may do"))
def set_role_permissions(actor: Actor, /, *, role: str, permissions: Sequence[Permitted]) -> None:
    """Set the permissions of a role to just these, in all companies.

    Refused for a role one has oneself, and when it would give somebody two duties that exclude
    each other.
    """
    found = _role(role)
    mine = Grant.objects.filter(user=actor.user_id, role=found, ended_at=None)
    if mine.exists() and "*" not in actor.permissions:
        raise NotAllowed(_("You have this role yourself; ask a colleague."), field="role")
    _set(found, permissions)
    for grant in Grant.objects.filter(role=found, ended_at=None).select_related("user"):
        _refuse_excluding(
            grant.user, grant.company_id, permissions_of(grant.user, grant.company_id)
        )
    concerns(_about(found))


@action(permission=MANAGE_USERS, title=_("Give somebody a role"))
def grant_role(actor: Actor, /, *, user: str, role: str) -> None:
    """Give a user a role in this company; nobody can do this for themselves.

    Raises DutiesExclude when the user would have two duties that exclude each other.
    """
    give_role(actor, colleague(actor, user), role)


@action(permission=MANAGE_USERS, title=_("Take a role away"))
def end_grant(actor: Actor, /, *, user: str, role: str) -> None:
    """Take a role in this company away from a user."""
    person, found = colleague(actor, user), _role(role)
    grant = Grant.objects.filter(
        user=person, role=found, company=actor.company_id, ended_at=None
    ).first()
    if grant is None:
        message = _("{name} does not have this role here.").format(name=person.name)
        raise NotFound(message, field="role")
    grant.ended_at = timezone.now()
    grant.save()
    concerns(f"kernel.user/{person.pk}")


@action(permission=MANAGE_USERS, title=_("Let two duties exclude each other"))
def exclude_duties(actor: Actor, /, *, first: str, second: str) -> None:
    """From now on no one person may have both permissions in this company.

    Refused while somebody has both: take one away first.
    """
    first, second = sorted((_duty(first, "first"), _duty(second, "second")))
    if first == second:
        raise InvalidInput(_("Choose two different permissions."), field="second")
    same = ExcludingDuties.objects.filter(company=actor.company_id, first=first, second=second)
    if same.exists():
        raise Conflict(_("These two exclude each other already."), field="second")
    pair = ExcludingDuties.objects.create(company_id=actor.company_id, first=first, second=second)
    working = User.objects.filter(grants__company=actor.company_id, grants__ended_at=None)
    for person in working.filter(active=True, administrator=False).distinct():
        _refuse_excluding(person, actor.company_id, permissions_of(person, actor.company_id))
    concerns(f"kernel.excluding_duties/{pair.pk}")


@action(permission=MANAGE_USERS, title=_("Let two duties go together again"))
def allow_duties(actor: Actor, /, *, first: str, second: str) -> None:
    """End that two permissions exclude each other in this company."""
    first, second = sorted((first, second))
    pair = ExcludingDuties.objects.filter(
        company=actor.company_id, first=first, second=second
    ).first()
    if pair is None:
        raise NotFound(_("These two do not exclude each other."), field="second")
    pair.delete()


def give_role(actor: Actor, person: User, role: str) -> None:
    """Give somebody a role in the actor's company, within an action of the actor."""
    found = _role(role)
    if person.pk == actor.user_id:
        raise NotAllowed(_("Nobody gives themselves a role; ask a colleague."), field="user")
    if Grant.objects.filter(
        user=person, role=found, company=actor.company_id, ended_at=None
    ).exists():
        message = _("{name} has this role already.").format(name=person.name)
        raise Conflict(message, field="role")
    gained = frozenset(found.permissions.values_list("permission", flat=True))
    permissions = permissions_of(person, actor.company_id) | gained
    _refuse_excluding(person, actor.company_id, permissions)
    Grant.objects.create(
        user=person, role=found, company_id=actor.company_id, granted_at=timezone.now()
    )
    concerns(f"kernel.user/{person.pk}")


def permissions_of(user: User, company_id: int) -> frozenset[str]:
    """The patterns that a user's roles give in a company."""
    granted = RolePermission.objects.filter(
        role__grant__user=user, role__grant__company=company_id, role__grant__ended_at=None
    )
    return frozenset(granted.values_list("permission", flat=True))


def _refuse_excluding(user: User, company_id: int, permissions: frozenset[str]) -> None:
    pairs = ExcludingDuties.objects.filter(company=company_id).values_list("first", "second")
    for first, second in pairs:
        if covers(permissions, first) and covers(permissions, second):
            message = _("{name} would have both {first} and {second}, which exclude each other.")
            raise DutiesExclude(message.format(name=user.name, first=first, second=second))


def _set(role: Role, permissions: Sequence[Permitted]) -> None:
    wanted = {checked_permission(each.permission): each.limit_minor for each in permissions}
    if any(most is not None and most < 0 for most in wanted.values()):
        raise InvalidInput(_("A limit is not negative."), field="permissions")
    for kept in role.permissions.all():
        if kept.permission not in wanted:
            kept.delete()
        elif kept.limit_minor != (most := wanted.pop(kept.permission)):
            kept.limit_minor = most
            kept.save()
    RolePermission.objects.bulk_create(
        RolePermission(role=role, permission=permission, limit_minor=most)
        for permission, most in wanted.items()
    )


def checked_permission(permission: str, field: str = "permissions") -> str:
    """The permission, or InvalidInput when it does not look like one."""
    if not _PERMISSION.fullmatch(permission):
        message = _("“{permission}” is no permission; write one such as finance.post_entry.")
        raise InvalidInput(message.format(permission=permission), field=field)
    return permission


def _duty(permission: str, field: str) -> str:
    """One permission: a pattern would have to exclude all that it stands for."""
    if "*" in checked_permission(permission, field):
        message = _("Name one permission, such as finance.post_entry, without *.")
        raise InvalidInput(message, field=field)
    return permission


def _role(code: str) -> Role:
    found = Role.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no role “{code}”.").format(code=code), field="role")
    return found


def _about(role: Role) -> str:
    return f"kernel.role/{role.pk}"
