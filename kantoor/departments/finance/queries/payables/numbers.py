"""Find purchase invoices by the numbers people know them by."""

from collections.abc import Iterable
from typing import NamedTuple

from kantoor.kernel.store.lookup import rows_by_key


class PurchaseKey(NamedTuple):
    """What is needed of a purchase invoice to credit, pay or settle it."""

    id: int
    kind: str
    party_id: int | None
    entry_id: int | None
    gross: int


def purchase_keys(company_id: int, numbers: Iterable[str]) -> dict[str, PurchaseKey]:
    """The purchase invoices with these numbers, as far as they exist."""
    found = rows_by_key(
        "SELECT number, id, kind, party_id, entry_id, gross FROM finance_purchase_invoice"
        " WHERE company_id = %s AND number IN ({})",
        [company_id],
        {number for number in numbers if number.startswith("PI-") and "\0" not in number},
    )
    return {number: PurchaseKey(*row) for number, row in found.items()}
