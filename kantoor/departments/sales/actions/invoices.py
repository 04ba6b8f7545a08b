"""Invoice orders: finance issues the invoices in the same transaction."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.actions.documents import by_numbers, in_state
from kantoor.departments.sales.actions.invoicing import draft, issued
from kantoor.departments.sales.actions.loading import ready_again
from kantoor.departments.sales.actions.states import move, name_of
from kantoor.departments.sales.models import Order, OrderLine
from kantoor.departments.sales.models.orders import COMPLETED, CONFIRMED, DELIVERED, INVOICED
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor

INVOICE = "sales.invoice_orders"


@action(permission=INVOICE, title=_("Invoice orders"), bulk_of="sales.invoice_order")
def invoice_orders(actor: Actor, /, *, numbers: Sequence[str], on: date | None = None) -> int:
    """Invoice confirmed or delivered orders, today or on the day given; gives how many.

    Raises WrongState, and what finance refuses, such as ClosedPeriod.
    """
    orders = by_numbers(actor, Order, numbers)
    in_state(orders, [CONFIRMED, DELIVERED])
    day = (on or timezone.localdate()).isoformat()
    ready = ready_again(orders, OrderLine, "order_id")
    drafts = {each.pk: draft(ready[each.pk], name_of(each), on=day) for each in orders}
    invoices = issued(actor, drafts)
    for each in orders:
        each.invoice_id = invoices[each.pk]
        each.state = COMPLETED if each.state == DELIVERED else INVOICED
    move(actor, orders, ["invoice_id"])
    return len(orders)


@action(permission=INVOICE, title=_("Invoice an order"))
def invoice_order(actor: Actor, /, *, number: str, on: date | None = None) -> int:
    """Invoice one order."""
    return invoice_orders(actor, numbers=[number], on=on)
