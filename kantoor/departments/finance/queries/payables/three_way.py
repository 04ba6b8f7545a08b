"""The three-way match: what was ordered, what was received, and what the invoices say, by line."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from kantoor.kernel.money import MICRO, exponent
from kantoor.kernel.store.lookup import fetch, rows_by_key


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an invoice beside the order: quantities as numbers, amounts in minor units.

    `invoiced` is what all invoices say of the line of the order, this one included. `price_apart`
    is what the line costs more (or below zero less) than ordered; `over` how much more was
    invoiced than received. `within` tells that both are within the company's tolerance.
    """

    n: int
    text: str
    order: str
    order_line: int
    ordered: Decimal
    received: Decimal
    invoiced: Decimal
    quantity: Decimal
    ordered_price: Decimal
    price: Decimal
    price_apart: int
    over: Decimal
    within: bool


class Tolerance(msgspec.Struct, frozen=True, kw_only=True):
    """How far an invoice may differ: percentages, an amount in minor units, a number."""

    price_percent: Decimal = Decimal(0)
    price_amount: int = 0
    quantity_percent: Decimal = Decimal(0)
    quantity: Decimal = Decimal(0)


def tolerance_of(company_id: int) -> Tolerance:
    """The company's tolerance; exactly, where it set none."""
    rows = fetch(
        "SELECT price_percent, price_amount, quantity_percent, quantity"
        " FROM finance_match_tolerance WHERE company_id = %s",
        [company_id],
    )
    if not rows:
        return Tolerance()
    percent, amount, of_quantity, quantity = rows[0]
    return Tolerance(
        price_percent=exact(percent),
        price_amount=amount,
        quantity_percent=exact(of_quantity),
        quantity=exact(quantity),
    )


_LINES = """
SELECT line.id, line.invoice_id, line.n, line.text, placed.number, ordered.n, ordered.quantity,
    ordered.unit_price, line.quantity, line.net,
    (SELECT COALESCE(SUM(got.quantity), 0) FROM finance_receipt_line got
        WHERE got.line_id = ordered.id),
    (SELECT COALESCE(SUM(CASE WHEN other.kind = 'credit_note' THEN -said.quantity
            ELSE said.quantity END), 0)
        FROM finance_purchase_line said JOIN finance_purchase_invoice other
        ON other.id = said.invoice_id
        WHERE said.order_line_id = ordered.id AND other.state <> 'refused'),
    invoice.kind, invoice.currency
FROM finance_purchase_line line
JOIN finance_purchase_invoice invoice ON invoice.id = line.invoice_id
JOIN finance_purchase_order_line ordered ON ordered.id = line.order_line_id
JOIN finance_purchase_order placed ON placed.id = ordered.order_id
WHERE invoice.company_id = %s AND line.invoice_id IN ({})
"""


def differences(company_id: int, keys: Sequence[int]) -> dict[int, list[Difference]]:
    """The lines of these invoices that are of an order, each beside it, by invoice."""
    tolerance = tolerance_of(company_id)
    found: dict[int, list[Difference]] = {}
    for _key, (invoice_id, *rest) in sorted(rows_by_key(_LINES, [company_id], keys).items()):
        found.setdefault(invoice_id, []).append(_difference(tolerance, rest))
    return found


def invoices_that_differ(company_id: int, keys: Sequence[int]) -> set[int]:
    """Those of these invoices that differ from their orders by more than the tolerance."""
    if not keys:
        return set()
    found = differences(company_id, keys)
    return {key for key, lines in found.items() if not all(line.within for line in lines)}


def _difference(tolerance: Tolerance, row: Sequence[Any]) -> Difference:
    (n, text, order, order_line, ordered, ordered_price, quantity, net, received, invoiced, kind, currency) = row  # fmt: skip
    digits = exponent(currency)
    due = Decimal(quantity * ordered_price) / (MICRO * MICRO) * 10**digits
    apart = net - int(due.to_integral_value(rounding="ROUND_HALF_UP"))
    over = max(invoiced - received, 0)
    price = Decimal(net).scaleb(-digits) / exact(quantity) if quantity else Decimal(0)
    return Difference(
        n=n,
        text=text,
        order=order,
        order_line=order_line,
        ordered=exact(ordered),
        received=exact(received),
        invoiced=exact(invoiced),
        quantity=exact(quantity),
        ordered_price=exact(ordered_price),
        price=round(price, 6),
        price_apart=apart,
        over=exact(over),
        within=kind == "credit_note"
        or (_price_fits(tolerance, apart, due) and _quantity_fits(tolerance, over, received)),
    )


def _price_fits(tolerance: Tolerance, apart: int, due: Decimal) -> bool:
    """Whether a line costs no more than ordered, or so little more that nobody has to look."""
    if apart <= tolerance.price_amount:
        return True
    return apart * 100 <= abs(due) * tolerance.price_percent


def _quantity_fits(tolerance: Tolerance, over: int, received: int) -> bool:
    if exact(over) <= tolerance.quantity:
        return True
    return exact(over) * 100 <= exact(received) * tolerance.quantity_percent


def exact(millionths: int) -> Decimal:
    """A number kept in millionths."""
    return Decimal(int(millionths)).scaleb(-6).normalize()


def orders_named(company_id: int, numbers: Iterable[str]) -> dict[str, int]:
    """The keys of orders by their numbers."""
    return rows_by_key(
        "SELECT number, id FROM finance_purchase_order WHERE company_id = %s AND number IN ({})",
        [company_id],
        {number for number in numbers if "\0" not in number},
    )
