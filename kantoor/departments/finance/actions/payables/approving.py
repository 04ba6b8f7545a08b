"""Approve purchase invoices: by whom the rules name, and never by who entered them."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.payables.documents import locked, reason_unready
from kantoor.departments.finance.actions.payables.steps import about_invoice, note_steps
from kantoor.departments.finance.errors import AboveLimit, NotReady
from kantoor.departments.finance.models import PurchaseApproval, PurchaseInvoice
from kantoor.departments.finance.models.payables import APPROVED
from kantoor.departments.finance.queries.payables.approvals import Need, Needs, needs_of
from kantoor.departments.finance.queries.payables.worth import RateDays
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import NotAllowed

PERMISSION = "finance.approve_purchase"


@action(
    permission=PERMISSION,
    title=_("Approve purchase invoices"),
    bulk_of="finance.approve_purchase_invoice",
)
def approve_purchase_invoices(actor: Actor, /, *, invoices: Sequence[str]) -> list[str]:
    """Approve invoices as they stand, all or none; gives the state of each.

    Each rule that applies is satisfied by somebody it names; an invoice is approved when all are.
    What is changed afterwards waits anew. Nobody approves what they entered or changed last, nor
    above their own limit, and only persons approve. Raises NotAllowed, AboveLimit, NotReady or
    UnknownInvoice, with the place.
    """
    refuse_machines(actor)
    found = locked(actor, invoices)
    unready = reason_unready(actor, found, approved=False)
    wanted, rates = needs_of(actor, found), RateDays(actor, found)
    rows, steps = [], []
    for place, each in enumerate(found, 1):
        if why := unready.get(each.pk):
            raise NotReady(f"{each.number}: {why}", field="invoice", line=place)
        mine = _mine(actor, each, wanted[each.pk], rates.worth(each, each.gross), place)
        left = [need for need in wanted[each.pk].open if need not in mine]
        rows += [
            PurchaseApproval(
                company_id=actor.company_id,
                about=about_invoice(each.pk),
                digest=wanted[each.pk].digest,
                rule_id=need.rule_id,
                user_id=actor.user_id or 0,
                at=timezone.now(),
            )
            for need in mine
        ]
        if not left:
            each.state = APPROVED
        steps.append((about_invoice(each.pk), "signed" if left else APPROVED, ""))
    PurchaseApproval.objects.bulk_create(rows)
    PurchaseInvoice.objects.bulk_update(found, ["state"])
    note_steps(actor, steps)
    if len(found) == 1:
        concerns(about_invoice(found[0].pk))
    return [each.state for each in found]


@action(permission=PERMISSION, title=_("Approve a purchase invoice"))
def approve_purchase_invoice(actor: Actor, /, *, invoice: str) -> str:
    """Approve one invoice; gives its state. See the bulk form."""
    return approve_purchase_invoices(actor, invoices=[invoice])[0]


def _mine(actor: Actor, each: PurchaseInvoice, needs: Needs, worth: int, place: int) -> list[Need]:
    """What the actor can satisfy of what is still asked; raises where that is nothing."""
    if each.entered_by_id == actor.user_id:
        message = _("{number}: you entered or changed this yourself; someone else approves it.")
        raise NotAllowed(message.format(number=each.number), field="invoice", line=place)
    refuse_above_limit(actor, abs(worth), each.number, place)
    if not needs.open:
        if needs.all:
            done = _("{number}: all who have to approve this did.").format(number=each.number)
            raise NotReady(done, field="invoice", line=place)
        return [Need(None, "", frozenset())]
    mine = [need for need in needs.open if need.by(actor.user_id or 0)]
    if not mine:
        message = _("{number}: this waits for {whom}.")
        whom = ", ".join(need.name for need in needs.open)
        raise NotAllowed(message.format(number=each.number, whom=whom), field="invoice", line=place)
    return mine


def refuse_machines(actor: Actor) -> None:
    """Only a person has eyes to approve with: not the console, and not a machine's token."""
    if not User.objects.filter(pk=actor.user_id or 0, kind="person").exists():
        raise NotAllowed(_("A person has to approve this."))


def refuse_above_limit(actor: Actor, amount: int, number: str, place: int) -> None:
    """Refuse an approver whose own limit the amount is above."""
    most = actor.limit(PERMISSION)
    if most is not None and amount > most:
        message = _(
            "{number} is above your limit of {limit} minor units; someone else approves it."
        )
        raise AboveLimit(message.format(number=number, limit=most), field="invoice", line=place)
