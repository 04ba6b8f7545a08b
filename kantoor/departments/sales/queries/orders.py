"""Orders: the register, one order with its lines and history, and where an order is."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import msgspec
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import InvoiceState, invoice_id_of, invoice_states
from kantoor.departments.sales.errors import UnknownOrder
from kantoor.departments.sales.models import Order, OrderLine, StateChange
from kantoor.departments.sales.models.lines import DocumentLine
from kantoor.departments.sales.models.orders import CANCELLED, order_number
from kantoor.departments.sales.queries.numbers import read_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

READ = "sales.read_orders"
State = Literal[
    "", "placed", "confirmed", "delivered", "invoiced", "completed", "cancelled", "open", "standing"
]
FINISHED = ("completed", "cancelled")


class OrderRow(msgspec.Struct, frozen=True):
    """An order as listed; `net` is in minor units of the company's currency."""

    id: int
    number: str
    kind: str
    customer: str
    customer_name: str
    ordered_on: date
    country: str
    net: int
    state: str
    source: str
    reference: str


class LineRow(msgspec.Struct, frozen=True):
    """A line of an order, quotation or return."""

    article: str
    text: str
    quantity: Decimal
    unit_price: Decimal
    net: int


class StateRow(msgspec.Struct, frozen=True):
    """Something came into a state, by whom it was done."""

    state: str
    at: datetime
    who: str


class InvoiceShown(msgspec.Struct, frozen=True):
    """The invoice or credit note that came of it, amounts in minor units."""

    id: int
    number: str
    due_on: date
    gross: int
    open: int
    paid: bool


class OrderShown(msgspec.Struct, frozen=True):
    """An order with its lines, its history and its invoice."""

    order: OrderRow
    lines: list[LineRow]
    states: list[StateRow]
    delivered_on: date | None
    invoice: InvoiceShown | None
    text: str


class OrderStatus(msgspec.Struct, frozen=True):
    """Where an order is: what the front office asks."""

    number: str
    source: str
    reference: str
    state: str
    ordered_on: date
    delivered_on: date | None
    invoice: str
    paid: bool | None


@query(permission=READ, title=_("Orders"), exposed=True)
def orders(
    actor: Actor,
    /,
    *,
    state: State = "",
    kind: Literal["", "sale", "stock_correction"] = "",
    customer: str = "",
    source: str = "",
    search: str = "",
    since: date | None = None,
    until: date | None = None,
    sort: str = "-number",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[OrderRow]:
    """The orders; `open` are to be confirmed, delivered or invoiced yet, `standing` not cancelled."""
    found = scoped(actor, Order).select_related("party")
    if state == "open":
        found = found.exclude(state__in=FINISHED)
    elif state == "standing":
        found = found.exclude(state=CANCELLED)
    elif state:
        found = found.filter(state=state)
    for field, value in (("kind", kind), ("party__code", customer), ("source", source)):
        if value:
            found = found.filter(**{field: value})
    if since:
        found = found.filter(ordered_on__gte=since)
    if until:
        found = found.filter(ordered_on__lte=until)
    if search:
        found = found.filter(_named(search))
    keys = {"number": (), "ordered_on": ("ordered_on",), "net": ("net",)}
    order = sorted_by(sort, keys)
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={"net": Sum("net")})
    return page.map(order_row)


@query(permission=READ, title=_("An order"), exposed=True)
def order(actor: Actor, /, *, number: str) -> OrderShown:
    """One order by its number (`SO-000012`). Raises UnknownOrder."""
    found = scoped(actor, Order).select_related("party")
    row = found.filter(number=read_number(Order, number) or 0).first()
    if row is None:
        raise _unknown(number)
    lines = OrderLine.objects.filter(order=row).select_related("article").order_by("pk")
    return OrderShown(
        order_row(row),
        [line_row(line) for line in lines],
        history_of(f"sales.order/{row.pk}"),
        row.delivered_on,
        invoice_of(actor, row.invoice_id),
        row.text,
    )


@query(permission=READ, title=_("Where an order is"), exposed=True)
def order_status(
    actor: Actor, /, *, number: str = "", source: str = "", reference: str = ""
) -> OrderStatus:
    """Where an order is, by our number or by that of the front office. Raises UnknownOrder."""
    row = _order(actor, number, source, reference)
    invoice = invoice_of(actor, row.invoice_id)
    return OrderStatus(
        order_number(row.number),
        row.source,
        row.reference,
        row.state,
        row.ordered_on,
        row.delivered_on,
        invoice.number if invoice else "",
        invoice.paid if invoice else None,
    )


@query(permission=READ, title=_("Whether an invoice is paid"), exposed=True)
def invoice_paid(
    actor: Actor, /, *, invoice: str = "", number: str = "", source: str = "", reference: str = ""
) -> InvoiceShown:
    """Whether an invoice is paid: by its own number, its order's, or that of the front office.

    Raises UnknownOrder where there is no such invoice or order, or no invoice of it yet.
    """
    if invoice:
        key = invoice_id_of(actor, invoice)
    else:
        key = _order(actor, number, source, reference).invoice_id
    found = invoice_of(actor, key)
    if found is None:
        message = _("There is no invoice of {number}.").format(
            number=invoice or number or reference
        )
        raise UnknownOrder(message, field="invoice" if invoice else "number")
    return found


def _order(actor: Actor, number: str, source: str, reference: str) -> Order:
    """An order by our number, or by that of the front office."""
    found = scoped(actor, Order)
    if number:
        found = found.filter(number=read_number(Order, number) or 0)
    else:
        found = found.filter(source=source, reference=reference).exclude(reference="")
    row = found.first()
    if row is None:
        raise _unknown(number or reference)
    return row


def order_row(row: Order) -> OrderRow:
    """An order as listed."""
    return OrderRow(
        row.pk,
        order_number(row.number),
        row.kind,
        row.party.code,
        row.party.name,
        row.ordered_on,
        row.country,
        row.net,
        row.state,
        row.source,
        row.reference,
    )


def line_row(line: DocumentLine) -> LineRow:
    """A line as shown: its own text, or its article's name."""
    text = line.text or line.article.name
    return LineRow(line.article.code, text, line.quantity, line.unit_price, line.net)


def history_of(about: str) -> list[StateRow]:
    """What happened to an order, quotation or return since it began."""
    changes = list(StateChange.objects.filter(about=about).order_by("pk"))
    people = dict(
        User.objects.filter(pk__in={each.user_id for each in changes}).values_list("pk", "name")
    )
    return [StateRow(each.state, each.at, people.get(each.user_id or 0, "")) for each in changes]


def invoice_of(actor: Actor, invoice_id: int | None) -> InvoiceShown | None:
    """The invoice or credit note of that key, as finance tells of it."""
    if invoice_id is None:
        return None
    state: InvoiceState | None = invoice_states(actor, [invoice_id]).get(invoice_id)
    if state is None:
        return None
    return InvoiceShown(invoice_id, state.number, state.due_on, state.gross, state.open, state.paid)


def _named(search: str) -> Q:
    found = Q(reference__startswith=search) | Q(party__code=search)
    number = read_number(Order, search)
    return found | Q(number=number) if number is not None else found


def _unknown(number: str) -> UnknownOrder:
    message = _("There is no order “{number}”.").format(number=number[:40])
    return UnknownOrder(message, field="number")
