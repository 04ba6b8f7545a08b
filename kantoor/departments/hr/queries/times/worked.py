"""Worked time as it is looked at: one's own clock, weeks to approve, one week, and sums by rate."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec
from django.db.models import Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_times import UnknownClock
from kantoor.departments.hr.models import ClockMark, WorkedTime
from kantoor.departments.hr.models.times.sheets import week_name
from kantoor.departments.hr.queries.people.own import find_own_party, own_party
from kantoor.departments.hr.queries.times.clocked import (
    Week,
    clocked_of,
    counting_marks,
    local_day,
    weeks_worked,
)
from kantoor.departments.hr.queries.times.numbers import monday_of, read_number
from kantoor.departments.hr.queries.times.sheets import FIRST, LAST, MANAGE, OWN, READ
from kantoor.departments.hr.queries.times.whose import hours_of
from kantoor.departments.hr.reckoning.clock import FORGOTTEN, Clocked
from kantoor.departments.hr.reckoning.overtime import NORMAL
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.parties.employees import EMPLOYEE
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped

LOOKED_BACK = timedelta(weeks=8)
"""As far back weeks are shown that wait for a manager."""
LONGEST = timedelta(days=366)


class OwnClock(msgspec.Struct, frozen=True):
    """One's own clock: since when one is in, and the minutes of today until now."""

    since: datetime | None
    today: int
    marks: list["ClockMarkRow"]


class ClockMarkRow(msgspec.Struct, frozen=True):
    """A mark; `fault` says that the other that belongs to it is missing, `back` that it was taken back.

    `why` is the reason of a correction.
    """

    id: int
    at: datetime
    kind: str
    zone: str
    source: str
    why: str
    by: str
    fault: str
    back: bool


class WorkedWeekRow(msgspec.Struct, frozen=True):
    """A person's week: minutes at the normal wage and beyond it, and marks that miss their other."""

    number: str
    person: str
    week: date
    state: str
    minutes: int
    overtime: int
    faults: int


class WorkedShare(msgspec.Struct, frozen=True):
    """Minutes of a day at a percentage of the wage, and how many of them are approved."""

    day: date
    percent: int
    minutes: int
    approved: int


class WorkedWeekShown(msgspec.Struct, frozen=True):
    """A week with its shares and marks."""

    row: WorkedWeekRow
    employee: str
    shares: list[WorkedShare]
    marks: list[ClockMarkRow]
    may_decide: bool


class WorkedSum(msgspec.Struct, frozen=True):
    """One person's minutes at a percentage of the wage between two days."""

    employee: str
    name: str
    percent: int
    minutes: int
    approved: int


@query(permission=OWN, title=_("My clock"), exposed=True)
def my_clock(actor: Actor, /) -> OwnClock:
    """Whether one is in, and what one clocked since yesterday."""
    party, now = own_party(actor), timezone.now()
    clocked = clocked_of(actor, party.pk, now)
    today = local_day(now, actor.zone)
    minutes = sum(span.minutes for span in clocked.spans if span.day == today)
    since = clocked.inside.at if clocked.inside else None
    if since is not None:
        minutes += max(now - since, timedelta()) // timedelta(minutes=1)  # A terminal may be ahead.
    rows = ClockMark.objects.filter(
        company_id=actor.company_id, party=party, at__gte=now - timedelta(days=2)
    )
    return OwnClock(since, minutes, _mark_rows(rows, clocked))


@query(permission=OWN, title=_("A clock-out that one forgot"))
def my_forgotten_clock_out(actor: Actor, /) -> datetime | None:
    """When one last clocked in lately without clocking out, by the clock on the wall there."""
    own, now = own_party(actor), timezone.now()
    lost = [each for each in clocked_of(actor, own.pk, now).faults if each.what == FORGOTTEN]
    return lost[-1].mark.local if lost else None


