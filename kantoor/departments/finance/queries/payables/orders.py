"""Purchase orders: the list with what came in of each, and one order complete."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

import msgspec
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.drafts_invoices import Day
from kantoor.departments.finance.models import PurchaseInvoice, PurchaseOrder, Receipt
from kantoor.departments.finance.queries.payables.approvals import order_needs
from kantoor.departments.finance.queries.payables.invoice_card import Step, dimensions_in, steps_of
from kantoor.departments.finance.queries.payables.three_way import exact
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch, rows_by_key

State = Literal["draft", "approved", "sent", "closed", "cancelled"]


class PurchaseOrderRow(msgspec.Struct, frozen=True, kw_only=True):
    """An order with a supplier; `net` in minor units, before VAT.

    `received` and `invoiced` are the values of what came in and what was invoiced of it.
    """

    number: str
    state: State
    supplier: str
    name: str
    date: Day
    expected_on: Day | None
    reference: str
    currency: str
    net: int
    received: int
    invoiced: int


class OrderCardLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line with what was received and invoiced of it, in numbers."""

    n: int
    article: str
    text: str
    quantity: Decimal
    unit_price: Decimal
    net: int
    account: str
    tax: str
    dimensions: dict[str, str]
    received: Decimal
    invoiced: Decimal


class ReceiptRow(msgspec.Struct, frozen=True, kw_only=True):
    """A receipt: when, under which number of the supplier, and how much of which line."""

    number: str
    date: Day
    reference: str
    text: str
    lines: dict[int, Decimal]


class OrderCard(msgspec.Struct, frozen=True, kw_only=True):
    """An order complete; `waits_for` is whose approval it needs yet."""

    id: int
    order: PurchaseOrderRow
    text: str
    lines: list[OrderCardLine]
    receipts: list[ReceiptRow]
    invoices: list[str]
    waits_for: list[str]
    steps: list[Step]
    entered_by_me: bool


SORTS = {"number": ("sequence",), "date": ("date",), "expected_on": ("expected_on",), "net": ("net",)}  # fmt: skip


