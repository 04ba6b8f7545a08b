"""Dashboards that one may see: shared with a role one has, or all for who makes them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Grant
from kantoor.kernel.queries import query, scoped
from kantoor.management.errors import UnknownDashboard
from kantoor.management.models import Card, Dashboard, DashboardRole
from kantoor.management.queries.figures import READ

MANAGE = "management.manage_dashboards"


class DashboardRow(msgspec.Struct, frozen=True, kw_only=True):
    """A dashboard as listed, with the names of the roles that see it."""

    id: int
    code: str
    title: str
    roles: list[str]
    cards: int
    made_at: datetime


class CardRow(msgspec.Struct, frozen=True, kw_only=True):
    """A card of a dashboard, as it is set."""

    id: int
    place: int
    kind: str
    subject: str
    asked: str
    most: int


class DashboardShown(msgspec.Struct, frozen=True, kw_only=True):
    """A dashboard with its cards in order; what one may not see of them stays out when drawn."""

    row: DashboardRow
    title_nl: str
    title_en: str
    role_codes: list[str]
    cards: list[CardRow]


@query(permission=READ, title=_("Dashboards"), exposed=True)
def dashboards(actor: Actor, /) -> list[DashboardRow]:
    """The dashboards that one may see, those of one's own roles first."""
    found = list(_seen(actor).annotate(n=Count("cards", distinct=True)).order_by("made_at", "pk"))
    shares: dict[int, list[tuple[int, str]]] = {}
    rows = DashboardRole.objects.filter(dashboard__in=found).select_related("role")
    for each in rows.order_by("role__name_en"):
        name = each.role.name_nl if actor.language.startswith("nl") else each.role.name_en
        shares.setdefault(each.dashboard_id, []).append((each.role_id, name))
    mine = _roles(actor)
    shaped = [
        (
            not any(key in mine for key, _name in shares.get(row.pk, ())),
            DashboardRow(
                id=row.pk,
                code=row.code,
                title=title_of(actor, row),
                roles=[name for _key, name in shares.get(row.pk, ())],
                cards=row.n,
                made_at=row.made_at,
            ),
        )
        for row in found
    ]
    return [row for _others, row in sorted(shaped, key=lambda each: each[0])]


@query(permission=READ, title=_("A dashboard"), exposed=True)
def dashboard(actor: Actor, /, *, code: str) -> DashboardShown:
    """One dashboard by its code. Raises UnknownDashboard, also for one that is not shared."""
    row = _seen(actor).filter(code=code).first()
    if row is None:
        message = _("There is no dashboard “{code}”.").format(code=code[:40])
        raise UnknownDashboard(message, field="code")
    shares = list(
        DashboardRole.objects.filter(dashboard=row).select_related("role").order_by("role__code")
    )
    cards = list(Card.objects.filter(dashboard=row).order_by("place", "pk"))
    dutch = actor.language.startswith("nl")
    return DashboardShown(
        row=DashboardRow(
            id=row.pk, code=row.code, title=title_of(actor, row),
            roles=[each.role.name_nl if dutch else each.role.name_en for each in shares],
            cards=len(cards), made_at=row.made_at,
        ),
        title_nl=row.title_nl,
        title_en=row.title_en,
        role_codes=[each.role.code for each in shares],
        cards=[
            CardRow(
                id=each.pk, place=each.place, kind=each.kind, subject=each.subject,
                asked=each.asked, most=each.most,
            )
            for each in cards
        ],
    )  # fmt: skip


@query(permission=READ, title=_("Codes of dashboards"))
def dashboard_codes(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The codes and titles of dashboards by their keys, of those that one may see."""
    return {row.pk: (row.code, title_of(actor, row)) for row in _seen(actor).filter(pk__in=keys)}


@query(permission=READ, title=_("The dashboard of a card"))
def dashboard_of_card(actor: Actor, /, *, card: int) -> str:
    """The code of the dashboard that a card stands on; empty where one may not see it."""
    row = (
        Card.objects.filter(pk=card, dashboard__in=_seen(actor)).select_related("dashboard").first()
    )
    return row.dashboard.code if row else ""


def title_of(actor: Actor, row: Dashboard) -> str:
    """The title in the language that holds, which of a letter is its reader's."""
    language = get_language() or actor.language
    return row.title_nl if language.startswith("nl") else row.title_en


def _seen(actor: Actor) -> "QuerySet[Dashboard]":
    found = scoped(actor, Dashboard).filter(ended_at=None)
    if actor.may(MANAGE):
        return found
    return found.filter(Q(pk__in=DashboardRole.objects.filter(role__in=_roles(actor)).values("dashboard")))  # fmt: skip


def _roles(actor: Actor) -> list[int]:
    """The keys of the roles that one has here."""
    rows = Grant.objects.filter(
        company_id=actor.company_id, user_id=actor.user_id or 0, ended_at=None
    )
    return list(rows.values_list("role_id", flat=True))
