"""Where orders, quotations and returns come from, for the chain of causes."""

from collections.abc import Iterable

from kantoor.kernel.record.links import origin_of
from kantoor.kernel.store.lookup import fetch


@origin_of("sales.order")
def origin_of_order(company_id: int, key: int) -> Iterable[str]:
    """The event that an order came in by, or the quotation that it was offered by."""
    events = _event("sales_order", company_id, key)
    offered = fetch("SELECT id FROM sales_quotation WHERE order_id = %s", [key])
    return [*events, *(f"sales.quotation/{quotation}" for (quotation,) in offered)]


@origin_of("sales.return")
def origin_of_return(company_id: int, key: int) -> Iterable[str]:
    """The event that a return came in by, and the order that it takes back."""
    events = _event("sales_return", company_id, key)
    sold = fetch("SELECT order_id FROM sales_return WHERE id = %s", [key])
    return [*events, *(f"sales.order/{order}" for (order,) in sold if order)]


def _event(table: str, company_id: int, key: int) -> list[str]:
    rows = fetch(
        f"SELECT source, event FROM {table} WHERE company_id = %s AND id = %s AND event <> ''",  # noqa: S608
        [company_id, key],
    )
    return [f"event:{source}/{event}" for source, event in rows]
