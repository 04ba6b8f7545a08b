"""Propose what to pay to suppliers: all that is due by a day, in one run that goes to the bank."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.paying.rows import Header, ReadyItem, ReadyOrder
from kantoor.departments.finance.actions.paying.runs import write_run
from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.drafts_payments import RunMade
from kantoor.departments.finance.errors import NothingToPay, NotInSepa
from kantoor.departments.finance.formats.sepa.orders import MOST_ORDERS
from kantoor.departments.finance.models.payments import TRANSFER
from kantoor.departments.finance.queries.paying.choosing import Choice, Payment, choose
from kantoor.departments.finance.queries.paying.own_accounts import own_account
from kantoor.departments.finance.queries.paying.words import why_left_out
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import InvalidInput

PROPOSE = "finance.propose_payments"


@action(permission=PROPOSE, title=_("Propose payments"))
def propose_payments(
    actor: Actor,
    /,
    *,
    due_until: date,
    execute_on: date | None = None,
    bank: str = "",
    documents: Sequence[str] = (),
    parties: Sequence[str] = (),
    at_most: int | None = None,
    text: str = "",
) -> RunMade:
    """Put together what is due by a day, one payment for each supplier; nothing is paid yet.

    The oldest and what earns a discount come first; credit notes are netted; an invoice with a
    structured reference is paid by itself. Left out are held suppliers and invoices, and those
    whose account nobody verified. `documents` are paid whenever they are due, and nothing else;
    `at_most` is how much may be spent, in cents. Two people approve it before it goes out.

    Raises NothingToPay, NotInSepa, UnknownAccount, InvalidInput.
    """
    refuse_other_currency(actor)
    on = execution_day(actor, execute_on)
    if at_most is not None and at_most <= 0:
        raise InvalidInput(_("Give an amount above nought."), field="at_most")
    own = own_account(actor, bank)
    # Two who propose at once would both pay the same invoices.
    lock_company(actor.company_id)
    choice = choose(
        actor.company_id,
        until=due_until.isoformat(),
        on=on.isoformat(),
        documents=documents,
        parties=parties,
        at_most=at_most,
    )
    refuse_nothing(choice)
    orders = [_order(payment) for payment in choice.payments]
    header = Header(TRANSFER, own, due_until, on, text.strip())
    run = write_run(actor, header, holder_of(actor), orders)
    concerns(f"finance.payment_run/{run.pk}")
    return RunMade(run.number, run.order_count, run.amount, len(choice.left_out))


def refuse_other_currency(actor: Actor) -> None:
    """SEPA is in euro; raises NotInSepa."""
    if actor.currency != "EUR":
        message = _("SEPA payments are in euro; they can't be made in {currency}.")
        raise NotInSepa(message.format(currency=actor.currency), field="currency")


def execution_day(actor: Actor, on: date | None) -> date:
    """The day that the bank is asked to pay: today, or later within a year."""
    today = today_of(actor)
    day = on or today
    if day < today or (day - today).days > 366:
        message = _("The bank pays today or later, within a year.")
        raise InvalidInput(message, field="execute_on")
    return day


def refuse_nothing(choice: Choice) -> None:
    """Refuse a run without a payment, with what stands in the way of the first item."""
    if len(choice.payments) > MOST_ORDERS:
        message = _("These are more payments than a file holds; take an earlier due date.")
        raise InvalidInput(message, field="due_until")
    if choice.payments:
        return
    if not choice.left_out:
        raise NothingToPay(_("Nothing is due by that day."), field="due_until")
    first = choice.left_out[0]
    message = _("Nothing can be paid: {document} of {party} is left out, {why}.")
    said = message.format(
        document=first.payable.document,
        party=first.payable.name,
        why=why_left_out(first.why, first.said),
    )
    raise NothingToPay(said, field="due_until")


def holder_of(actor: Actor) -> str:
    """The company as the holder of its accounts."""
    return Company.objects.values_list("name", flat=True).get(pk=actor.company_id)


def _order(payment: Payment) -> ReadyOrder:
    first = payment.parts[0].payable
    to = payment.to
    return ReadyOrder(
        first.subject_id,
        first.party_id,
        to.id,
        to.holder,
        to.iban,
        to.bic,
        payment.amount,
        payment.discount,
        payment.reference,
        payment.remittance,
        [
            ReadyItem(part.payable.line_id, part.payable.document, part.amount, part.discount)
            for part in payment.parts
        ],
    )
