"""The figures of the sales desk: revenue by month, and who bought most lately."""

from datetime import date, timedelta

import msgspec
from django.db.models import F, Max, Sum, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import MonthRevenue, revenue_by_month
from kantoor.departments.sales.models import Order
from kantoor.departments.sales.queries.orders import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped

TOP, WEEKS = 5, 6
DAYS = 30


class TopCustomer(msgspec.Struct, frozen=True):
    """A customer and what they ordered, net in minor units."""

    code: str
    name: str
    net: int


class BestSold(msgspec.Struct, frozen=True):
    """Who ordered most in the days up to the last order."""

    since: date
    until: date
    customers: list[TopCustomer]


@query(permission=READ, title=_("Sales by month"))
def sales_by_month(actor: Actor, /) -> list[MonthRevenue]:
    """Net revenue of the last twelve months that were booked in."""
    return revenue_by_month(actor)


@query(permission=READ, title=_("Orders by week"))
def orders_by_week(actor: Actor, /) -> list[MonthRevenue]:
    """What was ordered in the weeks up to the last order, each from Monday."""
    mine = scoped(actor, Order).exclude(state="cancelled")
    last = mine.aggregate(last=Max("ordered_on"))["last"]
    if last is None:
        return []
    monday = last - timedelta(days=last.weekday())
    starts = [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    days = mine.filter(ordered_on__gte=starts[0]).values_list("ordered_on")
    sums = dict.fromkeys(starts, 0)
    for day, net in days.annotate(total=Sum("net")).order_by("ordered_on"):
        sums[day - timedelta(days=day.weekday())] += net
    return [MonthRevenue(start, net) for start, net in sums.items()]


@query(permission=READ, title=_("Customers who ordered most"))
def top_customers(actor: Actor, /) -> BestSold | None:
    """Who ordered most in the thirty days up to the last order; None without an order."""
    mine = scoped(actor, Order).exclude(state="cancelled")
    until = mine.aggregate(last=Max("ordered_on"))["last"]
    if until is None:
        return None
    since = until - timedelta(days=DAYS - 1)
    # Sales over the counter go to a collective customer, such as `webshop-GB`: nobody in particular.
    found = (
        mine.filter(ordered_on__gte=since)
        .exclude(party__code__startswith=Concat(F("source"), Value("-")))
        .values_list("party__code", "party__name")
        .annotate(total=Sum("net"))
        .order_by("-total")[:TOP]
    )
    return BestSold(since, until, [TopCustomer(code, name, net) for code, name, net in found])
