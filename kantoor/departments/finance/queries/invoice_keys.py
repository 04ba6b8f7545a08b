"""Find invoices and credit notes by the numbers that people know them by."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import UnknownInvoice
from kantoor.kernel.store.lookup import rows_by_key


class InvoiceKey(NamedTuple):
    """What is needed of an invoice to credit, pay or settle it."""

    id: int
    kind: str
    party_id: int
    entry_id: int | None
    gross: int


def invoice_keys(company_id: int, numbers: Iterable[str]) -> dict[str, InvoiceKey]:
    """The invoices and credit notes with these numbers, as far as they exist."""
    found = rows_by_key(
        "SELECT number, id, kind, party_id, entry_id, gross FROM finance_invoice"
        " WHERE company_id = %s AND number IN ({})",
        [company_id],
        {number for number in numbers if number},
    )
    return {number: InvoiceKey(*row) for number, row in found.items()}


def invoice_key(company_id: int, number: str, field: str = "invoice") -> InvoiceKey:
    """The invoice or credit note with this number; raises UnknownInvoice."""
    found = invoice_keys(company_id, [number]).get(number)
    if found is None:
        message = _("There is no invoice “{number}”.").format(number=number[:40])
        raise UnknownInvoice(message, field=field)
    return found
