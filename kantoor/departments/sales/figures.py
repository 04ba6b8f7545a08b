"""What sales measures of itself: what was ordered, and what came back."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.models import Order, Return
from kantoor.departments.sales.models.orders import CANCELLED, SALE
from kantoor.departments.sales.queries.orders import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.figures import Days, Value, figure
from kantoor.kernel.queries import scoped
from kantoor.kernel.spans import by_day, counts, means, sums

ORDERED, TAKEN = by_day("ordered_on"), by_day("taken_on")


def _orders(days: Days) -> str:
    return f"/sales/orders?state=standing&kind=sale&date_from={days.first}&date_to={days.last}"


def _returns(days: Days) -> str:
    return f"/sales/returns?date_from={days.first}&date_to={days.last}"


def _sold(actor: Actor) -> QuerySet[Order]:
    return scoped(actor, Order).filter(kind=SALE).exclude(state=CANCELLED)


@figure(
    name="sales.orders",
    title=_("Orders"),
    kind="number",
    of="days",
    permission=READ,
    better="higher",
    sources=_orders,
    meaning=_("How many sales were ordered, cancelled ones left out."),
)
def orders(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return counts(_sold(actor), ORDERED, spans)


@figure(
    name="sales.ordered",
    title=_("Order value"),
    kind="money",
    of="days",
    permission=READ,
    better="higher",
    sources=_orders,
    meaning=_("What was ordered, net of tax, cancelled orders left out."),
)
def ordered(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return sums(_sold(actor), ORDERED, spans, "net")


@figure(
    name="sales.mean_order",
    title=_("Mean order"),
    kind="money",
    of="days",
    permission=READ,
    better="higher",
    sources=_orders,
    meaning=_("The value of what was ordered by the number of orders."),
)
def mean_order(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return means(_sold(actor), ORDERED, spans, "net")


@figure(
    name="sales.returned",
    title=_("Returned goods"),
    kind="money",
    of="days",
    permission=READ,
    better="lower",
    sources=_returns,
    meaning=_("What customers sent back, net of tax, by the day it was taken."),
)
def returned(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return sums(scoped(actor, Return), TAKEN, spans, "net")
