"""What a payment settles: the invoice it is for, else the party's items that are due first."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.settling import Settling
from kantoor.departments.finance.errors import NothingToSettle
from kantoor.departments.finance.queries.item_numbers import items_of_entries
from kantoor.kernel.store.lookup import rows_by_key


class Paid(NamedTuple):
    """A booked payment: its open item, who paid, how much, and the entry of what it is for.

    `amount` is in minor units of `currency`.
    """

    line_id: int
    party_id: int
    amount: int
    invoice_entry: int | None
    place: int
    currency: str


Side = tuple[int, str, bool]
"""A party, a currency, and whether it is what they owe."""


class _Open:
    """What is open while payments are allotted one after another."""

    def __init__(self, company_id: int, paid: Sequence[Paid]) -> None:
        entries = [each.invoice_entry for each in paid if each.invoice_entry]
        self.of_invoices = items_of_entries(company_id, entries)
        self.left: dict[int, int] = {}
        self.currencies: dict[int, str] = {}
        self.queues: dict[Side, deque[int]] = defaultdict(deque)
        lines = [line for lines in self.of_invoices.values() for line in lines]
        found = rows_by_key(
            "SELECT line_id, currency_open, currency FROM finance_open_item"
            " WHERE company_id = %s AND line_id IN ({})",
            [company_id],
            lines,
        )
        self.left.update((line, still) for line, (still, _currency) in found.items())
        self.currencies.update((line, currency) for line, (_still, currency) in found.items())
        fresh = {each.line_id for each in paid}
        parties = {each.party_id for each in paid if not each.invoice_entry}
        for line, party, still, currency in _open_items_of(company_id, parties):
            if line not in fresh:
                self.left[line], self.currencies[line] = still, currency
                self.queues[party, currency, still > 0].append(line)

    def candidates(self, paid: Paid) -> Iterator[int]:
        """The items that a payment may settle, in order."""
        if paid.invoice_entry:
            yield from self.of_invoices.get(paid.invoice_entry, ())
            return
        queue = self.queues[paid.party_id, paid.currency, paid.amount > 0]
        while queue:
            if self.left[queue[0]]:
                yield queue[0]
            else:
                queue.popleft()


def allocate(company_id: int, paid: Sequence[Paid]) -> list[Settling]:
    """What to settle with these payments; raises NothingToSettle when one is for the wrong side."""
    now = _Open(company_id, paid)
    return [settling for each in paid for settling in _one(now, each)]


def _one(now: _Open, paid: Paid) -> Iterator[Settling]:
    rest = abs(paid.amount)
    for line in now.candidates(paid):
        still = now.left[line]
        if still and (still > 0) != (paid.amount > 0):
            message = _(
                "A credit note is paid back: give the amount below zero, an invoice's above."
            )
            raise NothingToSettle(message, field="amount", line=paid.place)
        if now.currencies[line] != paid.currency:
            # As much as both have open, at the rate of the day.
            pair = (line, paid.line_id) if paid.amount > 0 else (paid.line_id, line)
            yield Settling(*pair, place=paid.place)
            continue
        taken = min(rest, abs(still))
        if taken:
            now.left[line] -= taken if still > 0 else -taken
            rest -= taken
            pair = (line, paid.line_id) if still > 0 else (paid.line_id, line)
            yield Settling(*pair, taken, place=paid.place)
        if not rest:
            return


def _open_items_of(company_id: int, parties: Iterable[int]) -> list[tuple[int, int, int, str]]:
    """Line, party, open amount and currency of what these have open, what is due first in front."""
    found = rows_by_key(
        "SELECT line_id, party_id, currency_open, currency, CAST(due_on AS text)"
        " FROM finance_open_item item"
        " JOIN finance_account account ON account.id = item.account_id"
        " WHERE account.role = 'receivables' AND item.currency_open <> 0 AND item.open <> 0 AND item.company_id = %s"
        " AND item.party_id IN ({})",
        [company_id],
        parties,
    )
    rows = sorted((due, line, *rest) for line, (*rest, due) in found.items())
    return [(line, party, still, currency) for _due, line, party, still, currency in rows]
