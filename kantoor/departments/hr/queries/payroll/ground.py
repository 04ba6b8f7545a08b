"""Everything that payslips are reckoned from, read in a fixed number of statements.

`Ground` then tells the facts of an employee's month without the database. A month in parts (a
hire or leave in its midst, a raise, other hours) is paid by weekdays: of the weekdays of the
month, those of each part at its own wage; the sum is rounded once.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from django.utils.translation import gettext as _

from kantoor.departments.hr.errors_pay import NoPayslip
from kantoor.departments.hr.models import Component, ComponentValue, PaySettings, Salary
from kantoor.departments.hr.models.payroll.salaries import HOUR
from kantoor.departments.hr.queries.payroll.knowing import Knowing, Worked, read_knowing
from kantoor.departments.hr.queries.payroll.weekdays import (
    first_of,
    last_of,
    minutes_between,
    weekdays,
)
from kantoor.departments.hr.queries.people.terms import Terms, terms_between
from kantoor.departments.hr.reckoning.formulas import Formula, read_formula
from kantoor.departments.hr.reckoning.nl.parameters import AgeClass
from kantoor.departments.hr.reckoning.payslip import half_up
from kantoor.departments.hr.reckoning.slips import Facts, Kind, Part

ONE_DAY = timedelta(days=1)
NOTHING = Fraction(0)
WEEKS = Fraction(52, 12)
"""Weeks in a month, where an hour's wage stands for a month's."""


class Wage(NamedTuple):
    """A salary version, as far as pay is reckoned with it."""

    start: date
    per: str
    amount: int
    week_minutes: int
    credit: bool
    age: AgeClass
    awf: str
    year_wage: int | None


class Offer(NamedTuple):
    """A component's version that holds in a month."""

    code: str
    name: str
    kind: Kind
    formula: Formula
    everyone: bool
    account: str


@dataclass
class Ground:
    """What was read, for a span of months."""

    start: date
    end: date
    terms: dict[int, list[Terms]]
    wages: dict[int, list[Wage]]
    components: list[Component]
    values: dict[str, dict[int, list[ComponentValue]]]
    settings: list[PaySettings]
    knowing: Knowing = field(default_factory=Knowing)

    def __post_init__(self) -> None:
        self._offers: dict[date, list[Offer]] = {}
        self._rules: dict[date, PaySettings] = {}

    def rules(self, month: date) -> PaySettings:
        """The settings in a month; NoPayslip where there are none yet."""
        if month not in self._rules:
            held = [each for each in self.settings if each.start <= month]
            if not held:
                raise NoPayslip(
                    _("There are no payroll settings for {month} yet; set them first.").format(
                        month=f"{month:%Y-%m}"
                    )
                )
            self._rules[month] = max(held, key=lambda each: (each.start, each.pk))
        return self._rules[month]

    def offers(self, month: date) -> list[Offer]:
        """The components that hold in a month."""
        if month not in self._offers:
            latest: dict[str, Component] = {}
            for each in self.components:
                if each.start <= month:
                    latest[each.code] = each
            self._offers[month] = [
                Offer(
                    each.code, each.name, Kind(each.kind), read_formula(each.formula),
                    each.everyone, each.account,
                )
                for each in latest.values() if not each.ended
            ]  # fmt: skip
        return self._offers[month]

    def facts(self, party: int, month: date) -> Facts | None:
        """An employee's month; None who does not work here then. Raises NoPayslip."""
        last = last_of(month)
        spans = [
            each for each in self.terms.get(party, ()) if each.start <= last and each.end >= month
        ]
        if not spans:
            return None
        rules, wages = self.rules(month), self.wages.get(party, ())
        whole = weekdays(month, last)
        pay = hours = Fraction(0)
        days, centres, wage, share = 0, {}, None, Fraction(1)  # type: ignore[var-annotated]
        worked_parts: list[Worked] = []
        for start, end, terms in _within(spans, month, last):
            for first, final, wage in _paid(wages, start, end):
                worked = weekdays(first, final)
                minutes = minutes_between(first, final, terms.minutes)
                share = Fraction(
                    terms.weekly_minutes, wage.week_minutes or terms.weekly_minutes or 1
                )
                if wage.per == HOUR:
                    earned = Fraction(wage.amount * minutes, 60)
                else:
                    earned = Fraction(wage.amount * worked, whole) * share
                pay += earned
                worked_parts.append(
                    Worked(first, final, terms.minutes, earned, by_hour=wage.per == HOUR)
                )
                hours += Fraction(minutes, 60)
                days += worked
                centres[terms.cost_centre] = centres.get(terms.cost_centre, 0) + worked
        assert wage is not None
        return self._facts(
            party, month, rules, wage, pay, hours, days, whole, centres, spans[-1], share,
            worked_parts,
        )  # fmt: skip

    def _facts(
        self, party: int, month: date, rules: PaySettings, wage: Wage, pay: Fraction,
        hours: Fraction, days: int, whole: int, centres: dict[str, int], last: Terms,
        share: Fraction, parts: list[Worked],
    ) -> Facts:  # fmt: skip
        week = Fraction(last.weekly_minutes, 60)
        if wage.per == HOUR:
            full, hour = wage.amount * week * WEEKS, Fraction(wage.amount)
        else:
            full = wage.amount * share
            hour = full / (week * WEEKS) if week else Fraction(0)
        # Who comes back later left all the same: what they were paid at leaving stays paid.
        after = last_of(month) + ONE_DAY
        leaves = not any(each.start <= after <= each.end for each in self.terms[party])
        return Facts(
            party=party, month=month, pay=pay, full=full, hour_wage=hour, hours=hours, days=days,
            weekdays=whole, credit=wage.credit, age=wage.age, awf=wage.awf, aof=rules.aof,
            whk=int(rules.whk_percent * 100), holiday_rate=int(rules.holiday_percent * 100),
            year_wage=half_up(full * 12) if wage.year_wage is None else wage.year_wage,
            pays_holiday=leaves or month.month == rules.holiday_month,
            parts=tuple(self._parts(party, month)),
            centres=tuple(sorted(centres.items())),
            known=self.knowing.of(
                party, month, parts, last.end if leaves else None, rules.minimum_hour_minor
            ),
            leaves_on=last.end if leaves else None,
            # A month with no day off before or after is whole, on whichever day it began.
            pay_days=(days or _days_of_weekend(parts)) if days < whole else 0,
        )  # fmt: skip

    def _parts(self, party: int, month: date) -> list[Part]:
        parts = []
        for offer in self.offers(month):
            value = self._value(party, offer.code, month)
            if value is not None or offer.everyone:
                parts.append(Part(offer.code, offer.kind, offer.formula, value or NOTHING))
        return parts

    def _value(self, party: int, code: str, month: date) -> Fraction | None:
        mine = self.values.get(code, {}).get(party)
        if not mine:
            return None
        by_start = {}
        for each in mine:
            by_start[each.start] = each
        held = [
            each for each in by_start.values()
            if each.start <= month and (each.until is None or each.until >= month)
        ]  # fmt: skip
        return Fraction(max(held, key=lambda each: each.start).value) if held else None


