"""Who stands in for whom, and who is in which team."""

from datetime import date

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import visible_users
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import HELP, READ, TAKE_PART
from kantoor.procedures.models import StandIn, Team, TeamMember
from kantoor.procedures.queries.words import said


class StandInRow(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who does another's tasks: `state` is now, coming or over; `mine` of the reader."""

    id: int
    user: str
    deputy: str
    first: date
    last: date
    state: str
    mine: bool


class TeamRow(msgspec.Struct, frozen=True, kw_only=True):
    """A team with its members, by name and as they sign in."""

    id: int
    code: str
    name: str
    members: list[str]
    sign_ins: list[str]


class Colleague(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who can be given work, by what they sign in as."""

    sign_in: str
    name: str


@query(permission=TAKE_PART, title=_("Who stands in for whom"), exposed=True)
def stand_ins(
    actor: Actor, /, *, over: bool = False, sort: str = "-first", cursor: str = "",
    limit: int = PAGE,
) -> Page[StandInRow]:  # fmt: skip
    """Who stands in for oneself and for whom one does; everybody's for who sees all procedures.

    Those that are over only when asked (`over`).
    """
    today = today_of(actor)
    found = scoped(actor, StandIn).select_related("user", "deputy")
    if not (actor.may(READ) or actor.may(HELP)):
        found = found.filter(Q(user=actor.user_id) | Q(deputy=actor.user_id))
    if not over:
        found = found.filter(ended_at=None, last__gte=today)
    order = sorted_by(sort, {"first": ("first",), "last": ("last",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    return page.map(
        lambda each: StandInRow(
            id=each.pk,
            user=each.user.name,
            deputy=each.deputy.name,
            first=each.first,
            last=each.last,
            state=_state(each, today),
            mine=actor.user_id in (each.user_id, each.deputy_id),
        )
    )


def _state(each: StandIn, today: date) -> str:
    if each.ended_at is not None or each.last < today:
        return "over"
    return "now" if each.first <= today else "coming"


@query(permission=READ, title=_("Teams"), exposed=True)
def teams(
    actor: Actor, /, *, search: str = "", sort: str = "name", cursor: str = "", limit: int = PAGE
) -> Page[TeamRow]:
    """The teams of the company with who is in them."""
    found = scoped(actor, Team)
    if search:
        found = found.filter(
            Q(name__icontains=search) | Q(name_nl__icontains=search) | Q(code__icontains=search)
        )
    order = sorted_by(sort, {"name": ("name",), "code": ("code",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    people: dict[int, list[tuple[str, str]]] = {}
    members = TeamMember.objects.filter(team_id__in=[each.pk for each in page.rows])
    for team, name, sign_in in members.order_by("user__name").values_list(
        "team_id", "user__name", "user__sign_in"
    ):
        people.setdefault(team, []).append((name, sign_in))
    return page.map(
        lambda each: TeamRow(
            id=each.pk,
            code=each.code,
            name=said(actor, each.name, each.name_nl),
            members=[name for name, _sign_in in people.get(each.pk, [])],
            sign_ins=[sign_in for _name, sign_in in people.get(each.pk, [])],
        )
    )


@query(permission=TAKE_PART, title=_("Colleagues who can be given work"))
def people_to_choose(actor: Actor, /, *, search: str = "", limit: int = PAGE) -> list[Colleague]:
    """People of the company who can sign in, by a part of their name, in order of name."""
    found = visible_users(actor).filter(
        kind="person", active=True, grants__company=actor.company_id, grants__ended_at=None
    )
    if search:
        found = found.filter(Q(name__icontains=search) | Q(sign_in__istartswith=search))
    rows = found.distinct().order_by("name", "pk").values_list("sign_in", "name")
    return [Colleague(sign_in=sign_in, name=name) for sign_in, name in rows[: min(limit, PAGE)]]
