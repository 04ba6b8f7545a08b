"""Marks of the clock read for reckoning, and weeks of worked time as they come out of them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet, Sum

from kantoor.departments.hr.models import ClockMark, OvertimeRule, PlannedShift, WorkedTime
from kantoor.departments.hr.queries.leave.free import free_days
from kantoor.departments.hr.queries.times.numbers import monday_of
from kantoor.departments.hr.reckoning.clock import (
    FORGOTTEN,
    LONGEST,
    Clocked,
    Fault,
    Mark,
    Span,
    local_day,
    read_marks,
)
from kantoor.departments.hr.reckoning.overtime import Planned, Rule, split_week
from kantoor.kernel.actors.actor import Actor

ASKED_BY_KEY = 1000
TWO_DAYS = timedelta(days=2)
Shares = Counter[tuple[date, int]]


@dataclass(slots=True)
class Week:
    """One person's week: what was worked, by day and percentage, and what was approved of it."""

    spans: list[Span] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    inside: Mark | None = None
    shares: Shares = field(default_factory=Counter)
    approved: Shares = field(default_factory=Counter)

    def state(self, monday: date, today: date) -> str:
        """Whether the manager can approve it: `running`, `faulty`, `waiting` or `approved`."""
        if self.faults:
            return "faulty"
        if self.inside is not None or monday + timedelta(days=7) > today:
            return "running"
        return "approved" if self.shares == self.approved else "waiting"


def counting_marks(company_id: int) -> QuerySet[ClockMark]:
    """The marks that were not taken back."""
    return ClockMark.objects.filter(company_id=company_id, takes_back=None, taken_back_by=None)


def clocked_of(actor: Actor, party: int, now: datetime) -> Clocked:
    """Somebody's marks around now."""
    rows = counting_marks(actor.company_id).filter(party=party, at__gte=now - 3 * LONGEST)
    return read_marks([Mark(*row) for row in rows.values_list("pk", "at", "kind", "zone")], now)


def forgotten_since(company_id: int, since: datetime, now: datetime) -> dict[int, Mark]:
    """The last mark of each person (key) who came in since then and forgot to clock out.

    For HR's own functions: it asks no permission.
    """
    rows = counting_marks(company_id).filter(at__gte=since - LONGEST).order_by("pk")
    marks: dict[int, list[Mark]] = {}
    columns = rows.values_list("party_id", "pk", "at", "kind", "zone")
    for party, key, at, kind, zone in columns.iterator(2000):
        marks.setdefault(party, []).append(Mark(key, at, kind, zone))
    found = {}
    for party, some in marks.items():
        faults = read_marks(some, now).faults
        lost = [each.mark for each in faults if each.what == FORGOTTEN and each.mark.at >= since]
        if lost:
            found[party] = lost[-1]
    return found


def weeks_worked(
    company_id: int, first: date, last: date, now: datetime, parties: Collection[int] | None = None
) -> dict[tuple[int, date], Week]:
    """The weeks of people (keys) from that of `first` to that of `last`, by party and Monday.

    In a fixed number of statements. For HR's own functions: it asks no permission.
    """
    first, last = monday_of(first), monday_of(last) + timedelta(days=6)
    wanted = None if parties is None else frozenset(parties)
    found: dict[tuple[int, date], Week] = {}
    if wanted is not None and not wanted:
        return found
    for party, marks in _marks(company_id, first, last, wanted).items():
        clocked = read_marks(marks, now)
        for span in clocked.spans:
            if first <= span.day <= last:
                _week(found, party, span.day).spans.append(span)
        for fault in clocked.faults:
            if first <= fault.mark.day <= last:
                _week(found, party, fault.mark.day).faults.append(fault)
        if clocked.inside is not None and first <= clocked.inside.day <= last:
            _week(found, party, clocked.inside.day).inside = clocked.inside
    for (party, day, percent), minutes in _approved(company_id, first, last, wanted).items():
        if minutes:
            _week(found, party, day).approved[day, percent] = minutes
    _reckon(company_id, first, last, found)
    return found


def _week(found: dict[tuple[int, date], Week], party: int, day: date) -> Week:
    return found.setdefault((party, monday_of(day)), Week())


def _reckon(company_id: int, first: date, last: date, found: dict[tuple[int, date], Week]) -> None:
    if not any(week.spans for week in found.values()):
        return
    free = free_days(company_id, first, last + TWO_DAYS)
    holidays = {day for day, minutes in free.items() if not minutes}
    rules = [
        Rule(*row)
        for row in OvertimeRule.objects.filter(company_id=company_id, start__lte=last)
        .order_by("pk")
        .values_list("kind", "after", "percent", "start")
    ]
    planned: dict[int, dict[date, Planned]] = {}
    rows = PlannedShift.objects.filter(
        company_id=company_id, day__range=(first, last), withdrawn_at=None
    )
    for row in rows.select_related("shift"):
        of_party = planned.setdefault(row.party_id, {})
        of_party[row.day] = Planned(row.shift.minutes, row.shift.pause)
    for (party, _monday), week in found.items():
        week.shares = split_week(week.spans, rules, holidays, planned.get(party, {}))


def _marks(
    company_id: int, first: date, last: date, wanted: frozenset[int] | None
) -> dict[int, list[Mark]]:
    """With two days around: zones differ by a day, and a span goes on past midnight."""
    rows = counting_marks(company_id).filter(
        at__gte=datetime.combine(first, time(), UTC) - TWO_DAYS,
        at__lt=datetime.combine(last, time(), UTC) + 2 * TWO_DAYS,
    )
    if wanted is not None and len(wanted) <= ASKED_BY_KEY:
        rows = rows.filter(party__in=wanted)
    found: dict[int, list[Mark]] = {}
    columns = ("party_id", "pk", "at", "kind", "zone")
    for party, *mark in rows.order_by("pk").values_list(*columns).iterator(2000):
        if wanted is None or party in wanted:
            found.setdefault(party, []).append(Mark(*mark))
    return found


def _approved(
    company_id: int, first: date, last: date, wanted: frozenset[int] | None
) -> dict[tuple[int, date, int], int]:
    rows = WorkedTime.objects.filter(company_id=company_id, day__range=(first, last))
    if wanted is not None and len(wanted) <= ASKED_BY_KEY:
        rows = rows.filter(party__in=wanted)
    sums = rows.order_by().values_list("party_id", "day", "percent").annotate(Sum("minutes"))
    return {
        (party, day, percent): minutes
        for party, day, percent, minutes in sums
        if wanted is None or party in wanted
    }


__all__ = ["Week", "clocked_of", "counting_marks", "local_day", "weeks_worked"]
