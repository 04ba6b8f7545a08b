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
    n: int
    article: str
    text: str
    account_id: int
    dimension_set_id: int
    tax_code_id: int | None
    tax_code: str
    currency: str


_LINES = (
    "SELECT line.id, placed.number, placed.party_id, placed.id, placed.state, line.n,"
    " line.article, line.text, line.account_id, line.dimension_set_id, line.tax_code_id,"
    " COALESCE(tax.code, '-'), placed.currency FROM finance_purchase_order_line line"
    " JOIN finance_purchase_order placed ON placed.id = line.order_id"
    " LEFT JOIN finance_tax_code tax ON tax.id = line.tax_code_id"
    " WHERE placed.company_id = %s AND placed.number IN ({})"
)


def order_lines(company_id: int, names: Iterable[str]) -> dict[str, OrderedLine]:
    """The lines that these names name, as far as they exist."""
    wanted = {name for name in names if name and "\0" not in name}
    found = rows_by_key(
        _LINES,
        [company_id],
        {name.partition("#")[0] for name in wanted},
    )
    named = {}
    for key, (number, *rest) in found.items():
        line = OrderedLine(key, *rest)
        named[f"{number}#{line.n}"] = line
    return {name: named[name] for name in wanted if name in named}


def lines_of_orders(company_id: int, numbers: Iterable[str]) -> dict[str, list[OrderedLine]]:
    """The lines of these orders, by the order's number."""
    found = rows_by_key(
        _LINES, [company_id], {number for number in numbers if number and "\0" not in number}
    )
    lines: dict[str, list[OrderedLine]] = {}
    for key, (number, *rest) in sorted(found.items()):
        lines.setdefault(number, []).append(OrderedLine(key, *rest))
    return lines
