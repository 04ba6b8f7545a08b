"""Write purchase orders that were checked, for many at once: numbers, rows and first steps.

Only finance's own actions call this, inside their transaction.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from kantoor.departments.finance.actions.payables.rows import ReadyPurchase
from kantoor.departments.finance.actions.payables.steps import ORDER, note_steps
from kantoor.departments.finance.models import PurchaseOrder, PurchaseOrderLine
from kantoor.departments.finance.models.purchasing import DRAFT, order_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows


class ReadyOrder(NamedTuple):
    """A checked order: what it will be invoiced as, when it is expected, and its reference."""

    purchase: ReadyPurchase
    expected_on: date | None
    reference: str


def write_orders(actor: Actor, ready: Sequence[ReadyOrder]) -> tuple[range, list[str]]:
    """Number and write orders in their order; gives their keys and numbers."""
    first = take_ids(PurchaseOrder, len(ready))
    sequence = take_numbers(f"finance.purchase_order/{actor.company_id}", len(ready))
    insert_rows(
        PurchaseOrder,
        [_row(actor, first + n, sequence + n, each) for n, each in enumerate(ready)],
    )
    lines = [(first + n, line) for n, each in enumerate(ready) for line in _lines(each)]
    line_id = take_ids(PurchaseOrderLine, len(lines))
    rows = [(line_id + n, actor.company_id, key, *line) for n, (key, line) in enumerate(lines)]
    insert_rows(PurchaseOrderLine, rows)
    ids = range(first, first + len(ready))
    note_steps(actor, [(f"{ORDER}/{key}", DRAFT, "") for key in ids])
    return ids, [order_number(sequence + n) for n in range(len(ready))]


def _row(actor: Actor, key: int, sequence: int, each: ReadyOrder) -> tuple[Any, ...]:
    bought = each.purchase
    expected = each.expected_on.isoformat() if each.expected_on else None
    return (
        key, actor.company_id, sequence, order_number(sequence), bought.party_id, DRAFT,
        bought.date, expected, each.reference, bought.text, bought.currency, bought.net,
        len(bought.lines), actor.user_id,
    )  # fmt: skip


def _lines(each: ReadyOrder) -> list[tuple[Any, ...]]:
    return [
        (n, line.article, line.text, line.quantity, line.unit_price, line.net, line.account_id,
         line.dimension_set_id, line.tax.id if line.tax else None)
        for n, line in enumerate(each.purchase.lines, 1)
    ]  # fmt: skip
