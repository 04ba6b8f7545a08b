"""The figures of the sales desk: revenue by month, and who bought most lately."""

from datetime import date, timedelta

import msgspec
from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import MonthRevenue, revenue_by_month
from kantoor.departments.sales.models import Order
from kantoor.departments.sales.queries.orders import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped

TOP = 8
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


@query(permission=READ, title=_("Customers who ordered most"))
def top_customers(actor: Actor, /) -> BestSold | None:
    """Who ordered most in the thirty days up to the last order; None without an order."""
    mine = scoped(actor, Order).exclude(state="cancelled")
    until = mine.aggregate(last=Max("ordered_on"))["last"]
    if until is None:
        return None
    since = until - timedelta(days=DAYS - 1)
    # The customer of sales over the counter is nobody in particular.
    found = (
        mine.filter(ordered_on__gte=since, party__customer__isnull=False)
        .values_list("party__code", "party__name")
        .annotate(total=Sum("net"))
        .order_by("-total")[:TOP]
    )
    return BestSold(since, until, [TopCustomer(code, name, net) for code, name, net in found])
