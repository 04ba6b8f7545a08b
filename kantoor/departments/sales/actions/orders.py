"""Orders: taken, confirmed, delivered, cancelled; each for many at once."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.actions.credit import refuse_over_limit
from kantoor.departments.sales.actions.documents import by_numbers, in_state
from kantoor.departments.sales.actions.reading import ready_documents, refuse_known
from kantoor.departments.sales.actions.states import move
from kantoor.departments.sales.actions.writing import write_orders
from kantoor.departments.sales.drafts import OrderDraft, Taken
from kantoor.departments.sales.models import Order
from kantoor.departments.sales.models.orders import (
    CANCELLED,
    COMPLETED,
    CONFIRMED,
    DELIVERED,
    INVOICED,
    PLACED,
    order_number,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor

TAKE = "sales.take_orders"


@action(permission=TAKE, title=_("Take orders"), bulk_of="sales.take_order")
def take_orders(actor: Actor, /, *, orders: Sequence[OrderDraft]) -> list[Taken]:
    """Take orders, all or none; they are placed, and wait to be confirmed.

    Raises UnknownCustomer, CustomerBlocked, UnknownArticle, EmptyOrder, WrongLine or
    KnownAlready, with the order's place among them.
    """
    keys = receive_orders(actor, orders=orders)
    numbers = Order.objects.filter(pk__in=keys).order_by("pk").values_list("number", "net")
    return [Taken(order_number(number), net, actor.currency) for number, net in numbers]


@action(permission=TAKE, title=_("Receive orders"), hidden=True)
def receive_orders(
    actor: Actor, /, *, orders: Sequence[OrderDraft], events: Sequence[str] = ()
) -> list[int]:
    """Take orders, with the events they came in by; gives the keys of their rows."""
    if not orders:
        return []
    refuse_known(actor, Order, [(each.source, each.reference) for each in orders])
    articles, ready = ready_documents(actor, orders, [each.ordered_on for each in orders], events)
    return list(write_orders(actor, articles, ready))


@action(permission=TAKE, title=_("Take an order"))
def take_order(actor: Actor, /, *, order: OrderDraft) -> Taken:
    """Take one order."""
    return take_orders(actor, orders=[order])[0]


@action(permission=TAKE, title=_("Confirm orders"), bulk_of="sales.confirm_order")
def confirm_orders(actor: Actor, /, *, numbers: Sequence[str]) -> None:
    """Confirm placed orders: from now on they are to be delivered and invoiced.

    Raises CustomerBlocked, or OverCreditLimit when the customer would owe more than agreed.
    """
    orders = by_numbers(actor, Order, numbers)
    in_state(orders, [PLACED])
    refuse_over_limit(actor, [(each.party_id, each.net) for each in orders])
    for each in orders:
        each.state = CONFIRMED
    move(actor, orders)


@action(permission=TAKE, title=_("Confirm an order"))
def confirm_order(actor: Actor, /, *, number: str) -> None:
    """Confirm one order."""
    confirm_orders(actor, numbers=[number])


@action(permission=TAKE, title=_("Deliver orders"), bulk_of="sales.deliver_order")
def deliver_orders(actor: Actor, /, *, numbers: Sequence[str], on: date | None = None) -> None:
    """Note that confirmed orders were delivered, today or on the day given."""
    orders = by_numbers(actor, Order, numbers)
    in_state(orders, [CONFIRMED, INVOICED])
    day = on or timezone.localdate()
    for each in orders:
        each.delivered_on = day
        each.state = COMPLETED if each.state == INVOICED else DELIVERED
    move(actor, orders, ["delivered_on"])


@action(permission=TAKE, title=_("Deliver an order"))
def deliver_order(actor: Actor, /, *, number: str, on: date | None = None) -> None:
    """Note that one order was delivered."""
    deliver_orders(actor, numbers=[number], on=on)


@action(permission=TAKE, title=_("Cancel orders"), bulk_of="sales.cancel_order")
def cancel_orders(actor: Actor, /, *, numbers: Sequence[str]) -> None:
    """Cancel orders of which nothing was delivered or invoiced yet."""
    orders = by_numbers(actor, Order, numbers)
    in_state(orders, [PLACED, CONFIRMED])
    for each in orders:
        each.state = CANCELLED
    move(actor, orders)


@action(permission=TAKE, title=_("Cancel an order"))
def cancel_order(actor: Actor, /, *, number: str) -> None:
    """Cancel one order."""
    cancel_orders(actor, numbers=[number])
