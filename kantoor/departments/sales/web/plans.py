"""What the forms of sales need beyond the signatures of their actions."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.queries.articles import article
from kantoor.departments.sales.queries.customers import customer
from kantoor.departments.sales.web import papers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values

CHANGED = (
    "name", "email", "phone", "street", "postcode", "city", "country", "vat_number",
    "registration", "language",
)  # fmt: skip


def _customer_now(actor: Actor, given: Given) -> Given:
    """The particulars of the customer that the address names."""
    code = given.get("change.code")
    if not code:
        return {}
    try:
        shown = customer(actor, code=str(code))
    except DomainError:
        return {}
    found: dict[str, Any] = {
        f"change.{name}": getattr(shown, name, getattr(shown.customer, name, ""))
        for name in CHANGED
    }
    found["change.payment_days"] = shown.customer.payment_days
    found["change.blocked"] = shown.customer.blocked
    return found


def _article_now(actor: Actor, given: Given) -> Given:
    code = given.get("change.code")
    if not code:
        return {}
    try:
        row = article(actor, code=str(code))
    except DomainError:
        return {}
    price: Decimal = row.unit_price
    return {"change.name": row.name, "change.unit_price": price, "change.active": row.active}


def _to_customer(_actor: Actor, code: Any) -> str:
    return papers.customer_url(code) if isinstance(code, str) else ""


plan(
    "sales.take_order",
    Plan(
        leave_out=("order.source",),
        defaults=lambda _actor: {"order.ordered_on": timezone.localdate()},
        goes_to=lambda _actor, taken: papers.order_url(taken.number),
        submit=_("Take the order"),
        lines=4,
    ),
)
plan(
    "sales.offer_quotation",
    Plan(
        defaults=lambda _actor: {"quotation.offered_on": timezone.localdate()},
        goes_to=lambda _actor, taken: papers.quotation_url(taken.number),
        submit=_("Offer"),
        lines=4,
    ),
)
plan(
    "sales.take_return",
    Plan(
        leave_out=("taken.source",),
        defaults=lambda _actor: {"taken.taken_on": timezone.localdate()},
        goes_to=lambda _actor, taken: papers.return_url(taken.number),
        submit=_("Take it back"),
        lines=3,
    ),
)
plan("sales.create_customer", Plan(goes_to=_to_customer, submit=_("Add")))
plan("sales.alter_customer", Plan(prefill=_customer_now, submit=_("Keep"), in_palette=False))
plan("sales.alter_article", Plan(prefill=_article_now, submit=_("Keep"), in_palette=False))
plan("sales.set_credit_limit", Plan(kinds={"limit": "money"}, submit=_("Set")))
for _verb in ("confirm_order", "deliver_order", "cancel_order", "invoice_order"):
    plan(f"sales.{_verb}", Plan(in_palette=False))
for _verb in ("accept_quotation", "close_quotation"):
    plan(f"sales.{_verb}", Plan(in_palette=False))

name_field("ordered_on", _("Ordered"))
name_field("offered_on", _("Offered"))
name_field("taken_on", _("Taken"))
name_field("valid_until", _("Good until"), _("Empty is thirty days."))
name_field("payment_days", _("Days to pay"))
name_field("blocked", _("Nothing more is sold to them"))
name_field("limit", _("Credit limit"), _("The most that the customer may owe; empty is no limit."))
name_field("sales.take_order:customer", _("Customer"), _("The customer's code."))
name_field("sales.take_order:reference", _("Reference"), _("The number that the customer knows."))
name_field("sales.take_order:country", _("Country"), _("Where it goes, if not to the customer's."))
name_field("sales.take_return:order", _("Order"), _("The number by which it was sold."))
name_field("sales.take_return:credit", _("Credit it at once"))
name_field("outcome", _("What became of it"))
name_field("source", _("Source"))
name_values("outcome", {"declined": _("Declined"), "withdrawn": _("Withdrawn")})
name_values(
    "sales.create_customer:kind",
    {"organisation": _("Organisation"), "person": _("Person")},
)
name_values("language", {"nl": _("Dutch"), "en": _("English")})
