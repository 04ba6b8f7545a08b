"""Days cut at the ends of calendar months, each piece with its weight."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

Step = Literal["month", "day"]
"""What counts: a month as a whole however long it is, or each day."""


class Slot(NamedTuple):
    """A stretch of days within one month, and what falls to it."""

    starts_on: date
    ends_on: date
    weight: int
    amount: int = 0

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends_on - self.starts_on).days + 1


def month_start(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def cut_by_month(starts_on: date, ends_on: date, step: Step) -> list[Slot]:
    """The months from one day to another, both included, weighed by month or by day."""
    return [
        Slot(first, last, 1 if step == "month" else (last - first).days + 1)
        for first, last in _months(starts_on, ends_on)
    ]


def divide(total: int, weights: Sequence[int]) -> list[int]:
    """A total of minor units by weights: each part rounded down, what remains goes to the last.

    A total below zero is divided as its opposite. The weights are not negative; at least one is
    more than nothing.
    """
    whole = sum(weights)
    assert whole > 0, "something has to weigh"
    size, sign = abs(total), 1 if total >= 0 else -1
    parts = [size * weight // whole for weight in weights]
    parts[-1] += size - sum(parts)
    return [sign * part for part in parts]


def through(slots: Sequence[Slot], on: date, step: Step) -> int:
    """What has fallen due at the end of a day: of a month that is under way only when days count."""
    total = 0
    for slot in slots:
        if slot.ends_on <= on:
            total += slot.amount
        elif step == "day" and slot.starts_on <= on:
            total += slot.amount * ((on - slot.starts_on).days + 1) // slot.days
    return total


def _months(starts_on: date, ends_on: date) -> Iterator[tuple[date, date]]:
    first = starts_on
    while first <= ends_on:
        last = min(month_end(first), ends_on)
        yield first, last
        first = last + timedelta(days=1)