def _mark_rows(rows: Iterable[ClockMark], clocked: "Clocked | Week") -> list[ClockMarkRow]:
    """Marks as listed, those that take back at the one they are about."""
    every = list(rows)
    backs = {row.takes_back_id: row for row in every if row.takes_back_id}
    faults = {fault.mark.id: fault.what for fault in clocked.faults}
    found = []
    for row in sorted(every, key=lambda row: (row.at, row.pk)):
        if row.takes_back_id:
            continue
        back = backs.get(row.pk)
        said = back or row
        found.append(
            ClockMarkRow(
                row.pk, row.at, row.kind, row.zone, row.source, said.why,
                said.recorded_by.name if said.recorded_by and said.why else "",
                faults.get(row.pk, ""), back is not None,
            )
        )  # fmt: skip
    return found


def _row(party: Party, monday: date, week: Week, today: date) -> WorkedWeekRow:
    over = sum(minutes for (_d, percent), minutes in week.shares.items() if percent > NORMAL)
    return WorkedWeekRow(
        f"{week_name(monday)}-{party.code}", party.name, monday, week.state(monday, today),
        sum(week.shares.values()) - over, over, len(week.faults),
    )  # fmt: skip


@query(permission=READ, title=_("Worked time"), exposed=True)
def worked_weeks(
    actor: Actor,
    /,
    *,
    week: date | None = None,
    search: str = "",
    sort: str = "person",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[WorkedWeekRow]:
    """Everybody who clocked in the week of a day; in the last one that has any, unless said."""
    latest = scoped(actor, ClockMark).filter(takes_back=None).aggregate(Max("at"))["at__max"]
    monday = _monday(week or (local_day(latest, actor.zone) if latest else None))
    bounds = (_begin(monday), _begin(monday + timedelta(days=7)))
    there = scoped(actor, ClockMark).filter(at__gte=bounds[0], at__lt=bounds[1])
    found = scoped(actor, Party).filter(pk__in=there.values("party_id"))
    if search:
        found = found.filter(Q(name__icontains=search) | Q(code__iexact=search))
    order = sorted_by(sort, {"person": ("name",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit)
    keys = [row.pk for row in page.rows]
    weeks = weeks_worked(actor.company_id, monday, monday, timezone.now(), keys)
    today = timezone.localdate()
    return page.map(lambda row: _row(row, monday, weeks.get((row.pk, monday), Week()), today))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _monday(day: date | None) -> date:
    day = day or timezone.localdate()
    if not FIRST <= day <= LAST:
        raise InvalidInput(_("Give a day of this century."), field="week")
    return monday_of(day)


@query(permission=OWN, title=_("Worked time to approve"), exposed=True)
def worked_to_approve(actor: Actor, /) -> list[WorkedWeekRow]:
    """Weeks of the people one manages, of the last eight, that wait or miss a mark; oldest first."""
    today, now = timezone.localdate(), timezone.now()
    people = {
        row.pk: row for row in scoped(actor, Party).filter(pk__in=hours_of(actor))
    }  # fmt: skip
    weeks = weeks_worked(actor.company_id, today - LOOKED_BACK, today, now, people.keys())
    rows = [_row(people[party], monday, week, today) for (party, monday), week in weeks.items()]
    waits = [row for row in rows if row.state in ("waiting", "faulty")]
    return sorted(waits, key=lambda row: (row.week, row.person))


def find_weeks(
    actor: Actor, numbers: Sequence[str], now: datetime
) -> dict[str, tuple[Party, date, Week]]:
    """The weeks of these numbers of people that there are, whoever asks."""
    read = {number: named for number in numbers if (named := read_number(number))}
    if not read:
        return {}
    codes = {code for _monday, code in read.values()}
    rows = scoped(actor, Party).filter(code__in=codes, roles__role=EMPLOYEE, erased_at=None)
    people = {row.code: row for row in rows}
    mondays = {monday for monday, _code in read.values()}
    keys = [row.pk for row in people.values()]
    weeks = weeks_worked(actor.company_id, min(mondays), max(mondays), now, keys)
    return {
        number: (people[code], monday, weeks.get((people[code].pk, monday), Week()))
        for number, (monday, code) in read.items()
        if code in people
    }


@query(permission=OWN, title=_("A week of worked time"), exposed=True)
def worked_week(actor: Actor, /, *, number: str) -> WorkedWeekShown:
    """A week (`2026-W11-E1`) of oneself, of one's people, or with the permission of anybody.

    Raises UnknownClock.
    """
    found = find_weeks(actor, [number], timezone.now()).get(number)
    mine, people = find_own_party(actor), hours_of(actor)
    own = bool(found and mine and found[0].pk == mine.pk)
    may = actor.may(READ) or actor.may(MANAGE)
    if found is None or not (own or may or found[0].pk in people):
        message = _("There is no week “{number}”.").format(number=number[:60])
        raise UnknownClock(message, field="number")
    party, monday, week = found
    shares = [
        WorkedShare(day, percent, week.shares[day, percent], week.approved[day, percent])
        for day, percent in sorted(week.shares.keys() | week.approved.keys())
    ]
    marks = ClockMark.objects.filter(
        company_id=actor.company_id, party=party,
        at__gte=_begin(monday), at__lt=_begin(monday + timedelta(days=8)),
    ).select_related("recorded_by")  # fmt: skip
    return WorkedWeekShown(
        _row(party, monday, week, timezone.localdate()), party.code, shares,
        _mark_rows(marks, week), (actor.may(MANAGE) or party.pk in people) and not own,
    )  # fmt: skip


@query(permission=READ, title=_("Worked time by rate"), exposed=True)
def worked_between(
    actor: Actor, /, *, start: date | None = None, end: date | None = None, employee: str = ""
) -> list[WorkedSum]:
    """The minutes of everybody (or one employee) from a day to a day, by percentage of the wage.

    This month unless said; at most a year. As reckoned now, and as approved.
    """
    last = end or timezone.localdate()
    first = start or last.replace(day=1)
    if not FIRST <= first <= last <= LAST or last - first > LONGEST:
        message = _("Give a first and a last day, at most a year apart.")
        raise InvalidInput(message, field="end")
    people = scoped(actor, Party).filter(roles__role=EMPLOYEE)
    if employee:
        people = people.filter(code=employee)
    names = {row.pk: row for row in people}
    weeks = weeks_worked(
        actor.company_id, first, last, timezone.now(), names.keys() if employee else None
    )
    sums: dict[tuple[int, int], list[int]] = {}
    for (party, _monday), week in weeks.items():
        for n, shares in enumerate((week.shares, week.approved)):
            for (day, percent), minutes in shares.items():
                if first <= day <= last:
                    sums.setdefault((party, percent), [0, 0])[n] += minutes
    found = [
        WorkedSum(names[party].code, names[party].name, percent, *both)
        for (party, percent), both in sums.items()
        if party in names and any(both)
    ]
    return sorted(found, key=lambda row: (row.name, row.employee, row.percent))


@query(permission=OWN, title=_("How many weeks of worked time wait for one"))
def worked_waiting(actor: Actor, /) -> int:
    """How many weeks wait."""
    people = hours_of(actor)
    if not people or not counting_marks(actor.company_id).filter(party__in=people).exists():
        return 0
    return len(worked_to_approve(actor))


def approved_minutes(
    company_id: int, first: date, last: date, wanted: frozenset[int] | None
) -> dict[tuple[int, date], Counter[int]]:
    """Approved minutes by percentage, by party and first day of the month; for payroll."""
    rows = WorkedTime.objects.filter(company_id=company_id, day__range=(first, last))
    if wanted is not None and len(wanted) <= 1000:
        rows = rows.filter(party__in=wanted)
    found: dict[tuple[int, date], Counter[int]] = {}
    sums = rows.order_by().values_list("party_id", "day", "percent").annotate(Sum("minutes"))
    for party, day, percent, minutes in sums:
        found.setdefault((party, day.replace(day=1)), Counter())[percent] += minutes
    return found
