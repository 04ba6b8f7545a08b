"""What is handed in to be spread and accrued, and what comes of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

SpreadKind = Literal["prepaid", "deferred_income"]
SpreadStep = Literal["month", "day", "custom"]
AccrualKind = Literal["cost", "income"]
Day = date
"""The type of the fields that are called `date`."""


class PartDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a custom plan: so much in minor units on a day."""

    date: date
    amount: int


class SpreadDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be spread from `starts_on` to `ends_on`, both included.

    From a line of a posted `entry` (all that is left of it when no `amount` is given), or from
    `amount` on `result_account`. It is moved from there to `balance_account`, or that of the role
    `prepaid_expenses` or `deferred_income`, unless the line stands on that already; then
    `result_account` says where it goes. `parts` are for the step `custom`.
    """

    kind: SpreadKind
    starts_on: date
    ends_on: date
    step: SpreadStep = "month"
    text: str = ""
    entry: str = ""
    line: int | None = None
    amount: int | None = None
    date: Day | None = None
    """The day that it is moved to the balance sheet: that of the line, else the first day."""
    result_account: str = ""
    balance_account: str = ""
    dimensions: Mapping[str, str] = msgspec.field(default_factory=dict)
    parts: Sequence[PartDraft] = ()


class Spreads(msgspec.Struct, frozen=True):
    """What is spread: the numbers, and the amount in all."""

    numbers: list[str]
    amount: int


class SpreadPosted(msgspec.Struct, frozen=True):
    """A run: its number (empty when nothing was due), how many spreads, its entry."""

    number: str
    spreads: int
    entry: str


class AccrualDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A cost or income of a period that no invoice came of yet; `amount` in minor units.

    It is reversed on `reverses_on`, the day after the period unless `until_invoiced`: then by
    hand.
    """

    kind: AccrualKind = "cost"
    date: date
    amount: int
    result_account: str
    text: str
    balance_account: str = ""
    reverses_on: Day | None = None
    until_invoiced: bool = False
    dimensions: Mapping[str, str] = msgspec.field(default_factory=dict)


class Accrued(msgspec.Struct, frozen=True):
    """Accruals that were posted: their numbers, and how many were reversed at once."""

    numbers: list[str]
    amount: int
    reversed: int
