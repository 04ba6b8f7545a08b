"""What is known of purchase invoices to those who use them: numbers by key."""

from collections.abc import Iterable

from kantoor.kernel.store.lookup import rows_by_key


def numbers_of(company_id: int, keys: Iterable[int]) -> dict[int, str]:
    """The numbers of these purchase invoices of the company, by key."""
    return rows_by_key(
        "SELECT id, number FROM finance_purchase_invoice WHERE company_id = %s AND id IN ({})",
        [company_id],
        set(keys),
    )


def order_numbers_of(company_id: int, keys: Iterable[int]) -> dict[int, str]:
    """The numbers of these purchase orders of the company, by key."""
    return rows_by_key(
        "SELECT id, number FROM finance_purchase_order WHERE company_id = %s AND id IN ({})",
        [company_id],
        set(keys),
    )
