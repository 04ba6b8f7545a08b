"""What sales measures of itself: what was ordered, and what came back."""

from collections.abc import Sequence
from fractions import Fraction

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.models import Order, Return
from kantoor.departments.sales.models.orders import CANCELLED, SALE
from kantoor.departments.sales.queries.orders import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.figures import Days, Value, figure
from kantoor.kernel.queries import scoped


def _orders(days: Days) -> str:
    return f"/sales/orders?state=standing&kind=sale&date_from={days.first}&date_to={days.last}"


def _returns(days: Days) -> str:
    return f"/sales/returns?date_from={days.first}&date_to={days.last}"


def _sold(actor: Actor) -> QuerySet[Order]:
    return scoped(actor, Order).filter(kind=SALE).exclude(state=CANCELLED)


def _within(day: str, each: Days) -> Q:
    return Q(**{f"{day}__gte": each.first, f"{day}__lte": each.last})


def _over(
    found: "QuerySet[Order] | QuerySet[Return]", day: str, spans: Sequence[Days], what: str
) -> list[int]:
    """How many, or what they are worth, in each span: one statement over their days alone."""
    low, high = min(each.first for each in spans), max(each.last for each in spans)
    asked = {
        f"n{place}": Count("pk", filter=_within(day, each))
        if what == "count"
        else Sum("net", filter=_within(day, each), default=0)
        for place, each in enumerate(spans)
    }
    sums = found.filter(**{f"{day}__gte": low, f"{day}__lte": high}).aggregate(**asked)
    return [int(sums[f"n{place}"]) for place in range(len(spans))]


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
    return _over(_sold(actor), "ordered_on", spans, "count")


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
    return _over(_sold(actor), "ordered_on", spans, "net")


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
    worth = _over(_sold(actor), "ordered_on", spans, "net")
    count = _over(_sold(actor), "ordered_on", spans, "count")
    return [Fraction(net, n) if n else None for net, n in zip(worth, count, strict=True)]


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
    return _over(scoped(actor, Return), "taken_on", spans, "net")
