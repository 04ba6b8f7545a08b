"""What documents of suppliers are worth in the company's currency: at the rate of their own day.

The tax of an invoice is due at the rate of the day that it falls due, which is the invoice's
(Directive 2006/112/EC, art. 91(2)). A credit note takes back what was booked, so it has the rate
of the invoice that it names.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from kantoor.departments.finance.queries.currency.conversion import Conversion, Rates
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import LARGEST
from kantoor.kernel.store.lookup import rows_by_key


class Said(Protocol):
    """A document, as far as its currency goes."""

    @property
    def pk(self) -> Any: ...
    @property
    def currency(self) -> str: ...
    @property
    def date(self) -> Any: ...
    @property
    def credits_id(self) -> int | None: ...


class RateDays:
    """The rates of documents, looked up with two statements at most for all of them."""

    def __init__(self, actor: Actor, documents: Sequence[Said]) -> None:
        self.actor = actor
        foreign = [each for each in documents if each.currency != actor.currency]
        credited = _days({each.credits_id for each in foreign if each.credits_id})
        self._days = {each.pk: _day(each, credited) for each in foreign}
        wanted = [(each.currency, day) for each in foreign if (day := self._days[each.pk])]
        self._rates = Rates(actor, wanted)

    def find(self, each: Said) -> Conversion | None:
        """Its rate, if there is one; that of the company's own currency is 1."""
        day = self._days.get(each.pk)
        if each.currency == self.actor.currency:
            return self._rates.find(each.currency, day or "")
        return self._rates.find(each.currency, day) if day else None

    def on(self, each: Said, place: int | None = None) -> Conversion:
        """Its rate; raises MissingRate with the place."""
        if (found := self.find(each)) is None:
            return self._rates.on(each.currency, self._days[each.pk], place)
        return found

    def worth(self, each: Said, amount: int) -> int:
        """An amount of a document in the company's currency; without a rate beyond any limit."""
        found = self.find(each)
        return found.to_own(amount) if found is not None else LARGEST


def _day(each: Said, credited: Mapping[int, tuple[str, str]]) -> str:
    """The day whose rate a document has; empty while its date is not known."""
    currency, day = credited.get(each.credits_id or 0, ("", ""))
    if currency == each.currency:
        return day
    return each.date.isoformat() if each.date is not None else ""


def _days(keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Currency and date of the invoices that credit notes take back."""
    return rows_by_key(
        "SELECT id, currency, CAST(date AS text) FROM finance_purchase_invoice WHERE id IN ({})",
        [],
        keys,
    )


class Amount(NamedTuple):
    """A document by its number, as a limit sees it."""

    pk: str
    currency: str
    date: Any
    credits_id: int | None
    gross: int


def highest(actor: Actor, numbers: Iterable[str]) -> int:
    """The largest of these purchase invoices, without sign, in the company's currency.

    One without a rate is left out: nobody can post it.
    """
    found = rows_by_key(
        "SELECT number, currency, CAST(date AS text), credits_id, gross"
        " FROM finance_purchase_invoice WHERE company_id = %s AND number IN ({})",
        [actor.company_id],
        [number for number in numbers if "\0" not in number],
    )
    documents = [
        Amount(number, currency, date.fromisoformat(on) if on else None, credits_id, gross)
        for number, (currency, on, credits_id, gross) in found.items()
    ]
    rates = RateDays(actor, documents)
    worth = [(rates.find(each), each.gross) for each in documents]
    return max((abs(rate.to_own(gross)) for rate, gross in worth if rate is not None), default=0)
