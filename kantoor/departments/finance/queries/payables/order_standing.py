"""How a purchase order stands, from approval to payment."""

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import PurchaseInvoice
from kantoor.departments.finance.queries.payables.invoices import with_status
from kantoor.departments.finance.queries.payables.orders import purchase_order
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.queries import query

PERMISSION = "finance.read_payables"
BOOKED = ("open", "overdue", "paid")


class OrderStanding(msgspec.Struct, frozen=True, kw_only=True):
    """How far a purchase order is; amounts in minor units of `currency`, before VAT.

    `received` and `invoiced` say that all of it was; `booked` and `paid` that all of it was
    invoiced, and every invoice of it is in the books, or settled. `held` is how many invoices are
    on hold.
    """

    order: str
    state: str
    supplier: str
    currency: str
    net: int
    approved: bool
    received: bool
    invoiced: bool
    booked: bool
    paid: bool
    held: int
    invoices: list[str]
    entered_by_me: bool


@query(permission=PERMISSION, title=_("How a purchase order stands"), exposed=True)
def order_standing(actor: Actor, /, *, order: str) -> OrderStanding:
    """How the purchase order with this number stands. Raises NotFound."""
    card = purchase_order(actor, number=order)
    rows = PurchaseInvoice.objects.filter(
        company_id=actor.company_id, number__in=card.invoices
    ).exclude(state="refused")
    statuses = [row.status for row in with_status(rows, today_of(actor))]
    received = all(line.received >= line.quantity for line in card.lines)
    invoiced = all(line.invoiced >= line.quantity for line in card.lines)
    return OrderStanding(
        order=card.order.number,
        state=card.order.state,
        supplier=card.order.supplier,
        currency=card.order.currency,
        net=card.order.net,
        approved=card.order.state in ("approved", "sent", "closed"),
        received=received,
        invoiced=invoiced,
        booked=invoiced and all(each in BOOKED for each in statuses),
        paid=invoiced and all(each == "paid" for each in statuses),
        held=sum(each == "held" for each in statuses),
        invoices=card.invoices,
        entered_by_me=card.entered_by_me,
    )
