"""What is handed in to set up the books, and what comes of it."""

from datetime import date
from typing import Literal

import msgspec

AccountKind = Literal["asset", "liability", "equity", "income", "expense"]
JournalKind = Literal[
    "sales", "credit_notes", "purchases", "bank", "cash", "general", "opening", "closing"
]


class AccountDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An account to be added. `group` is a group of the statements, `role` a posting rule's place.

    The Dutch name is the English one where none is given.
    """

    code: str
    name_en: str
    kind: AccountKind
    group: str
    name_nl: str = ""
    rgs: str = ""
    role: str = ""


class ValueDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a dimension to be added, such as cost centre `100`."""

    code: str
    name: str


class BooksSetUp(msgspec.Struct, frozen=True):
    """What a chart of accounts brought."""

    chart: str
    accounts: int
    journals: int
    dimensions: int


class YearOpened(msgspec.Struct, frozen=True):
    """A fiscal year that was opened, with the number of its periods."""

    code: str
    starts_on: date
    ends_on: date
    periods: int


class PeriodState(msgspec.Struct, frozen=True):
    """A period after it was closed or reopened: `open`, `soft` or `hard`."""

    period: str
    state: str


class YearClosed(msgspec.Struct, frozen=True, kw_only=True):
    """A year that was closed: its result in minor units, a profit above zero.

    `entry` and `opening` are the numbers of the entries that closed it and that opened the next
    with its result; empty where there was nothing to take.
    """

    year: str
    result: int
    entry: str
    opening: str


class YearReopened(msgspec.Struct, frozen=True, kw_only=True):
    """A year that is open again, and the reversals of the entries that had closed it."""

    year: str
    reversals: list[str]
