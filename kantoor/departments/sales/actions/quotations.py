"""Quotations: offered, and accepted as orders, declined or withdrawn."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.actions.assortment import articles_by_code
from kantoor.departments.sales.actions.documents import by_numbers, in_state
from kantoor.departments.sales.actions.loading import ready_again
from kantoor.departments.sales.actions.orders import confirm_orders
from kantoor.departments.sales.actions.reading import ready_documents
from kantoor.departments.sales.actions.states import move
from kantoor.departments.sales.actions.writing import write_orders, write_quotations
from kantoor.departments.sales.drafts import QuotationDraft, Taken
from kantoor.departments.sales.errors import WrongState
from kantoor.departments.sales.models import Order, Quotation, QuotationLine
from kantoor.departments.sales.models.orders import order_number
from kantoor.departments.sales.models.quotations import (
    ACCEPTED,
    DECLINED,
    OFFERED,
    WITHDRAWN,
    quotation_number,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

OFFER = "sales.offer_quotations"
VALID_DAYS = 30


@action(permission=OFFER, title=_("Offer quotations"), bulk_of="sales.offer_quotation")
def offer_quotations(actor: Actor, /, *, quotations: Sequence[QuotationDraft]) -> list[Taken]:
    """Offer quotations, all or none; good for 30 days unless they say until when.

    Raises UnknownCustomer, CustomerBlocked, UnknownArticle, EmptyOrder or WrongLine.
    """
    if not quotations:
        return []
    today = timezone.localdate()
    until = []
    for place, each in enumerate(quotations, 1):
        offered = each.offered_on or today
        last = each.valid_until or offered + timedelta(days=VALID_DAYS)
        if last < offered:
            message = _("A quotation is good until a day after it was offered.")
            raise InvalidInput(message, field="valid_until", line=place)
        until.append(last.isoformat())
    articles, ready = ready_documents(actor, quotations, [each.offered_on for each in quotations])
    keys = write_quotations(actor, articles, ready, until)
    numbers = Quotation.objects.filter(pk__in=keys).order_by("pk").values_list("number", "net")
    return [Taken(quotation_number(number), net, actor.currency) for number, net in numbers]


@action(permission=OFFER, title=_("Offer a quotation"))
def offer_quotation(actor: Actor, /, *, quotation: QuotationDraft) -> Taken:
    """Offer one quotation."""
    return offer_quotations(actor, quotations=[quotation])[0]


@action(permission=OFFER, title=_("Accept a quotation"))
def accept_quotation(actor: Actor, /, *, number: str) -> Taken:
    """Make a quotation that the customer accepted a confirmed order, dated today.

    Raises WrongState when it lapsed or was decided on, OverCreditLimit or CustomerBlocked.
    """
    quotation = by_numbers(actor, Quotation, [number])[0]
    in_state([quotation], [OFFERED])
    today = timezone.localdate()
    if today > quotation.valid_until:
        message = _("{number} was good until {date}; offer it again.")
        said = message.format(number=quotation, date=quotation.valid_until)
        raise WrongState(said, field="number")
    ready = ready_again([quotation], QuotationLine, "quotation_id")[quotation.pk]
    ready.on = today.isoformat()
    # The quotation's reference is the customer's word for it; two orders may have the same.
    ready.reference, ready.text = "", quotation.text or quotation.reference
    articles = articles_by_code(actor, {line[0] for line in ready.lines})
    order = Order.objects.get(pk=write_orders(actor, articles, [ready])[0])
    quotation.order, quotation.state = order, ACCEPTED
    move(actor, [quotation], ["order"])
    confirm_orders(actor, numbers=[str(order)])
    return Taken(order_number(order.number), order.net, actor.currency)


@action(permission=OFFER, title=_("Close a quotation"))
def close_quotation(
    actor: Actor, /, *, number: str, outcome: Literal["declined", "withdrawn"]
) -> None:
    """Note that the customer declined a quotation, or that we withdrew it."""
    quotation = by_numbers(actor, Quotation, [number])[0]
    in_state([quotation], [OFFERED])
    quotation.state = DECLINED if outcome == "declined" else WITHDRAWN
    move(actor, [quotation])
