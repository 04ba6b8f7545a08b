"""A whole administration as another program left it, in whatever form: what an import begins with.

Amounts are exact decimals in the words of the source; what they become is decided by the import.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple


class SourceAccount(NamedTuple):
    """An account: `kind` is asset, liability, equity, income, expense, B or P, or not said."""

    code: str
    name: str = ""
    kind: str = ""
    rgs: str = ""


class SourceParty(NamedTuple):
    """A customer (C) or supplier (S), or both (B)."""

    code: str
    name: str = ""
    kind: str = ""
    email: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    vat_number: str = ""
    registration: str = ""


class SourceLine(NamedTuple):
    """A line: `quantity` of `commodity`; `cost` is what it is in another, where that was said.

    `alone` marks a virtual posting that nothing balances.
    """

    account: str
    quantity: Decimal
    commodity: str
    cost: Decimal | None = None
    cost_commodity: str = ""
    party: str = ""
    text: str = ""
    line: int = 0
    dimensions: Mapping[str, str] = {}
    alone: bool = False


class SourceEntry(NamedTuple):
    """An entry with the line of the file that it begins on."""

    date: datetime.date
    text: str
    line: int
    lines: Sequence[SourceLine]
    journal: str = ""
    reference: str = ""
    opening: bool = False


class SourceItem(NamedTuple):
    """Something still open at the opening: what a customer owes is above zero."""

    party: str
    reference: str
    amount: Decimal
    date: datetime.date
    due_on: datetime.date
    line: int
    account: str = ""
    commodity: str = ""


class Trouble(NamedTuple):
    """What is wrong or left out, with its place; `grave` ones stop the import."""

    code: str
    message: Any
    line: int
    grave: bool = True
    file: str = ""


@dataclass
class Administration:
    """What was read of one file. `entries` can be gone through more than once."""

    format: str
    entries: Callable[[], Iterator[SourceEntry]] = lambda: iter(())
    currency: str = ""
    accounts: dict[str, SourceAccount] = field(default_factory=dict)
    parties: dict[str, SourceParty] = field(default_factory=dict)
    journals: dict[str, str] = field(default_factory=dict)
    """Kinds of journals by their code."""
    items: list[SourceItem] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    file: str = ""

    def trouble(self, code: str, message: Any, line: int = 0, *, grave: bool = True) -> None:
        """Note what is wrong; after a thousand nobody reads on."""
        if len(self.troubles) < 1_000:
            self.troubles.append(Trouble(code, message, line, grave, self.file))
