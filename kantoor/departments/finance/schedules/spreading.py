"""Costs and income spread over the time they belong to."""

from collections.abc import Sequence
from datetime import date

from kantoor.departments.finance.schedules.slots import Slot, Step, cut_by_month, divide


def spread(total: int, starts_on: date, ends_on: date, step: Step) -> list[Slot]:
    """A total over the months from one day to another, by whole months or by days.

    Each month is rounded down, the last takes what remains.
    """
    slots = cut_by_month(starts_on, ends_on, step)
    amounts = divide(total, [slot.weight for slot in slots])
    return [slot._replace(amount=each) for slot, each in zip(slots, amounts, strict=True)]


def custom(parts: Sequence[tuple[date, int]]) -> list[Slot]:
    """Amounts on days that somebody chose, in order of day."""
    return [Slot(day, day, 0, amount) for day, amount in sorted(parts)]
