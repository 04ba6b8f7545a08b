"""Shifts, who works which on the days of a week, and the rules of overtime."""

from datetime import date, timedelta

import msgspec
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import OvertimeRule, PlannedShift, Shift
from kantoor.departments.hr.queries.people.own import own_party, people_of
from kantoor.departments.hr.queries.times.numbers import monday_of
from kantoor.departments.hr.queries.times.sheets import FIRST, LAST, OWN, READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class ShiftRow(msgspec.Struct, frozen=True):
    """A shift as it is now; times as the clock on the wall shows them."""

    id: int
    code: str
    name: str
    starts: str
    ends: str
    pause: int
    zone: str
    ended: bool


class PlannedShiftRow(msgspec.Struct, frozen=True):
    """A day that somebody works a shift."""

    id: int
    day: date
    person: str
    employee: str
    shift: str
    name: str
    starts: str
    ends: str


class OvertimeRuleRow(msgspec.Struct, frozen=True):
    """A rule of overtime as listed."""

    id: int
    start: date
    kind: str
    after: int
    percent: int


def wall(minute: int) -> str:
    """A minute of the day as the clock on the wall shows it."""
    return f"{minute // 60:02}:{minute % 60:02}"


def latest_shifts(actor: Actor) -> dict[str, Shift]:
    """The shifts as they were set last, by code."""
    return {row.code: row for row in scoped(actor, Shift).order_by("pk")}


@query(permission=READ, title=_("Shifts"), exposed=True)
def shifts(actor: Actor, /) -> list[ShiftRow]:
    """All shifts by code, those that ended last."""
    rows = sorted(latest_shifts(actor).values(), key=lambda row: (row.ended, row.code))
    return [
        ShiftRow(
            row.pk, row.code, row.name, wall(row.starts), wall(row.ends), row.pause, row.zone,
            row.ended,
        )
        for row in rows
    ]  # fmt: skip


@query(permission=READ, title=_("Rules of overtime"), exposed=True)
def overtime_rules(actor: Actor, /) -> list[OvertimeRuleRow]:
    """All rules, the newest first; of one kind and limit the one that starts last holds."""
    rows = scoped(actor, OvertimeRule).order_by("-start", "-pk")
    return [OvertimeRuleRow(row.pk, row.start, row.kind, row.after, row.percent) for row in rows]


@query(permission=OWN, title=_("Planned shifts"), exposed=True)
def planned_shifts(
    actor: Actor,
    /,
    *,
    week: date | None = None,
    search: str = "",
    sort: str = "day",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[PlannedShiftRow]:
    """Who works which shift in the week of a day (this one unless said) and the week after it.

    Everybody to who sees all hours; else oneself and one's people.
    """
    day = week or timezone.localdate()
    if not FIRST <= day <= LAST:
        raise InvalidInput(_("Give a day of this century."), field="week")
    monday = monday_of(day)
    rows = scoped(actor, PlannedShift).filter(
        withdrawn_at=None, day__range=(monday, monday + timedelta(days=13))
    )
    if not actor.may(READ):
        mine = {own_party(actor).pk, *people_of(actor, timezone.localdate())}
        rows = rows.filter(party__in=mine)
    if search:
        rows = rows.filter(Q(party__name__icontains=search) | Q(party__code__iexact=search))
    order = sorted_by(sort, {"day": ("day",), "person": ("party__name",)})
    page = page_by(rows.select_related("party", "shift"), order=order, cursor=cursor, limit=limit)
    return page.map(
        lambda row: PlannedShiftRow(
            row.pk, row.day, row.party.name, row.party.code, row.shift.code, row.shift.name,
            wall(row.shift.starts), wall(row.shift.ends),
        )
    )  # fmt: skip
