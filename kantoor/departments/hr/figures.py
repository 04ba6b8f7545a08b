"""What HR measures of itself: people, sickness, leave, hours; never of one person."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import (
    Employment,
    HourLine,
    LeaveKind,
    LeaveMove,
    Vacancy,
    WorkedTime,
)
from kantoor.departments.hr.models.growth.vacancy import OPEN
from kantoor.departments.hr.queries.leave.absence import SICK, absences
from kantoor.departments.hr.queries.leave.balance import HOLIDAY
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.figures import Days, Value, figure
from kantoor.kernel.queries import scoped
from kantoor.kernel.spans import by_day, only_now, ratio, sums, until_day

PEOPLE, SICKNESS, TIMES, LEAVE, GROWTH = (
    "hr.read_people", "hr.see_sickness", "hr.read_time", "hr.read_leave", "hr.read_growth",
)  # fmt: skip
MINUTE = 60


@figure(
    name="hr.headcount",
    title=_("People"),
    kind="number",
    of="end",
    permission=PEOPLE,
    better="",
    sources=lambda days: f"/hr/employees?state=here&on={days.last}",
    meaning=_("How many employments there are at the end of the day."),
)
def headcount(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    asked = {f"n{place}": Count("pk", filter=_here(each.last)) for place, each in enumerate(spans)}
    found = scoped(actor, Employment).aggregate(**asked)
    return [found[f"n{place}"] for place in range(len(spans))]


def _here(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


@figure(
    name="hr.sickness",
    title=_("Sickness"),
    kind="percent",
    of="days",
    permission=SICKNESS,
    better="lower",
    sources=lambda days: f"/hr/sickness?date_from={days.first}&date_to={days.last}",
    meaning=_(
        "Days of sickness, those of people back in part in part, of all calendar days of employments. Days to come count for neither."
    ),
)
def sickness(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    if not spans:
        return []
    today = timezone.localdate()
    low = min(each.first for each in spans)
    high = min(max(each.last for each in spans), today)
    if high < low:
        return [None] * len(spans)
    sick = [
        (each.start, each.end, each.percent or 0)
        for of_one in absences(actor.company_id, low, high).values()
        for each in of_one
        if each.what == SICK
    ]
    held = scoped(actor, Employment).filter(starts_on__lte=high)
    held = held.filter(Q(ends_on=None) | Q(ends_on__gte=low))
    here = [(start, end or high) for start, end in held.values_list("starts_on", "ends_on")]
    found: list[Value] = []
    for each in spans:
        days = Days(each.first, min(each.last, high))
        there = sum(_common(days, start, end) for start, end in here)
        away = sum(_common(days, start, end) * percent for start, end, percent in sick)
        found.append(Fraction(away, there * 100) if there else None)
    return found


def _common(days: Days, start: date, end: date) -> int:
    return max((min(days.last, end) - max(days.first, start)).days + 1, 0)


@figure(
    name="hr.leave_balance",
    title=_("Leave not taken"),
    kind="duration",
    of="end",
    permission=LEAVE,
    better="lower",
    sources=lambda days: f"/hr/leave-balances?on={days.last}",
    meaning=_("Holidays that people had at the end of the day, granted less taken and lapsed."),
)
def leave_balance(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return [each * MINUTE for each in sums(_holidays(actor), until_day("on"), spans, "minutes")]


def _holidays(actor: Actor) -> "QuerySet[LeaveMove]":
    kinds = scoped(actor, LeaveKind).filter(code=HOLIDAY).values_list("pk", flat=True)
    return LeaveMove.objects.filter(company_id=actor.company_id, kind_id__in=list(kinds))


@figure(
    name="hr.hours",
    title=_("Hours written"),
    kind="duration",
    of="days",
    permission=TIMES,
    better="",
    sources=lambda days: f"/hr/timesheets?date_from={days.first}&date_to={days.last}",
    meaning=_("Time on timesheets, by the day it was worked."),
)
def hours(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return _seconds(scoped(actor, HourLine), spans)


@figure(
    name="hr.billable",
    title=_("Billable hours"),
    kind="percent",
    of="days",
    permission=TIMES,
    better="higher",
    sources=lambda days: f"/hr/timesheets?date_from={days.first}&date_to={days.last}",
    meaning=_("Billable time as a part of all time on timesheets."),
)
def billable(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    lines = scoped(actor, HourLine)
    part, whole = _seconds(lines.filter(billable=True), spans), _seconds(lines, spans)
    return [ratio(a, b) for a, b in zip(part, whole, strict=True)]


def _seconds(rows: "QuerySet[HourLine] | QuerySet[WorkedTime]", spans: Sequence[Days]) -> list[int]:
    return [each * MINUTE for each in sums(rows, by_day("day"), spans, "minutes")]


@figure(
    name="hr.overtime",
    title=_("Overtime"),
    kind="duration",
    of="days",
    permission=TIMES,
    better="lower",
    sources=lambda days: f"/hr/worked-by-rate?date_from={days.first}&date_to={days.last}",
    meaning=_("Approved time that is paid more than the wage, by the day it was worked."),
)
def overtime(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return _seconds(scoped(actor, WorkedTime).filter(percent__gt=100), spans)


@figure(
    name="hr.vacancies",
    title=_("Open vacancies"),
    kind="number",
    of="now",
    permission=GROWTH,
    better="lower",
    sources=lambda _days: "/hr/vacancies?state=open",
    meaning=_("How many vacancies are open now."),
)
def vacancies(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return only_now(spans, scoped(actor, Vacancy).filter(state=OPEN).count())
