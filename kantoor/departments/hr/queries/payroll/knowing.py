"""What HR knows of a month by itself, so that nobody types it: sickness, unpaid leave, the leave
that is left at the end, mileage that is taxable, and worked time that was approved. Read in bulk,
told without the database.

Pay of the time away is a part of what that part of the month is paid: by weekdays for a month's
wage, by scheduled minutes for an hour's. So a whole month away is exactly the month's pay.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Sum
from django.utils.translation import gettext as _

from kantoor.departments.hr.errors_pay import NoPayslip
from kantoor.departments.hr.models import Employment, ExpenseLine, LeaveMove, PersonFile
from kantoor.departments.hr.models.expenses.claim import POSTED
from kantoor.departments.hr.queries.leave.absence import SICK, Absence, absences
from kantoor.departments.hr.queries.leave.balance import HOLIDAY
from kantoor.departments.hr.queries.leave.costing import spans_of
from kantoor.departments.hr.queries.leave.reckoning.accrual import Rule, Span, earned
from kantoor.departments.hr.queries.leave.reckoning.ledger import GRANTED, PAID_OUT
from kantoor.departments.hr.queries.payroll.weekdays import first_of
from kantoor.departments.hr.queries.people.terms import terms_between
from kantoor.departments.hr.queries.times.worked import approved_minutes
from kantoor.departments.hr.reckoning.nl.minimum_wage import adult_hour, age_on, hour_of_age
from kantoor.departments.hr.reckoning.overtime import NORMAL
from kantoor.departments.hr.reckoning.slips import (
    LEAVE_LEFT,
    OVERTIME_HOURS,
    OVERTIME_PAID,
    SICK_HOURS,
    SICK_MINIMUM,
    SICK_PAY,
    SICK_PAY_BEYOND,
    SICK_PAY_LATER,
    TAXABLE_MILEAGE,
    UNPAID_HOURS,
    UNPAID_PAY,
    WORKED_HOURS,
)

AWAY = frozenset(
    {SICK_PAY, SICK_PAY_LATER, SICK_PAY_BEYOND, SICK_HOURS, SICK_MINIMUM, UNPAID_HOURS, UNPAID_PAY}
)
WORKED = frozenset({WORKED_HOURS, OVERTIME_HOURS, OVERTIME_PAID})
YEAR_OF_SICKNESS = 364
"""Days: 52 weeks, of which the law asks pay twice over (BW 7:629 lid 1: 104 weeks)."""
ASKED_BY_KEY = 1000
NOUGHT = Fraction(0)
ONE_DAY = timedelta(days=1)


class Worked(NamedTuple):
    """A part of a month on one contract and wage, with what it is paid in exact cents."""

    start: date
    end: date
    week: tuple[int, int, int, int, int, int, int]
    pay: Fraction
    by_hour: bool


class LeaveLine(NamedTuple):
    """A line of a leaver's ledger of holiday, as far as the settlement needs it.

    `granted_for` is the year of what was granted, of a `lot` by its `rule`; `paid_out` says that
    an earlier end paid it.
    """

    on: date
    minutes: int
    granted_for: int | None
    lot: int | None = None
    rule: Rule | None = None
    paid_out: bool = False


@dataclass
class Knowing:
    """What was read for a span of months, by party; `mileage` in cents by the month driven in.

    `worked` are approved minutes by percentage of the wage, `again` the contracts of leavers who
    came back. `born` are the birth dates of who was sick, where a formula asks the minimum wage.
    """

    away: dict[int, list[Absence]] = field(default_factory=dict)
    leave: dict[int, list[LeaveLine]] = field(default_factory=dict)
    again: dict[int, list[Span]] = field(default_factory=dict)
    mileage: dict[tuple[int, date], int] = field(default_factory=dict)
    worked: dict[tuple[int, date], Counter[int]] = field(default_factory=dict)
    born: dict[int, date | None] | None = None

    def of(
        self,
        party: int,
        month: date,
        parts: Sequence[Worked],
        last_day: date | None,
        minimum: int | None = None,
    ) -> tuple[tuple[str, Fraction], ...]:
        """What is known of an employee's month, in euros and hours, without what is nought.

        `last_day` is that of who leaves in the month, `minimum` the minimum wage of an adult's
        hour in cents where the company says it. Raises NoPayslip where nobody knows it.
        """  # fmt: skip
        sums: dict[str, Fraction] = {}
        if away := self.away.get(party):
            for part in parts:
                _away(sums, part, away)
                if self.born is not None:
                    least = _minimum(part, away, self.born.get(party), minimum)
                    _add(sums, SICK_MINIMUM, least / 100)
        if last_day is not None and (lines := self.leave.get(party)):
            sums[LEAVE_LEFT] = Fraction(_left(lines, last_day, self.again.get(party, ())), 60)
        if cents := self.mileage.get((party, month)):
            sums[TAXABLE_MILEAGE] = Fraction(cents, 100)
        for percent, minutes in self.worked.get((party, month), {}).items():
            if percent == NORMAL:
                _add(sums, WORKED_HOURS, Fraction(minutes, 60))
            else:
                _add(sums, OVERTIME_HOURS, Fraction(minutes, 60))
                _add(sums, OVERTIME_PAID, Fraction(minutes * percent, 60 * NORMAL))
        return tuple(sorted((name, value) for name, value in sums.items() if value))


def _left(lines: Sequence[LeaveLine], last_day: date, again: Sequence[Span] = ()) -> int:
    """Minutes left on the last day. What the year's leave became by the shorter contract was
    granted after it perhaps, and counts; what lapses or is taken later does not, nor what the
    contract of who comes back (`again`) gives, nor that this end was paid already."""
    counted = [
        line
        for line in lines
        if (line.on <= last_day or (line.granted_for or last_day.year + 1) <= last_day.year)
        and not (line.paid_out and line.on == last_day)
    ]
    left = sum(line.minutes for line in counted)
    if not again:
        return left
    granted: Counter[tuple[int, int, Rule]] = Counter()
    for line in counted:
        if line.granted_for is not None and line.rule is not None:
            granted[line.lot or 0, line.granted_for, line.rule] += line.minutes
    until = last_day + ONE_DAY
    spans = [
        Span(each.first, min(each.until, until), each.week) for each in again if each.first < until
    ]
    for (_key, year, rule), minutes in granted.items():
        left -= max(0, minutes - earned(spans, rule, year).minutes)
    return left


def _away(sums: dict[str, Fraction], part: Worked, away: Sequence[Absence]) -> None:
    weights = _weights(part)
    whole, scheduled = sum(weights.values()), sum(part.week[day.weekday()] for day in weights)
    unpaid = _unpaid(part, away)
    if unpaid and scheduled:
        gone = min(sum(unpaid.values()), scheduled)
        _add(sums, UNPAID_PAY, part.pay * gone / scheduled / 100)
        _add(sums, UNPAID_HOURS, Fraction(gone, 60))
    for each in away:
        if each.what != SICK or each.end < part.start or each.start > part.end:
            continue
        for day in weights:
            if each.start <= day <= each.end:
                minutes = part.week[day.weekday()]
                share = _share(each, minutes, unpaid.get(day, 0))
                _add(sums, SICK_HOURS, share * minutes / 60)
                if whole:
                    _add(sums, _year(each, day), part.pay * weights[day] * share / whole / 100)


def _unpaid(part: Worked, away: Sequence[Absence]) -> dict[date, int]:
    """Minutes of unpaid leave by day."""
    found: dict[date, int] = {}
    for each in away:
        if each.what != SICK and part.start <= each.start <= part.end:
            found[each.start] = found.get(each.start, 0) + (each.minutes or 0)
    return found


def _share(each: Absence, minutes: int, unpaid: int) -> Fraction:
    """How much of a day's hours somebody is sick; not of those of unpaid leave."""
    rest = 1 - Fraction(min(unpaid, minutes), minutes or 1)
    return Fraction(each.percent or 0, 100) * rest


