"""Postings of Beancount as they are written: numbers, lots and prices may be left out."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from kantoor.departments.finance.formats.journals.values import Entry


@dataclass(slots=True)
class Lot:
    """A cost as written in braces; what is left out is None, and any lot of the kind fits."""

    number: Decimal | None = None
    total: Decimal | None = None
    currency: str = ""
    date: datetime.date | None = None
    label: str | None = None
    merge: bool = False

    @property
    def priced(self) -> bool:
        """Whether it says a number."""
        return self.number is not None or self.total is not None


@dataclass(slots=True)
class BeanPosting:
    """A posting as written; `price` is for each unit, or for all of them when `whole`."""

    account: str
    line: int
    number: Decimal | None = None
    currency: str = ""
    lot: Lot | None = None
    priced: bool = False
    whole: bool = False
    price: Decimal | None = None
    price_currency: str = ""


@dataclass(slots=True)
class BeanEntry:
    """A transaction with its postings as written."""

    entry: Entry
    postings: list[BeanPosting]


@dataclass(slots=True)
class Pad:
    """Fill an account from another, so that its next claimed balances are so."""

    date: datetime.date
    account: str
    source: str
    line: int


@dataclass(slots=True)
class Claim:
    """A balance that the journal claims at the beginning of a day."""

    date: datetime.date
    account: str
    number: Decimal
    currency: str
    tolerance: Decimal | None
    line: int


@dataclass(frozen=True, slots=True)
class Options:
    """What the journal sets that changes how amounts are understood."""

    booking: str = "STRICT"
    multiplier: Decimal = Decimal("0.5")
    from_cost: bool = False
    tolerances: tuple[tuple[str, Decimal], ...] = ()