@query(permission="finance.read_payables", title=_("Purchase orders"), exposed=True)
def purchase_orders(
    actor: Actor,
    /,
    *,
    state: Literal["", "draft", "approved", "sent", "closed", "cancelled"] = "",
    supplier: str = "",
    start: date | None = None,
    end: date | None = None,
    search: str = "",
    sort: str = "-number",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[PurchaseOrderRow]:
    """Orders with suppliers, the latest first, with what came in and was invoiced of each."""
    check_span(start, end)
    found = scoped(actor, PurchaseOrder).select_related("party")
    wanted: dict[str, object] = {
        "state": state or None,
        "party__code": supplier or None,
        "date__gte": start,
        "date__lte": end,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    if search and "\0" not in search:
        found = found.filter(Q(number__istartswith=search) | Q(party__name__icontains=search))
    page = page_by(
        found,
        order=sorted_by(sort, SORTS),
        cursor=cursor,
        limit=limit,
        totals={"net": Sum("net")},
    )
    values = _values([each.pk for each in page.rows])
    return page.map(lambda each: _row(each, values.get(each.pk, (0, 0))))


@query(permission="finance.read_payables", title=_("A purchase order"), exposed=True)
def purchase_order(actor: Actor, /, *, number: str) -> OrderCard:
    """The order with this number, with its lines, receipts and invoices; raises NotFound."""
    found = scoped(actor, PurchaseOrder).select_related("party").filter(number=number).first()
    if found is None:
        message = _("There is no purchase order “{number}”.").format(number=number[:40])
        raise NotFound(message, field="number")
    invoices = (
        PurchaseInvoice.objects.filter(company_id=actor.company_id, lines__order_line__order=found)
        .order_by("id")
        .distinct()
    )
    needs = order_needs(actor, [found])[found.pk]
    return OrderCard(
        id=found.pk,
        order=_row(found, _values([found.pk]).get(found.pk, (0, 0))),
        text=found.text,
        lines=_lines(found.pk),
        receipts=_receipts(found.pk),
        invoices=list(invoices.values_list("number", flat=True)),
        waits_for=[need.name for need in needs.open] if found.state == "draft" else [],
        steps=steps_of(f"finance.purchase_order/{found.pk}"),
        entered_by_me=found.entered_by_id == actor.user_id,
    )


def _row(each: PurchaseOrder, values: tuple[int, int]) -> PurchaseOrderRow:
    return PurchaseOrderRow(
        number=each.number,
        state=each.state,  # type: ignore[arg-type]
        supplier=each.party.code,
        name=each.party.name,
        date=each.date,
        expected_on=each.expected_on,
        reference=each.reference,
        currency=each.currency,
        net=each.net,
        received=values[0],
        invoiced=values[1],
    )


_SUMS = """
SELECT line.id, line.order_id, line.net, line.quantity,
    (SELECT CAST(COALESCE(SUM(got.quantity), 0) AS bigint) FROM finance_receipt_line got
        WHERE got.line_id = line.id),
    (SELECT CAST(COALESCE(SUM(CASE WHEN other.kind = 'credit_note' THEN -said.net
            ELSE said.net END), 0) AS bigint)
        FROM finance_purchase_line said JOIN finance_purchase_invoice other
        ON other.id = said.invoice_id
        WHERE said.order_line_id = line.id AND other.state <> 'refused')
FROM finance_purchase_order_line line WHERE line.order_id IN ({})
"""


def _values(keys: list[int]) -> dict[int, tuple[int, int]]:
    """The value received, at the price ordered, and the value invoiced, by order."""
    found: dict[int, tuple[int, int]] = {}
    for order_id, net, quantity, received, invoiced in rows_by_key(_SUMS, [], keys).values():
        had = found.get(order_id, (0, 0))
        worth = net * received // quantity if quantity else 0
        found[order_id] = (had[0] + worth, had[1] + invoiced)
    return found


_LINES = """
SELECT line.n, line.article, line.text, line.quantity, line.unit_price, line.net, account.code,
    COALESCE(tax.code, ''), COALESCE(dims.key, ''),
    (SELECT CAST(COALESCE(SUM(got.quantity), 0) AS bigint) FROM finance_receipt_line got
        WHERE got.line_id = line.id),
    (SELECT CAST(COALESCE(SUM(CASE WHEN other.kind = 'credit_note' THEN -said.quantity
            ELSE said.quantity END), 0) AS bigint)
        FROM finance_purchase_line said JOIN finance_purchase_invoice other
        ON other.id = said.invoice_id
        WHERE said.order_line_id = line.id AND other.state <> 'refused')
FROM finance_purchase_order_line line JOIN finance_account account ON account.id = line.account_id
LEFT JOIN finance_tax_code tax ON tax.id = line.tax_code_id
LEFT JOIN finance_dimension_set dims ON dims.id = line.dimension_set_id
WHERE line.order_id = %s ORDER BY line.n
"""


def _lines(order_id: int) -> list[OrderCardLine]:
    return [_line(row) for row in fetch(_LINES, [order_id])]


def _line(row: tuple[Any, ...]) -> OrderCardLine:
    n, article, text, quantity, price, net, account, tax, dimensions, received, invoiced = row
    return OrderCardLine(
        n=n,
        article=article,
        text=text,
        quantity=exact(quantity),
        unit_price=exact(price),
        net=net,
        account=account,
        tax=tax,
        dimensions=dimensions_in(dimensions),
        received=exact(received),
        invoiced=exact(invoiced),
    )


def _receipts(order_id: int) -> list[ReceiptRow]:
    found = Receipt.objects.filter(order_id=order_id).order_by("id").prefetch_related("lines__line")
    return [
        ReceiptRow(
            number=each.number,
            date=each.date,
            reference=each.reference,
            text=each.text,
            lines={line.line.n: line.quantity for line in each.lines.all()},
        )
        for each in found
    ]
