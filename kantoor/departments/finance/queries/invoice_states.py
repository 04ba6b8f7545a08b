"""What is known of invoices to those who had them issued: number, due date, what is still open."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from kantoor.departments.finance.queries.invoice_keys import invoice_keys
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import rows_by_key


class InvoiceState(NamedTuple):
    """An invoice or credit note, amounts in minor units of its currency.

    `open` is what is not paid or settled yet; of a credit note it is below zero.
    """

    number: str
    kind: str
    date: datetime.date
    due_on: datetime.date
    gross: int
    open: int

    @property
    def paid(self) -> bool:
        """Whether nothing of it is open."""
        return self.open == 0


def invoice_states(actor: Actor, invoice_ids: Iterable[int]) -> dict[int, InvoiceState]:
    """The states of these invoices of the actor's company, by key, in one statement for each 500."""
    found = rows_by_key(
        "SELECT invoice.id, invoice.number, invoice.kind, invoice.date, invoice.due_on,"
        " invoice.gross, (SELECT COALESCE(sum(item.currency_open), 0) FROM finance_open_item item"
        "  WHERE item.entry_id = invoice.entry_id) FROM finance_invoice invoice"
        " WHERE invoice.company_id = %s AND invoice.id IN ({})",
        [actor.company_id],
        invoice_ids,
    )
    return {
        key: InvoiceState(number, kind, _day(on), _day(due), gross, int(still))
        for key, (number, kind, on, due, gross, still) in found.items()
    }


def credited_nets(actor: Actor, invoice_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """The net of invoices and what credit notes took off it, in minor units of their currency."""
    found = rows_by_key(
        "SELECT invoice.id, invoice.net, (SELECT COALESCE(sum(note.net), 0) FROM finance_invoice note"
        " WHERE note.credits_id = invoice.id) FROM finance_invoice invoice"
        " WHERE invoice.company_id = %s AND invoice.id IN ({})",
        [actor.company_id],
        invoice_ids,
    )
    return {key: (net, int(credited)) for key, (net, credited) in found.items()}


def numbers_of_invoices(actor: Actor, invoice_ids: Iterable[int]) -> dict[int, str]:
    """The numbers of invoices and credit notes of the actor's company, by key."""
    return {key: state.number for key, state in invoice_states(actor, invoice_ids).items()}


def invoice_id_of(actor: Actor, number: str) -> int | None:
    """The key of the invoice or credit note with this number, in the actor's company."""
    found = invoice_keys(actor.company_id, [number]).get(number)
    return found.id if found else None


def _day(value: datetime.date | str) -> datetime.date:
    # SQLite's own connection gives dates as text.
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value
