"""When what recurs is due: every so many weeks, months or years, on a day or a working day, exactly."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["week", "month", "year"]
Which = Literal["day", "first_working", "last_working"]
Shift = Literal["", "before", "after"]
Weekday = Literal[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
]  # fmt: skip
WEEKDAYS: tuple[Weekday, ...] = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
IsWorking = Callable[[date], bool]
FURTHEST = date(2200, 1, 1)
MOST_SHIFT_DAYS = 60
"""A calendar without a working day in so many days says nothing about which is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Every `every` units, counted from the week, month or year of `starts_on`, not before it.

    In a week on `weekday` (0 is Monday). In a month, or the `month` of a year, on the first or
    last working day, or on `day`; in a month that has no such day on its last. `shift` moves what
    falls on a day that is not worked to the working day before or after it.
    """

    unit: Unit
    every: int
    starts_on: date
    ends_on: date | None = None
    which: Which = "day"
    weekday: int = 0
    day: int = 1
    month: int = 1
    shift: Shift = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One time that something recurs: the day of its rhythm, and the day on which it is due."""

    on: date
    due: date


def recurring(rhythm: Rhythm, working: IsWorking, after: date | None = None) -> Iterator[Moment]:
    """The times of a rhythm, those after the day `after` of the rhythm (not of being due)."""
    for place in _places(rhythm, after):
        on = _day_of(rhythm, place, working)
        if on is None or on < rhythm.starts_on or (after is not None and on <= after):
            continue
        if rhythm.ends_on is not None and on > rhythm.ends_on:
            return
        yield Moment(on, shifted(on, rhythm.shift, working))


def shifted(day: date, shift: Shift, working: IsWorking) -> date:
    """A day, or the nearest working day before or after it where it is not worked."""
    if not shift or working(day):
        return day
    step = timedelta(days=1 if shift == "after" else -1)
    for number in range(1, MOST_SHIFT_DAYS + 1):
        if working(day + number * step):
            return day + number * step
    return day


def _places(rhythm: Rhythm, after: date | None) -> Iterator[date]:
    """The Monday, the first of the month or of the year's month, of each time, in order."""
    first = rhythm.starts_on
    if rhythm.unit == "week":
        monday = first - timedelta(days=first.weekday())
        passed = (after - monday).days // 7 if after and after > monday else 0
        number = passed // rhythm.every
        while (place := monday + timedelta(weeks=number * rhythm.every)) < FURTHEST:
            yield place
            number += 1
        return
    months = rhythm.every * (12 if rhythm.unit == "year" else 1)
    month = rhythm.month if rhythm.unit == "year" else first.month
    begin = first.year * 12 + month - 1
    passed = after.year * 12 + after.month - 1 - begin if after else 0
    number = max(passed // months, 0)
    while (count := begin + number * months) < FURTHEST.year * 12:
        yield date(count // 12, count % 12 + 1, 1)
        number += 1


def _day_of(rhythm: Rhythm, place: date, working: IsWorking) -> date | None:
    """The day within a week or month; None in a month without a working day."""
    if rhythm.unit == "week":
        return place + timedelta(days=rhythm.weekday)
    last = monthrange(place.year, place.month)[1]
    if rhythm.which == "day":
        return place.replace(day=min(rhythm.day, last))
    days = [place.replace(day=number) for number in range(1, last + 1)]
    if rhythm.which == "last_working":
        days.reverse()
    return next((day for day in days if working(day)), None)
