"""Change a proposed payment run: leave payments out, pay less, another day, or call it off."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.paying.proposing import PROPOSE, execution_day
from kantoor.departments.finance.actions.paying.runs import locked_run, summed_up
from kantoor.departments.finance.errors import AmountOutOfRange, NothingToPay
from kantoor.departments.finance.models import PaymentItem, PaymentOrder, PaymentRun
from kantoor.departments.finance.models.payments import APPROVED, CANCELLED, PROPOSED
from kantoor.departments.finance.queries.paying.choosing import remittance
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound


@action(permission=PROPOSE, title=_("Leave payments out of a run"))
def leave_out_payments(
    actor: Actor, /, *, run: str, orders: Sequence[str] = (), documents: Sequence[str] = ()
) -> int:
    """Take payments (by their end-to-end reference), or documents in them, out of a proposed run.

    What is left out is due as before. Gives how many documents. Raises NotFound, RunChanged,
    NothingToPay when nothing would be left.
    """
    found = locked_run(actor, run, PROPOSED)
    items = PaymentItem.objects.filter(order__run=found).select_related("order")
    wanted = [
        each for each in items if each.order.end_to_end in orders or each.document in documents
    ]
    if not wanted:
        raise NotFound(_("None of these are in the run."), field="orders")
    PaymentItem.objects.filter(pk__in=[each.pk for each in wanted]).delete()
    _drop_empty(found)
    _sum_orders(found)
    summed_up(found)
    if not found.order_count:
        message = _("Nothing would be left of the run; cancel it instead.")
        raise NothingToPay(message, field="orders")
    concerns(f"finance.payment_run/{found.pk}")
    return len(wanted)


@action(permission=PROPOSE, title=_("Pay a document in part"))
def pay_in_part(actor: Actor, /, *, run: str, document: str, amount: int) -> None:
    """Pay less of a document in a proposed run, in cents; the rest stays due, without discount.

    Raises NotFound, AmountOutOfRange, RunChanged.
    """
    found = locked_run(actor, run, PROPOSED)
    items = PaymentItem.objects.filter(order__run=found, document=document, amount__gt=0)
    item = items.select_related("order").first()
    if item is None:
        raise NotFound(_("This document is not in the run."), field="document")
    if not 0 < amount <= item.amount + item.discount:
        message = _("Pay an amount above nought, and no more than is open.")
        raise AmountOutOfRange(message, field="amount")
    item.amount, item.discount = amount, 0
    item.save()
    _sum_orders(found)
    summed_up(found)
    concerns(f"finance.payment_run/{found.pk}")


@action(permission=PROPOSE, title=_("Pay a run on another day"))
def reschedule_payment_run(actor: Actor, /, *, run: str, execute_on: date) -> None:
    """Have a proposed run paid on another day.

    Discounts that would come too late then are refused with the document's name.
    """
    found = locked_run(actor, run, PROPOSED)
    day = execution_day(actor, execute_on)
    late = (
        PaymentItem.objects.filter(order__run=found, discount__gt=0)
        .filter(line__entry__purchase_invoice__discount_on__lt=day)
        .first()
    )
    if late is not None:
        message = _("The discount of {document} ends before that day; leave it out first.")
        raise InvalidInput(message.format(document=late.document), field="execute_on")
    found.execute_on = day
    found.save()
    concerns(f"finance.payment_run/{found.pk}")


@action(permission=PROPOSE, title=_("Cancel a payment run"))
def cancel_payment_run(actor: Actor, /, *, run: str, why: str) -> None:
    """Call a run off for which no file was made; its invoices are due as before.

    Raises NotFound, RunChanged, InvalidInput.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    found = locked_run(actor, run, PROPOSED, APPROVED)
    found.state, found.text = CANCELLED, why.strip()[:200]
    found.save()
    concerns(f"finance.payment_run/{found.pk}")


def _drop_empty(run: PaymentRun) -> None:
    empty = PaymentOrder.objects.filter(run=run, items__isnull=True)
    empty.delete()


def _sum_orders(run: PaymentRun) -> None:
    """Make each order the sum of its items; raises AmountOutOfRange where nothing is left."""
    orders = list(PaymentOrder.objects.filter(run=run).prefetch_related("items"))
    changed = []
    for each in orders:
        items = list(each.items.all())
        amount, discount = sum(i.amount for i in items), sum(i.discount for i in items)
        if amount <= 0:
            message = _("Credit notes would be as much as what is paid to {name}.")
            raise AmountOutOfRange(message.format(name=each.name), field="orders")
        if (amount, discount) != (each.amount, each.discount):
            each.amount, each.discount = amount, discount
            if not each.reference:
                each.remittance = remittance(item.document for item in items)
            changed.append(each)
    PaymentOrder.objects.bulk_update(changed, ["amount", "discount", "remittance"])