def _minimum(
    part: Worked, away: Sequence[Absence], born: date | None, told: int | None
) -> Fraction:
    """The minimum wage, in cents, of the time away sick in the first 52 weeks; by the day's age.

    The same part of the hours of that part of the month as of its pay, so that the two compare.
    """
    total, unpaid, weights = NOUGHT, _unpaid(part, away), _weights(part)
    minutes = sum(part.week[day.weekday()] for day in weights)
    hours = Fraction(minutes, 60 * (sum(weights.values()) or 1))
    for each in away:
        for day, weight in weights.items():
            sick = each.what == SICK and each.start <= day <= each.end
            if not sick or not weight or _year(each, day) != SICK_PAY:
                continue
            adult = adult_hour(day) if told is None else told
            if adult is None:
                message = _("The minimum wage on {day} is not known here; set it with how we pay.")
                raise NoPayslip(message.format(day=day.isoformat()))
            share = _share(each, part.week[day.weekday()], unpaid.get(day, 0))
            total += share * weight * hours * hour_of_age(adult, age_on(born, day))
    return total


def _weights(part: Worked) -> dict[date, int]:
    """What each day of a part counts for in its pay: its minutes, or one for a weekday."""
    days = [part.start + n * ONE_DAY for n in range((part.end - part.start).days + 1)]
    return {
        day: part.week[day.weekday()] if part.by_hour else int(day.weekday() < 5) for day in days
    }


