"""What is matched with what: open items, lines of statements, and the matches found."""

from typing import Any, NamedTuple

from django.utils.encoding import force_str


class Item(NamedTuple):
    """An open item: `open` above zero is owed to the company, below by it."""

    key: int
    account_id: int
    party_id: int | None
    party: str
    number: str
    open: int
    due_on: str
    others: tuple[str, ...] = ()
    """Other references: the customer's, the supplier's, one for payment."""
    discount: int = 0
    """What may be taken off when paid by `discount_until`, in minor units."""
    discount_until: str = ""
    batch: str = ""
    """The file that it was paid by, which banks name when they book all of it at once."""


class Movement(NamedTuple):
    """A line of a statement that is to be matched."""

    key: int
    amount: int
    on: str
    text: str
    name: str
    iban: str
    end_to_end: str
    reference: str
    returned: str = ""


class Share(NamedTuple):
    """So much of a movement goes to an item, after its discount for early payment if there is one."""

    item: Item
    amount: int
    discount: bool = False


class Reason(NamedTuple):
    """Why it may be so: words that are only put together when somebody reads them."""

    words: Any
    number: str = ""
    party: str = ""

    def __str__(self) -> str:
        return force_str(self.words).format(number=self.number, party=self.party)


class Match(NamedTuple):
    """What a movement may be: the items it pays, why, and what is left over.

    `left` is what of the movement no item takes, above zero when too much came in.
    """

    shares: tuple[Share, ...]
    score: int
    exact: bool
    reasons: tuple[Reason, ...]
    left: int = 0
