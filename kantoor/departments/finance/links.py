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


@origin_of("finance.asset")
def origin_of_asset(company_id: int, key: int) -> Iterable[str]:
    """What an asset was acquired with, such as a purchase invoice."""
    sql = "SELECT origin FROM finance_asset WHERE company_id = %s AND id = %s"
    yield from (origin for (origin,) in fetch(sql, [company_id, key]))


@origin_of("finance.spread")
def origin_of_spread(company_id: int, key: int) -> Iterable[str]:
    """What a spread cost or income comes from, such as a purchase invoice."""
    sql = "SELECT origin FROM finance_spread WHERE company_id = %s AND id = %s"
    yield from (origin for (origin,) in fetch(sql, [company_id, key]))


@origin_of("finance.purchase_invoice")
def origin_of_purchase(company_id: int, key: int) -> Iterable[str]:
    """The invoice that a credit note takes back, and the orders that its lines are of."""
    rows = fetch(
        "SELECT credits_id FROM finance_purchase_invoice WHERE company_id = %s AND id = %s",
        [company_id, key],
    )
    for (credited,) in rows:
        if credited is not None:
            yield f"finance.purchase_invoice/{credited}"
    orders = fetch(
        "SELECT DISTINCT ordered.order_id FROM finance_purchase_line line"
        " JOIN finance_purchase_order_line ordered ON ordered.id = line.order_line_id"
        " WHERE line.company_id = %s AND line.invoice_id = %s ORDER BY ordered.order_id",
        [company_id, key],
    )
    for (order_id,) in orders:
        yield f"finance.purchase_order/{order_id}"