def _year(each: Absence, day: date) -> str:
    """In which year of sickness a day lies, by the days counted in all its spells."""
    before = each.counted_days + (day - each.start).days
    if before < YEAR_OF_SICKNESS:
        return SICK_PAY
    return SICK_PAY_LATER if before < 2 * YEAR_OF_SICKNESS else SICK_PAY_BEYOND


def _add(sums: dict[str, Fraction], name: str, value: Fraction) -> None:
    sums[name] = sums.get(name, NOUGHT) + value


def read_knowing(
    company_id: int, first: date, last: date, names: frozenset[str],
    parties: Collection[int] | None = None,
) -> Knowing:  # fmt: skip
    """Read what formulas with these names need, from a day to a day; in at most nine statements."""
    found = Knowing()
    wanted = None if parties is None else frozenset(parties)
    if wanted is not None and not wanted:
        return found
    if names & AWAY:
        found.away = absences(company_id, first, last, wanted)
    if SICK_MINIMUM in names:
        found.born = _born(company_id, found.away)
    if LEAVE_LEFT in names:
        found.leave, found.again = _leave_of_leavers(company_id, first, last, wanted)
    if TAXABLE_MILEAGE in names:
        found.mileage = _mileage(company_id, first, last, wanted)
    if names & WORKED:
        found.worked = approved_minutes(company_id, first, last, wanted)
    return found


def _born(company_id: int, away: Collection[int]) -> dict[int, date | None]:
    """The birth dates of who was away."""
    rows = PersonFile.objects.filter(company_id=company_id)
    if len(away) <= ASKED_BY_KEY:
        rows = rows.filter(party__in=list(away))
    found = rows.values_list("party_id", "birth_date").iterator(2000)
    return {party: born for party, born in found if party in away}


def _leave_of_leavers(
    company_id: int, first: date, last: date, wanted: frozenset[int] | None
) -> tuple[dict[int, list[LeaveLine]], dict[int, list[Span]]]:
    leavers = Employment.objects.filter(company_id=company_id, ends_on__range=(first, last))
    every = Employment.objects.filter(company_id=company_id, party__in=leavers.values("party_id"))
    ends: dict[int, list[date]] = {}
    for party, on in every.values_list("party_id", "ends_on"):
        ends.setdefault(party, []).append(on or date.max)
    rows = LeaveMove.objects.filter(
        company_id=company_id, kind__code=HOLIDAY, party__in=leavers.values("party_id")
    )
    if wanted is not None and len(wanted) <= ASKED_BY_KEY:
        rows = rows.filter(party_id__in=wanted)
    found: dict[int, list[LeaveLine]] = {}
    columns = ("party_id", "on", "minutes", "what", "lot_id", "lot__year", "lot__rule__weeks",
               "lot__rule__year_before")  # fmt: skip
    for party, on, minutes, what, lot, year, weeks, before in rows.values_list(*columns).iterator(
        2000
    ):
        if what == PAID_OUT and on not in ends[party]:
            continue  # The last day moved: that end is none any more, and is corrected.
        rule = None if weeks is None else Rule(Fraction(weeks), bool(before), 0)
        line = LeaveLine(
            on, minutes, year if what == GRANTED else None, lot, rule, what == PAID_OUT
        )
        found.setdefault(party, []).append(line)
    back = {party for party, days in ends.items() if len(days) > 1 and party in found}
    if not back:
        return found, {}
    terms = terms_between(company_id, first.replace(year=first.year - 1, month=1), last, back)
    return found, {party: spans_of(some) for party, some in terms.items()}


def _mileage(
    company_id: int, first: date, last: date, wanted: frozenset[int] | None
) -> dict[tuple[int, date], int]:
    rows = ExpenseLine.objects.filter(
        company_id=company_id, date__range=(first, last), taxable__gt=0, claim__state=POSTED
    )
    if wanted is not None and len(wanted) <= ASKED_BY_KEY:
        rows = rows.filter(claim__party_id__in=wanted)
    found: dict[tuple[int, date], int] = {}
    sums = rows.values_list("claim__party_id", "date").annotate(Sum("taxable")).order_by()
    for party, on, cents in sums:
        key = (party, first_of(on))
        found[key] = found.get(key, 0) + cents
    return found
