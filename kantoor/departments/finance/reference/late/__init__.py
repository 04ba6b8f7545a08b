"""What the law gives for late payment in the Netherlands: interest by day, and collection costs.

Pure: dates and cents in, cents out. Rates and steps stand in `rates.toml` with their sources.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Literal, NamedTuple

from kantoor.departments.finance.reference.files import read_toml
from kantoor.kernel.money import half_up_ratio

Kind = Literal["trade", "other"]
"""Between companies (6:119a), or with a consumer and all else (6:119)."""


class Rate(NamedTuple):
    """A rate in percent a year, since a day."""

    since: date
    rate: Decimal


@cache
def _table() -> dict[str, Any]:
    return read_toml("late/rates.toml")


@cache
def rates(kind: Kind) -> tuple[Rate, ...]:
    """The rates of a kind, the oldest first."""
    return tuple(Rate(each["since"], Decimal(each["rate"])) for each in _table()[kind])


def known_until() -> date:
    """The last day that the rates were known for; after it the last one is taken on."""
    known: date = _table()["known_until"]
    return known


def statutory_interest(amount: int, due_on: date, until: date, kind: Kind) -> int:
    """The interest on an amount in cents from the day after it was due until a day, rounded half up.

    Each day bears a 365th (366th in a leap year) of the rate in force. After every year the
    interest itself bears interest (6:119(2), 6:119a(3)). Before the first rate there is none.
    """
    principal, interest = Fraction(amount), Fraction(0)
    day, anniversary = due_on, _year_later(due_on)
    while day < until:
        end = min(until, anniversary)
        interest += principal * _yearly(day, end, kind)
        if end == anniversary:
            principal, interest = principal + interest, Fraction(0)
            anniversary = _year_later(anniversary)
        day = end
    whole = principal + interest - amount
    return half_up_ratio(whole.numerator, whole.denominator)


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def _yearly(start: date, end: date, kind: Kind) -> Fraction:
    """The part of the principal that days after `start` until `end` bear."""
    total = Fraction(0)
    first = start + timedelta(days=1)
    for since, until, rate in _spans(kind):
        begin, last = max(first, since), min(end, until)
        for year in range(begin.year, last.year + 1):
            days_from = max(begin, date(year, 1, 1))
            days_to = min(last, date(year, 12, 31))
            days = (days_to - days_from).days + 1
            if days > 0:
                in_year = 366 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 365
                total += Fraction(rate) / 100 * Fraction(days, in_year)
    return total


@cache
def _spans(kind: Kind) -> tuple[tuple[date, date, Decimal], ...]:
    known = rates(kind)
    ends = [each.since - timedelta(days=1) for each in known[1:]] + [date(2999, 12, 31)]
    return tuple((each.since, end, each.rate) for each, end in zip(known, ends, strict=True))


def collection_costs(amount: int) -> int:
    """The costs of collection that the law allows over a debt, both in cents.

    At least € 40 and at most € 6,775 (Besluit BIK, art. 2). Nothing over nothing.
    """
    if amount <= 0:
        return 0
    table = _table()["costs"]
    left, costs = amount, Fraction(0)
    for step in table["steps"]:
        part = min(left, step["over"] * 100) if "over" in step else left
        costs += Fraction(part) * Fraction(step["percent"]) / 100
        left -= part
    whole = half_up_ratio(costs.numerator, costs.denominator)
    least, most = int(table["least"]) * 100, int(table["most"]) * 100
    return max(least, min(whole, most))
