"""What of finance waits for somebody: purchase invoices and payment runs to approve."""

from collections.abc import Sequence
from urllib.parse import quote

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import PaymentApproval, PaymentRun, PurchaseInvoice
from kantoor.departments.finance.models.payables import PROPOSED
from kantoor.departments.finance.queries.payables.approvals import needs_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.inboxes import COUNTED, Ask, Item, count_of, end_of, inbox_source, once
from kantoor.kernel.queries import scoped

APPROVE_PURCHASE, APPROVE_PAYMENTS = "finance.approve_purchase", "finance.approve_payments"


def _invoices(actor: Actor) -> list[PurchaseInvoice]:
    """The invoices whose approval is still asked of this actor; of more than are counted the oldest."""
    found = scoped(actor, PurchaseInvoice).filter(state=PROPOSED)
    found = found.exclude(entered_by_id=actor.user_id).select_related("party")
    listed = list(found.order_by("due_on", "pk")[: COUNTED + 1])
    needs = needs_of(actor, listed)
    user = actor.user_id or 0
    return [each for each in listed if any(need.by(user) for need in needs[each.pk].open)]


def _count_invoices(actor: Actor) -> int:
    return len(once(_invoices, actor))


@inbox_source("finance.purchases", title=_("Purchase invoices"), permission=APPROVE_PURCHASE, count=_count_invoices, order=50)  # fmt: skip
def invoices_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Purchase invoices to approve, by the day on which they are to be paid."""
    return ask.of(
        Item(
            key=each.pk,
            title=each.party.name if each.party else each.seller,
            detail=f"{each.number} · {each.reference}" if each.reference else each.number,
            url=f"/finance/purchase-invoices/{quote(each.number)}",
            **({"due": end_of(each.due_on)} if each.due_on else {}),
        )
        for each in once(_invoices, actor)
    )


def _runs(actor: Actor) -> "QuerySet[PaymentRun]":
    approved = PaymentApproval.objects.filter(by=actor.user_id).values("run")
    found = scoped(actor, PaymentRun).filter(state="proposed")
    return found.exclude(proposed_by=actor.user_id).exclude(pk__in=approved)


@inbox_source("finance.runs", title=_("Payment runs"), permission=APPROVE_PAYMENTS, count=count_of(_runs), order=51)  # fmt: skip
def runs_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Payment runs that others proposed, by the day on which the bank carries them out."""
    found = _runs(actor).select_related("proposed_by")
    return [
        Item(
            key=each.pk,
            title=each.text or each.number,
            detail=" · ".join(
                part
                for part in (
                    each.number if each.text else "",
                    each.proposed_by.name if each.proposed_by else "",
                )
                if part
            ),
            url=f"/finance/payment-runs/{each.number}",
            since=each.proposed_at,
            due=end_of(each.execute_on),
        )
        for each in ask.page_by_day(found, day="execute_on")
    ]
