"""Depreciation as it follows from an asset's terms, exactly, in minor units.

Straight line, declining balance (as RJ 212.425 and IAS 16.62 name them) and units of production.
Amounts of a period are rounded down and the last period takes what remains, so that a schedule
always adds up to what is to be depreciated; a year's amount of a declining balance is rounded
half up, and its months likewise rounded down within the year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from kantoor.departments.finance.dates import months_before
from kantoor.departments.finance.schedules.slots import (
    Slot,
    Step,
    cut_by_month,
    divide,
    month_end,
    month_start,
    through,
)
from kantoor.kernel.money import MICRO, half_up_ratio

Method = Literal["straight", "declining", "units", "none"]
"""`none` is for what does not wear out, such as land."""
Convention = Literal["month", "day", "full_year", "half_year"]
"""How the first year counts: from the month of use, from the day, as a whole or half a year."""
YEAR = 12


@dataclass(frozen=True, slots=True)
class Terms:
    """What an asset is depreciated by: `base` down to `residual`, both in minor units.

    `rate` is the yearly percentage of a declining balance in millionths; `switch` goes over to
    the straight line over what is left of the life as soon as that is more. `units` are what it
    will make in all, in millionths. `first_month` begins the fiscal year (1 is January).
    """

    method: Method
    base: int
    residual: int
    starts_on: date
    ends_on: date
    convention: Convention = "month"
    rate: int = 0
    switch: bool = False
    units: int = 0
    first_month: int = 1

    @property
    def to_depreciate(self) -> int:
        """What will have been depreciated in the end; nothing when the residual value is higher."""
        return 0 if self.method == "none" else max(0, self.base - self.residual)

    @property
    def step(self) -> Step:
        """Whether months count or days."""
        return "day" if self.convention == "day" else "month"


def last_day(convention: Convention, in_use: date, months: int, first_month: int = 1) -> date:
    """The last day of a life of so many months that begins on a day."""
    if convention == "day":
        return months_before(in_use, -months) - timedelta(days=1)
    first = month_start(in_use)
    if convention == "month":
        return months_before(first, -months) - timedelta(days=1)
    counted = YEAR if convention == "full_year" else YEAR // 2
    following = months_before(year_start(in_use, first_month), -YEAR)
    return months_before(following, -max(0, months - counted)) - timedelta(days=1)


def year_start(day: date, first_month: int) -> date:
    """The first day of the fiscal year that a day is in."""
    year = day.year if day.month >= first_month else day.year - 1
    return date(year, first_month, 1)


def schedule(terms: Terms) -> list[Slot]:
    """What is depreciated month by month; empty where time does not tell (units, or nothing)."""
    if terms.method in ("units", "none") or terms.starts_on > terms.ends_on:
        return []
    slots = _weighed(terms)
    if terms.method == "straight":
        return _filled(slots, divide(terms.to_depreciate, [slot.weight for slot in slots]))
    return _declining(terms, slots)


def depreciated(terms: Terms, on: date, used: int = 0) -> int:
    """What is depreciated under these terms at the end of a day.

    `used` are the units made by then, in millionths.
    """
    if terms.method == "units":
        return min(terms.to_depreciate, terms.to_depreciate * max(0, used) // terms.units)
    if on >= terms.ends_on:
        return terms.to_depreciate
    return through(schedule(terms), on, terms.step)


def by_year(terms: Terms, after: date) -> dict[int, int]:
    """What is still to be depreciated after a day, by the year in which the fiscal year begins."""
    found: dict[int, int] = {}
    done = depreciated(terms, after)
    for slot in schedule(terms):
        taken = min(done, slot.amount)
        done -= taken
        if left := slot.amount - taken:
            year = year_start(slot.ends_on, terms.first_month).year
            found[year] = found.get(year, 0) + left
    return found


def _weighed(terms: Terms) -> list[Slot]:
    """The months of the life with their weights; those of a counted first year weigh more."""
    if terms.step == "day":
        return cut_by_month(terms.starts_on, terms.ends_on, "day")
    slots = cut_by_month(month_start(terms.starts_on), month_end(terms.ends_on), "month")
    if terms.convention == "month":
        return slots
    counted = YEAR if terms.convention == "full_year" else YEAR // 2
    months = _first_months(terms)
    ends = months_before(year_start(terms.starts_on, terms.first_month), -YEAR)
    return [slot._replace(weight=counted if slot.ends_on < ends else months) for slot in slots]


def _first_months(terms: Terms) -> int:
    """How many months of the fiscal year there are from the month of use on."""
    return YEAR - (terms.starts_on.month - terms.first_month) % YEAR


def _filled(slots: Sequence[Slot], amounts: Sequence[int]) -> list[Slot]:
    return [slot._replace(amount=each) for slot, each in zip(slots, amounts, strict=True)]


def _declining(terms: Terms, slots: Sequence[Slot]) -> list[Slot]:
    """Year by year a percentage of what is left; the last year takes all that remains."""
    found: list[Slot] = []
    left = terms.to_depreciate
    weight_left = sum(slot.weight for slot in slots)
    for start, several in groupby(slots, lambda slot: year_start(slot.ends_on, terms.first_month)):
        months = list(several)
        weight = sum(slot.weight for slot in months)
        amount = left
        if weight < weight_left:
            whole = weight_of_year(terms, start)
            book = terms.residual + left
            amount = half_up_ratio(book * terms.rate * weight, 100 * MICRO * whole)
            if terms.switch:
                amount = max(amount, half_up_ratio(left * weight, weight_left))
            amount = min(amount, left)
        found += _filled(months, divide(amount, [slot.weight for slot in months]))
        left -= amount
        weight_left -= weight
    return found


def weight_of_year(terms: Terms, start: date) -> int:
    """What a whole fiscal year weighs: its days, or twelve months."""
    if terms.step == "day":
        return (months_before(start, -YEAR) - start).days
    return YEAR if terms.convention == "month" else YEAR * _first_months(terms)
