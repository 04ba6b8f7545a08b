"""Weekdays (Monday to Friday) and months, by which part of a month is paid."""

import calendar
from datetime import date, timedelta
from functools import lru_cache


@lru_cache(maxsize=4096)
def weekdays(start: date, end: date) -> int:
    """How many days from Monday to Friday lie from `start` to `end`, both included."""
    days = (end - start).days + 1
    whole, rest = divmod(max(days, 0), 7)
    first = start.weekday()
    return whole * 5 + sum((first + n) % 7 < 5 for n in range(rest))


@lru_cache(maxsize=4096)
def minutes_between(start: date, end: date, minutes: tuple[int, ...]) -> int:
    """Minutes of work by a week's schedule from `start` to `end`, both included."""
    days = (end - start).days + 1
    whole, rest = divmod(max(days, 0), 7)
    first = start.weekday()
    return whole * sum(minutes) + sum(minutes[(first + n) % 7] for n in range(rest))


def first_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def last_of(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def next_month(month: date) -> date:
    """The first day of the month after."""
    return last_of(month) + timedelta(days=1)


def months_between(start: date, end: date) -> list[date]:
    """The first days of the months from `start` up to, but not, `end`."""
    found, month = [], first_of(start)
    while month < end:
        found.append(month)
        month = next_month(month)
    return found
