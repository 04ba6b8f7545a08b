"""Returns: taken back from customers, and credited."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import invoice_states
from kantoor.departments.sales.actions.documents import by_numbers, in_state
from kantoor.departments.sales.actions.invoicing import draft, issued
from kantoor.departments.sales.actions.loading import ready_again
from kantoor.departments.sales.actions.reading import ready_documents, refuse_known
from kantoor.departments.sales.actions.states import move, name_of
from kantoor.departments.sales.actions.writing import write_returns
from kantoor.departments.sales.drafts import Ready, ReturnDraft, Taken
from kantoor.departments.sales.errors import UnknownOrder, WrongLine
from kantoor.departments.sales.models import Order, OrderLine, Return, ReturnLine
from kantoor.departments.sales.models.returns import CREDITED, TAKEN, return_number
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import MICRO

TAKE = "sales.take_returns"


@action(permission=TAKE, title=_("Take returns"), bulk_of="sales.take_return")
def take_returns(
    actor: Actor, /, *, returns: Sequence[ReturnDraft], credit: bool = True
) -> list[Taken]:
    """Take things back, all or none, and credit them at once unless told otherwise.

    Of an order that is named no more comes back than was sold. Raises UnknownCustomer,
    UnknownOrder, UnknownArticle, EmptyOrder, WrongLine, KnownAlready, and what finance refuses.
    """
    keys = receive_returns(actor, returns=returns)
    written = list(Return.objects.filter(pk__in=keys).order_by("pk"))
    if credit and written:
        credit_returns(actor, numbers=[str(each) for each in written], on=None)
    return [Taken(return_number(each.number), each.net, actor.currency) for each in written]


@action(permission=TAKE, title=_("Receive returns"), hidden=True)
def receive_returns(
    actor: Actor, /, *, returns: Sequence[ReturnDraft], events: Sequence[str] = ()
) -> list[int]:
    """Take things back, with the events they came in by; gives the keys of their rows."""
    if not returns:
        return []
    refuse_known(actor, Return, [(each.source, each.reference) for each in returns])
    days = [each.taken_on for each in returns]
    articles, ready = ready_documents(actor, returns, days, events)
    for place, (each, back) in enumerate(zip(returns, ready, strict=True), 1):
        _refuse_negative(back, place)
        if each.order:
            back.order_id = _order(actor, each, back, place)
    return list(write_returns(actor, articles, ready))


@action(permission=TAKE, title=_("Take a return"))
def take_return(actor: Actor, /, *, taken: ReturnDraft, credit: bool = True) -> Taken:
    """Take one thing back, and credit it at once unless told otherwise."""
    return take_returns(actor, returns=[taken], credit=credit)[0]


@action(permission=TAKE, title=_("Credit returns"))
def credit_returns(actor: Actor, /, *, numbers: Sequence[str], on: date | None = None) -> int:
    """Credit returns: on the day given, else on the day they were taken; gives how many."""
    returns = by_numbers(actor, Return, numbers)
    in_state(returns, [TAKEN])
    ready = ready_again(returns, ReturnLine, "taken_id")
    credited = _credited(actor, returns)
    day = on.isoformat() if on else ""
    drafts = {}
    for each in returns:
        drafts[each.pk] = draft(ready[each.pk], name_of(each), credit=True, on=day)
        drafts[each.pk].credits = credited.get(each.pk, "")
    notes = issued(actor, drafts)
    for each in returns:
        each.invoice_id, each.state = notes[each.pk], CREDITED
    move(actor, returns, ["invoice_id"])
    return len(returns)


def _credited(actor: Actor, returns: Sequence[Return]) -> dict[int, str]:
    """The numbers of the invoices that returns take back, where their orders are known."""
    orders = Order.objects.filter(pk__in=[each.order_id for each in returns if each.order_id])
    invoices = {key: invoice for key, invoice in orders.values_list("pk", "invoice_id") if invoice}
    states = invoice_states(actor, invoices.values())
    return {
        each.pk: states[invoices[each.order_id]].number
        for each in returns
        if each.order_id in invoices
    }


def _refuse_negative(back: Ready, place: int) -> None:
    if any(line[2] < 0 for line in back.lines):
        message = _("What comes back is a quantity above nought.")
        raise WrongLine(message, field="quantity", line=place)


def _order(actor: Actor, taken: ReturnDraft, back: Ready, place: int) -> int:
    order = by_numbers(actor, Order, [taken.order])[0]
    if order.party_id != back.buyer.party_id:
        theirs = _("{order} is no order of this customer.").format(order=order)
        raise UnknownOrder(theirs, field="order", line=place)
    sold = OrderLine.objects.filter(order=order).values_list("article__code")
    left = {code: int(count * MICRO) for code, count in sold.annotate(Sum("quantity"))}
    before = ReturnLine.objects.filter(taken__order=order).values_list("article__code")
    for code, count in before.annotate(Sum("quantity")):
        left[code] = left.get(code, 0) - int(count * MICRO)
    for code, _text, quantity, _price, _net in back.lines:
        left[code] = left.get(code, 0) - quantity
        if left[code] < 0:
            more = _("More of {article} comes back than was sold by {order}.")
            said = more.format(article=code, order=order)
            raise WrongLine(said, field="quantity", line=place)
    return order.pk
