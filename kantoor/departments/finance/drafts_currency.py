"""What is handed in about rates of exchange and revaluation, and what comes of it."""

from datetime import date
from decimal import Decimal

import msgspec

Day = date
"""The type of the fields that are called `date`."""


class RateDraft(msgspec.Struct, frozen=True, kw_only=True):
    """That one `base` cost `rate` of `currency` on a day; the base is the company's when empty."""

    currency: str
    date: Day
    rate: Decimal
    base: str = ""
    line: int | None = None
    """Where it stood in the input, for messages."""


class RatesKept(msgspec.Struct, frozen=True, kw_only=True):
    """What came of rates: how many are new, replaced, and were known; first and last day."""

    added: int
    replaced: int
    known: int
    first: Day
    last: Day


class Revalued(msgspec.Struct, frozen=True, kw_only=True):
    """What a revaluation posted: the entry and its reversal, empty where nothing differed.

    `positions` is how many accounts, parties and currencies were looked at; `gain` and `loss` are
    in minor units of the company's currency, both without sign.
    """

    date: Day
    entry: str
    reversal: str
    positions: int
    gain: int
    loss: int
