"""What a plain-text journal says: entries with exact amounts, and what could not be read."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Virtual = Literal["", "balanced", "unbalanced"]
ZERO = Decimal(0)


class Amount(NamedTuple):
    """A quantity of a commodity, exactly as written; the commodity may be nothing."""

    quantity: Decimal
    commodity: str

    def __neg__(self) -> "Amount":
        return Amount(-self.quantity, self.commodity)


@dataclass(slots=True)
class Posting:
    """One amount on one account; None until it is inferred from the others.

    `cost` is what all of it cost in another commodity, in the sign of the amount. An `unbalanced`
    posting counts for nobody else, `balanced` ones add up among themselves.
    """

    account: str
    amount: Amount | None
    cost: Amount | None = None
    virtual: Virtual = ""
    line: int = 0
    text: str = ""
    assertion: "Assertion | None" = None
    inferred: bool = False

    @property
    def weight(self) -> Amount:
        """What it counts for when the entry is added up."""
        assert self.amount is not None
        return self.cost or self.amount


class Assertion(NamedTuple):
    """A balance that the journal claims: `total` of all commodities, `deep` with sub-accounts."""

    amount: Amount
    total: bool = False
    deep: bool = False


@dataclass(slots=True)
class Entry:
    """A transaction."""

    date: datetime.date
    text: str
    line: int
    payee: str = ""
    reference: str = ""
    postings: list[Posting] = field(default_factory=list)


class Problem(NamedTuple):
    """What is wrong, or left out, at a line. `grave` ones stop an import."""

    code: str
    message: Any
    line: int
    grave: bool = True


class Declared(NamedTuple):
    """An account that the journal declares, with the kind it says (A, L, E, R, X) or nothing."""

    name: str
    kind: str
    note: str
    line: int


@dataclass(slots=True)
class Book:
    """A whole journal."""

    dialect: str
    entries: list[Entry] = field(default_factory=list)
    accounts: dict[str, Declared] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def postings(self) -> Iterator[Posting]:
        """Every posting in order."""
        for entry in self.entries:
            yield from entry.postings


class Unreadable(Exception):
    """What can't be read, with its line where it is another than that of the whole."""

    def __init__(self, code: str, message: Any, line: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.line = line


def balances(book: Book) -> dict[tuple[str, str], Decimal]:
    """What each account holds of each commodity in the end, virtual postings too; no noughts."""
    sums: dict[tuple[str, str], Decimal] = {}
    for posting in book.postings():
        if posting.amount is not None:
            key = posting.account, posting.amount.commodity
            sums[key] = exact_sum(sums.get(key, ZERO), posting.amount.quantity)
    return {key: total for key, total in sorted(sums.items()) if total}


def exact_sum(one: Decimal, other: Decimal) -> Decimal:
    """Both added without rounding, however many digits they have."""
    from kantoor.departments.finance.formats.journals.numbers import EXACT

    return EXACT.add(one, other)
