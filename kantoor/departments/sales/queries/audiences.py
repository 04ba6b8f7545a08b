"""Customers by what they ordered, for audiences."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.models import Article, Customer, Order
from kantoor.departments.sales.models.orders import (
    CANCELLED,
    COMPLETED,
    CONFIRMED,
    DELIVERED,
    INVOICED,
    PLACED,
    SALE,
)
from kantoor.kernel.audiences import ValueChoice, ValueRows, audience_kind, parties_in, rows_of
from kantoor.kernel.parties.models import Party

ORDERS = "sales.read_orders"
STATES = {
    PLACED: _("Placed, not confirmed"),
    CONFIRMED: _("Confirmed, not delivered"),
    DELIVERED: _("Delivered, not invoiced"),
    INVOICED: _("Invoiced, not delivered"),
    COMPLETED: _("Completed"),
    CANCELLED: _("Cancelled"),
}
DAYS = {
    "30": _("In the last 30 days"),
    "90": _("In the last 90 days"),
    "365": _("In the last year"),
}
_orders = rows_of(Order, kind=SALE)


@audience_kind(
    name="sales.customers",
    title=_("Customers"),
    permission="kernel.read_parties",
    meaning=_("All customers, whether they ordered or not."),
)
def customers(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """All customers."""
    return parties_in(company_id, Customer.objects.filter(company_id=company_id))


@audience_kind(
    name="sales.orders_in_state",
    title=_("Customers with orders that are…"),
    permission=ORDERS,
    value=ValueChoice(_("State"), STATES),
    meaning=_("Who has an order in the state now."),
)
def orders_in_state(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Who has orders in these states."""
    return parties_in(company_id, _orders(company_id).filter(state__in=values))


@audience_kind(
    name="sales.ordered_within",
    title=_("Customers who ordered…"),
    permission=ORDERS,
    value=ValueChoice(_("When"), DAYS),
    meaning=_("Who ordered something in that time that was not cancelled."),
)
def ordered_within(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Who ordered in the longest of these times."""
    days = max(int(each) for each in values if each in DAYS)
    since = timezone.localdate() - timedelta(days=days)
    found = _orders(company_id).filter(ordered_on__gte=since)
    return parties_in(company_id, found.exclude(state=CANCELLED))


@audience_kind(
    name="sales.ordered_article",
    title=_("Customers who ordered an article"),
    permission=ORDERS,
    value=ValueRows(_("Article"), rows_of(Article)),
    meaning=_("Who ever ordered the article in an order that was not cancelled: for a recall."),
)
def ordered_article(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Who ordered one of these articles."""
    found = _orders(company_id).filter(
        Q(lines__article__code__in=values) & ~Q(state=CANCELLED),
    )
    return parties_in(company_id, found)
