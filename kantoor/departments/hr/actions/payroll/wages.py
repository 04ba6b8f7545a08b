"""Hand net pay to finance as one sealed payment, and say what of it came back."""

import secrets
from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import (
    Rejection,
    SealedPayment,
    propose_sealed_payment,
    reject_payments,
    sealed_reference,
)
from kantoor.departments.hr.actions.payroll.locking import one_at_a_time
from kantoor.departments.hr.drafts_pay import WagesProposed
from kantoor.departments.hr.errors_pay import PayState, UnknownPay
from kantoor.departments.hr.models import PayAccount, PayRun, Payslip, WagePayment, WageTransfer
from kantoor.departments.hr.models.payroll.runs import APPROVED
from kantoor.departments.hr.queries.payroll.booking import net_accounts
from kantoor.departments.hr.queries.payroll.numbers import find_run
from kantoor.departments.hr.queries.payroll.wages import SOURCE, transfer_of, unpaid
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

APPROVE = "hr.approve_payroll"
PAY_DAY = 25
"""The day of the month for which the bank is asked; today where that is later."""
NAMED = 5
MOST_RUNS = 50


@action(permission=APPROVE, title=_("Pay wages"))
def pay_wages(
    actor: Actor,
    /,
    *,
    runs: Sequence[str],
    execute_on: date | None = None,
    bank: str = "",
) -> WagesProposed:
    """Propose one payment with the net pay of approved runs; finance sees its sum alone.

    Who was paid already is not in it; who was not because it was called off or came back is. Two
    people approve it in finance. Runs of few people are best paid with others, so that the sum is
    nobody's. Raises UnknownPay, PayState, InvalidInput naming who has no approved bank account, and
    what finance refuses.
    """
    if not 0 < len(set(runs)) <= MOST_RUNS:
        message = _("Name 1 to {most} runs.").format(most=MOST_RUNS)
        raise InvalidInput(message, field="runs")
    one_at_a_time(actor)
    found = sorted((find_run(actor, each, lock=True) for each in set(runs)), key=_in_order)
    for each in found:
        if each.state != APPROVED:
            raise PayState(_("Approve {run} first.").format(run=each), field="runs")
    due = unpaid(actor, found)
    if not due.slips:
        raise PayState(_("Everybody of these runs is paid, or about to be."), field="runs")
    ibans = _accounts(due.slips)
    owed = net_accounts(found)
    if len(owed) > 1:
        raise PayState(_("These runs owe net pay on different accounts; pay them apart."))
    transfers = [
        transfer_of(_holder(each), ibans[each.run_id, each.party_id], each.net, each.run)
        for each in due.slips
    ]
    months = sorted({each.month for each in due.slips})
    payment = SealedPayment(
        source=SOURCE,
        text=str(_("Wages {months}")).format(months=_said(months)),
        owed=owed.pop(),
        nonce=secrets.token_hex(16),
        transfers=transfers,
    )
    today = timezone.localdate()
    on = execute_on or max(found[-1].month.replace(day=PAY_DAY), today)
    made = propose_sealed_payment(actor, payment=payment, execute_on=on, bank=bank)
    for failed in due.failed:
        failed.void = True
    WageTransfer.objects.bulk_update(due.failed, ["void"])
    _keep(actor, made.number, payment, due.slips)
    for each in found:
        concerns(f"hr.pay_run/{each.pk}")
    return WagesProposed(payment=made.number, people=len(transfers), amount=made.amount)


def _in_order(run: PayRun) -> tuple[date, int]:
    return run.month, run.n


def _said(months: Sequence[date]) -> str:
    """The months that are paid: `2026-05`, or the first and the last."""
    first, last = f"{months[0]:%Y-%m}", f"{months[-1]:%Y-%m}"
    return first if first == last else f"{first} / {last}"


def _holder(slip: Payslip) -> str:
    return slip.party.name[:70]


def _keep(actor: Actor, number: str, payment: SealedPayment, slips: Sequence[Payslip]) -> None:
    row = WagePayment.objects.create(
        company_id=actor.company_id, number=number, nonce=payment.nonce
    )
    WageTransfer.objects.bulk_create(
        WageTransfer(
            company_id=actor.company_id, payment=row, n=n, party_id=slip.party_id, slip=slip,
            subject_id=slip.party.subject_id, name=each.name, iban=each.iban,
        )
        for n, (slip, each) in enumerate(zip(slips, payment.transfers, strict=True), 1)
    )  # fmt: skip


def _accounts(slips: Sequence[Payslip]) -> dict[tuple[int, int], str]:
    """The approved bank accounts by run and party; InvalidInput names who has none."""
    rows = PayAccount.objects.filter(run_id__in={each.run_id for each in slips}).exclude(iban="")
    found = {(run, party): iban for run, party, iban in rows.values_list("run", "party", "iban")}
    without = [each.party.name for each in slips if (each.run_id, each.party_id) not in found]
    if without:
        names = ", ".join(without[:NAMED]) + (" …" if len(without) > NAMED else "")
        message = _(
            "No bank account stood in the file of {names} when the run was approved."
            " Write it there, and have the approver take it up at the run."
        ).format(names=names)
        raise InvalidInput(message, field="runs")
    return found


@action(permission=APPROVE, title=_("Wages that came back"))
def return_wages(
    actor: Actor,
    /,
    *,
    payment: str,
    employees: Sequence[str],
    reason: str = "",
    on: date | None = None,
) -> int:
    """Say that wages did not reach people: they are owed again, and paid with the next payment.

    Take up another bank account first where theirs was wrong. Gives how many transfers. Raises
    UnknownPay, and what finance refuses: what was not sent, or came back before.
    """
    rows = scoped(actor, WageTransfer).filter(payment__number=payment[:40])
    found = list(rows.filter(party__code__in=list(employees)).select_related("party"))
    known = {each.party.code for each in found}
    for place, code in enumerate(employees, 1):
        if code not in known:
            message = _("{payment} does not pay {employee}.")
            said = message.format(payment=payment[:40], employee=code[:40])
            raise UnknownPay(said, field="employees", line=place)
    rejections = [
        Rejection(end_to_end=sealed_reference(payment, each.n), reason=reason)
        for each in sorted(found, key=lambda each: each.n)
    ]
    return reject_payments(actor, rejections=rejections, on=on).orders