def _days_of_weekend(parts: Collection[Worked]) -> int:
    """Days of pay of who was here in a weekend alone: those on which they work, or else one."""
    worked = [
        part.start + n * ONE_DAY
        for part in parts
        for n in range((part.end - part.start).days + 1)
        if part.week[(part.start + n * ONE_DAY).weekday()]
    ]
    return len(worked) or 1


def _within(spans: list[Terms], month: date, last: date) -> list[tuple[date, date, Terms]]:
    return [(max(each.start, month), min(each.end, last), each) for each in spans]


def _paid(wages: Collection[Wage], start: date, end: date) -> list[tuple[date, date, Wage]]:
    """The parts of a span by wage; `wages` in order of start, the last of a day counting."""
    cuts: list[tuple[date, Wage]] = []
    for wage in wages:
        if wage.start <= start:
            cuts = [(start, wage)]
        elif wage.start <= end:
            if cuts and cuts[-1][0] == wage.start:
                cuts.pop()
            cuts.append((wage.start, wage))
    if not cuts or cuts[0][0] > start:
        raise NoPayslip(
            _("There is no salary on {day}; set it from then on.").format(day=start.isoformat())
        )
    ends = [cut[0] - ONE_DAY for cut in cuts[1:]] + [end]
    return [(cut[0], final, cut[1]) for cut, final in zip(cuts, ends, strict=True)]


def read_ground(
    company_id: int, start: date, end: date, parties: Collection[int] | None = None
) -> Ground:
    """Read what holds from the month of `start` to that of `end`.

    In six statements, and up to nine more where components use what HR knows by itself.
    """
    first, last = first_of(start), last_of(end)
    terms = terms_between(company_id, first, last + ONE_DAY, parties)
    wages: dict[int, list[Wage]] = {}
    rows = Salary.objects.filter(company_id=company_id, start__lte=last)
    values = ComponentValue.objects.filter(company_id=company_id, start__lte=last)
    if parties is not None:
        rows, values = rows.filter(party_id__in=parties), values.filter(party_id__in=parties)
    columns = (
        "party_id",
        "start",
        "per",
        "amount",
        "week_minutes",
        "credit",
        "age_class",
        "awf",
        "year_wage",
    )
    for party, on, per, amount, week, credit, age, awf, year in (
        rows.order_by("party_id", "start", "pk").values_list(*columns).iterator(2000)
    ):
        wage = Wage(on, per, amount, week, credit, AgeClass(age), awf, year)
        wages.setdefault(party, []).append(wage)
    by_code: dict[str, dict[int, list[ComponentValue]]] = {}
    for value in values.order_by("pk").iterator(2000):
        by_code.setdefault(value.code, {}).setdefault(value.party_id, []).append(value)
    components = Component.objects.filter(company_id=company_id, start__lte=last)
    settings = PaySettings.objects.filter(company_id=company_id, start__lte=last)
    offered = list(components.order_by("start", "pk"))
    names = frozenset(chain.from_iterable(read_formula(each.formula).names for each in offered))
    knowing = read_knowing(company_id, first, last, names, parties)
    return Ground(first, last, terms, wages, offered, by_code, list(settings), knowing)


def digest_of(facts: Facts | None) -> str:
    """What facts a month was reckoned from, in 32 digits: other facts, another digest."""
    if facts is None:
        return ""
    told = (
        str(facts.pay), str(facts.full), str(facts.hour_wage), str(facts.hours), facts.days,
        facts.credit, str(facts.age), facts.awf, facts.aof, facts.whk, facts.holiday_rate,
        facts.year_wage, facts.pays_holiday,
        [(part.code, str(part.kind), part.formula.text, str(part.value)) for part in facts.parts],
    )  # fmt: skip
    # Months without any of these keep the digest they had before they were known.
    more = [
        *_known_and_used(facts),
        *([("pay_days", str(facts.pay_days))] if facts.pay_days else []),
    ]
    if more:
        told = (*told, *more)  # type: ignore[assignment]
    return hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()


def _known_and_used(facts: Facts) -> list[tuple[str, str]]:
    """What HR knows of the month, as far as a component of it asks: nothing else changes pay."""
    names = {name for part in facts.parts for name in part.formula.names} if facts.known else ()
    return [(name, str(value)) for name, value in facts.known if name in names]
