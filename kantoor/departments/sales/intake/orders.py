"""Events about orders and returns: placed, cancelled, taken back."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.actions.invoices import invoice_orders
from kantoor.departments.sales.actions.orders import (
    cancel_orders,
    confirm_orders,
    deliver_orders,
    receive_orders,
)
from kantoor.departments.sales.actions.returns import credit_returns, receive_returns
from kantoor.departments.sales.drafts import LineDraft, OrderDraft, ReturnDraft
from kantoor.departments.sales.errors import UnknownOrder
from kantoor.departments.sales.intake.schemas import (
    Line,
    OrderCancelled,
    OrderPlaced,
    ReturnTaken,
)
from kantoor.departments.sales.models import Order, Return
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.decoding import each_decoded
from kantoor.kernel.intake.incoming import Incoming, Outcome, takes
from kantoor.kernel.queries import scoped


@takes("kantoor.sales.order.placed")
def orders_placed(actor: Actor, documents: Sequence[Incoming]) -> list[Outcome]:
    """Take the orders, and go with them as far as the front office did."""
    return each_decoded(actor, documents, OrderPlaced, _place)


@takes("kantoor.sales.order.cancelled")
def orders_cancelled(actor: Actor, documents: Sequence[Incoming]) -> list[Outcome]:
    """Cancel the orders."""
    return each_decoded(actor, documents, OrderCancelled, _cancel)


@takes("kantoor.sales.return.taken")
def returns_taken(actor: Actor, documents: Sequence[Incoming]) -> list[Outcome]:
    """Take the returns, and credit them unless told otherwise."""
    return each_decoded(actor, documents, ReturnTaken, _take_back)


def _place(actor: Actor, documents: Sequence[Incoming], placed: Sequence[OrderPlaced]) -> list[str]:
    drafts = [
        OrderDraft(
            customer=each.customer,
            lines=_lines(each.lines),
            ordered_on=each.date,
            country=each.country,
            source=document.source,
            reference=each.number,
            text=each.text,
        )
        for document, each in zip(documents, placed, strict=True)
    ]
    keys = receive_orders(actor, orders=drafts, events=[each.event_id for each in documents])
    orders = Order.objects.in_bulk(keys)
    _go_on(actor, [(orders[key], each) for key, each in zip(keys, placed, strict=True)])
    return [f"sales.order/{key}" for key in keys]


def _go_on(actor: Actor, orders: Sequence[tuple[Order, OrderPlaced]]) -> None:
    """Confirm and invoice orders as far as they say, invoices dated as the orders are."""
    if confirmed := [str(order) for order, each in orders if each.step != "placed"]:
        confirm_orders(actor, numbers=confirmed)
    for day in sorted({each.date for _order, each in orders if each.step == "invoiced"}):
        numbers = [
            str(order) for order, each in orders if each.step == "invoiced" and each.date == day
        ]
        deliver_orders(actor, numbers=numbers, on=day)
        invoice_orders(actor, numbers=numbers, on=day)


def _cancel(
    actor: Actor, documents: Sequence[Incoming], cancelled: Sequence[OrderCancelled]
) -> list[str]:
    orders = [
        _order(actor, document.source, each.number)
        for document, each in zip(documents, cancelled, strict=True)
    ]
    cancel_orders(actor, numbers=[str(order) for order in orders])
    return [f"sales.order/{order.pk}" for order in orders]


def _take_back(
    actor: Actor, documents: Sequence[Incoming], taken: Sequence[ReturnTaken]
) -> list[str]:
    drafts = [
        ReturnDraft(
            customer=each.customer,
            lines=_lines(each.lines),
            taken_on=each.date,
            order=str(_order(actor, document.source, each.order)) if each.order else "",
            country=each.country,
            source=document.source,
            reference=each.number,
            text=each.text,
        )
        for document, each in zip(documents, taken, strict=True)
    ]
    keys = receive_returns(actor, returns=drafts, events=[each.event_id for each in documents])
    written = Return.objects.in_bulk(keys)
    credited = [str(written[key]) for key, each in zip(keys, taken, strict=True) if each.credit]
    if credited:
        credit_returns(actor, numbers=credited)
    return [f"sales.return/{key}" for key in keys]


def _order(actor: Actor, source: str, reference: str) -> Order:
    named = scoped(actor, Order).filter(source=source, reference=reference)
    found = named.exclude(reference="").first()  # the very words of the index's condition
    if found is None or not reference:
        message = _("There is no order “{number}” of {source}.")
        said = message.format(number=reference[:40], source=source)
        raise UnknownOrder(said, field="number")
    return found


def _lines(lines: Sequence[Line]) -> list[LineDraft]:
    return [
        LineDraft(
            article=each.article,
            quantity=each.quantity,
            unit_price=each.unit_price,
            text=each.text,
        )
        for each in lines
    ]
