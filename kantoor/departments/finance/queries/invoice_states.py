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


def wholly_credited(actor: Actor, invoice_ids: Iterable[int]) -> dict[int, bool]:
    """Whether credit notes took back all of invoices: of each line, or of the net as a whole.

    What is credited in parts is rounded for each part, so that nets may differ by a few cents.
    """
    found = rows_by_key(
        "SELECT invoice.id, invoice.net, (SELECT sum(note.net) FROM finance_invoice note"
        "  WHERE note.credits_id = invoice.id), (SELECT count(*) FROM finance_invoice_line line"
        "  WHERE line.invoice_id = invoice.id AND line.quantity <> (SELECT"
        "   COALESCE(sum(back.quantity), 0) FROM finance_invoice_line back"
        "   WHERE back.credits_id = line.id)) FROM finance_invoice invoice"
        " WHERE invoice.company_id = %s AND invoice.id IN ({})",
        [actor.company_id],
        invoice_ids,
    )
    return {
        key: credited is not None and (not left or int(credited) == net)
        for key, (net, credited, left) in found.items()
    }


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
