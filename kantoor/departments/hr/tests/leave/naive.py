"""A second reckoning of leave, day by day and minute by minute, with nothing of the first."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from kantoor.departments.hr.queries.leave.reckoning.accrual import Rule, Span
from kantoor.departments.hr.queries.leave.reckoning.days import Asked

DAY = timedelta(days=1)


def week_on(spans: list[Span], day: date) -> tuple[int, ...]:
    """The week of the contract of a day; nothing without one."""
    for span in spans:
        if span.first <= day < span.until:
            return span.week
    return (0,) * 7


def earned(spans: list[Span], rule: Rule, year: int) -> int:
    """The leave for a year, a day at a time."""
    of = year - 1 if rule.year_before else year
    total, day = Fraction(0), date(of, 1, 1)
    days = (date(of + 1, 1, 1) - day).days
    while day.year == of:
        total += rule.weeks * sum(week_on(spans, day)) / days
        day += DAY
    whole = total.numerator // total.denominator
    return whole if whole == total else whole + 1


def taken_on(asked: Asked, spans: list[Span], free: dict[date, int], day: date) -> int:
    """What a request takes of a day."""
    if day < asked.first or day > asked.last:
        return 0
    worked = min(week_on(spans, day)[day.weekday()], free.get(day, 24 * 60))
    if asked.minutes is not None:
        return min(worked, asked.minutes)
    half = (day == asked.first and asked.first_part != "whole") or (
        day == asked.last != asked.first and asked.last_part != "whole"
    )
    return (worked - worked % 2) // 2 if half else worked


@dataclass
class Lot:
    """A lot of the naive model."""

    key: int
    comes: date
    lapses: date
    statutory: bool
    minutes: int


def balances(
    lots: list[Lot], taken: dict[date, int], first: date, last: date
) -> dict[date, tuple[int, dict[int, int]]]:
    """For each day what is left, together and by lot: every minute is taken by itself."""
    purse: Counter[int] = Counter()
    by_key = {lot.key: lot for lot in lots}
    owed, day, found = 0, first, {}
    while day <= last:
        for lot in lots:
            if lot.lapses == day:
                purse.pop(lot.key, None)
        for lot in sorted(lots, key=lambda each: each.key):
            if lot.comes == day < lot.lapses:
                for _ in range(lot.minutes):
                    if owed:
                        owed -= 1
                    else:
                        purse[lot.key] += 1
        for _ in range(taken.get(day, 0)):
            full = [by_key[key] for key, minutes in purse.items() if minutes]
            if full:
                best = min(full, key=lambda lot: (lot.lapses, 0 if lot.statutory else 1, lot.key))
                purse[best.key] -= 1
            else:
                owed += 1
        found[day] = (sum(purse.values()) - owed, {k: v for k, v in purse.items() if v})
        day += DAY
    return found
