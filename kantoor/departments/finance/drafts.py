"""What is handed in to be posted: entries by the codes people know, not yet checked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

MOST_LINES = 100_000
"""Lines of one entry. More is a mistake, such as a file whose entry column is the same all over."""


class LineDraft(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One line: `amount` in minor units of the company's currency, debit positive.

    For a document in another currency `currency` and `currency_amount` say what it said; without
    an `amount` beside them it is reckoned at the rate of the day.
    """

    account: str
    amount: int = 0
    currency: str = ""
    currency_amount: int | None = None
    party: str = ""
    dimensions: Mapping[str, str] = msgspec.field(default_factory=dict)
    text: str = ""
    tax: str = ""
    """A tax code: the line is a base of it or, on one of the code's accounts, its tax."""
    tax_base: int | None = None
    """The base in minor units, on a tax line of an entry that has no base line."""
    line: int | None = None
    """Where it stood in the input, for messages."""


class EntryDraft(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A journal entry to be posted; its lines must add up to nothing."""

    date: date
    lines: Sequence[LineDraft]
    text: str = ""
    journal: str = ""
    """The journal's code; the general journal when empty."""
    reference: str = ""


class ReadyLine(NamedTuple):
    """A checked line, codes resolved to keys."""

    account_id: int
    amount: int
    currency: str
    currency_amount: int
    party_id: int | None
    dimension_set_id: int
    text: str


class ReadyEntry(NamedTuple):
    """A checked entry: it balances, and every key exists in the company."""

    journal_id: int
    date: str
    text: str
    reference: str
    origin: str
    reverses_id: int | None
    lines: Sequence[ReadyLine]
    place: int | None = None


class Posted(msgspec.Struct, frozen=True):
    """What was posted: how many, and the numbers given (`MEM/2011/12`) of the first and last."""

    entries: int
    lines: int
    first: str
    last: str
