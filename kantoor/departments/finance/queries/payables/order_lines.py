"""Lines of purchase orders by how people name them: `PO-000012#2` is the second of that order."""

from collections.abc import Iterable
from typing import NamedTuple

from kantoor.kernel.store.lookup import rows_by_key


class OrderedLine(NamedTuple):
    """A line of an order: its key, whose order it is, and the state of that."""

    id: int
    party_id: int
    order_id: int
    state: str


def order_lines(company_id: int, names: Iterable[str]) -> dict[str, OrderedLine]:
    """The lines that these names name, as far as they exist."""
    wanted = {name for name in names if name and "\0" not in name}
    found = rows_by_key(
        "SELECT line.id, placed.number, line.n, placed.party_id, placed.id, placed.state"
        " FROM finance_purchase_order_line line"
        " JOIN finance_purchase_order placed ON placed.id = line.order_id"
        " WHERE placed.company_id = %s AND placed.number IN ({})",
        [company_id],
        {name.partition("#")[0] for name in wanted},
    )
    named = {
        f"{number}#{n}": OrderedLine(key, party_id, order_id, state)
        for key, (number, n, party_id, order_id, state) in found.items()
    }
    return {name: named[name] for name in wanted if name in named}
