"""What is handed in about budgets and allocation keys, and what comes of it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

Control = Literal["none", "warn", "block"]
SpreadKey = Literal["periods", "even", "last_year"]
Basis = Literal["percentage", "figures", "balances"]
PERIODS = 12
"""A row of a budget has a figure for each of so many periods at most."""


class BudgetRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a budget: an account, with a dimension's value (`cost_centre=100`) or without.

    The figures of its periods in minor units, as they are read (costs above zero); or a `total`
    that a key spreads over the periods, evenly or as last year was.
    """

    account: str
    dimension: str = ""
    key: SpreadKey = "periods"
    total: int | None = None
    p1: int = 0
    p2: int = 0
    p3: int = 0
    p4: int = 0
    p5: int = 0
    p6: int = 0
    p7: int = 0
    p8: int = 0
    p9: int = 0
    p10: int = 0
    p11: int = 0
    p12: int = 0
    line: int | None = None

    @property
    def periods(self) -> list[int]:
        """The figures of its periods."""
        return [getattr(self, f"p{n}") for n in range(1, PERIODS + 1)]


class BudgetSet(msgspec.Struct, frozen=True):
    """What was drawn up: rows, and income and expenses in all."""

    budget: str
    version: int
    rows: int


class ShareDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A value of the key's dimension, and what it weighs: a percentage, heads, square metres."""

    value: str
    weight: Decimal = Decimal(0)


class Allocated(msgspec.Struct, frozen=True, kw_only=True):
    """What was distributed: the runs, their entries and the amount of costs in all."""

    runs: list[str]
    entries: list[str]
    amount: int


Shares = Sequence[ShareDraft]
Day = date
