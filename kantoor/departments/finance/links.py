"""Where entries and invoices come from, for the chain of causes."""

from collections.abc import Iterable

from kantoor.kernel.record.links import origin_of
from kantoor.kernel.store.lookup import fetch


@origin_of("finance.entry")
def origin_of_entry(company_id: int, key: int) -> Iterable[str]:
    """What an entry books, such as an invoice, or the entry that it reverses."""
    rows = fetch(
        "SELECT origin, reverses_id FROM finance_entry WHERE company_id = %s AND id = %s",
        [company_id, key],
    )
    for origin, reversed_id in rows:
        yield origin
        if reversed_id is not None:
            yield f"finance.entry/{reversed_id}"


@origin_of("finance.invoice")
def origin_of_invoice(company_id: int, key: int) -> Iterable[str]:
    """The order or return that an invoice is of, and the invoice that a credit note takes back."""
    rows = fetch(
        "SELECT origin, credits_id FROM finance_invoice WHERE company_id = %s AND id = %s",
        [company_id, key],
    )
    for origin, credited in rows:
        yield origin
        if credited is not None:
            yield f"finance.invoice/{credited}"
