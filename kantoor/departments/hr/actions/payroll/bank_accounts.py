"""Keep on which bank accounts a run pays: those that stood in the files when it was approved.

So nobody who changes a file afterwards sends somebody's pay elsewhere.
"""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_pay import PayState
from kantoor.departments.hr.models import PayAccount, PayRun, Payslip, PersonFile
from kantoor.departments.hr.models.payroll.runs import APPROVED
from kantoor.departments.hr.queries.payroll.numbers import find_run
from kantoor.departments.hr.queries.payroll.wages import unpaid
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotAllowed


def keep_accounts(run: PayRun) -> int:
    """Write the accounts of who is paid by the run and has none kept for it; gives how many."""
    kept = PayAccount.objects.filter(run=run).values("party_id")
    paid = Payslip.objects.filter(run=run, net__gt=0).exclude(party_id__in=kept)
    files = PersonFile.objects.filter(
        company_id=run.company_id, party_id__in=paid.values("party_id")
    ).exclude(iban="")
    rows = files.order_by("party_id").values_list("party_id", "subject_id", "iban")
    made = PayAccount.objects.bulk_create(
        PayAccount(
            company_id=run.company_id, run=run, party_id=party, subject_id=subject, iban=iban
        )
        for party, subject, iban in rows
    )  # fmt: skip
    return len(made)


@action(permission="hr.approve_payroll", title=_("Take up bank accounts that were missing"))
def add_pay_accounts(actor: Actor, /, *, run: str) -> int:
    """Let an approved run pay who had no bank account in their file then, on the one they have now.

    So is who did not get their pay on the account that was approved: the bank sent it back, or the
    payment was called off. Other accounts stay as they were approved. Gives how many changed. Raises
    UnknownPay, PayState before it is approved, NotAllowed for who made the run.
    """
    found = find_run(actor, run, lock=True)
    concerns(f"hr.pay_run/{found.pk}")
    if found.state != APPROVED:
        raise PayState(_("Approve {run} first.").format(run=run), field="run")
    if found.made_by_id is not None and found.made_by_id == actor.user_id:
        raise NotAllowed(_("You made this run; somebody else approves it."))
    return keep_accounts(found) + _renewed(actor, found)


def _renewed(actor: Actor, run: PayRun) -> int:
    """Take up the account of now of those whose pay did not reach them."""
    parties = {each.party_id for each in unpaid(actor, [run]).failed}
    files = PersonFile.objects.filter(company_id=run.company_id, party_id__in=parties)
    ibans = dict(files.exclude(iban="").values_list("party_id", "iban"))
    changed = []
    for each in PayAccount.objects.filter(run=run, party_id__in=ibans):
        if each.iban != ibans[each.party_id]:
            each.iban = ibans[each.party_id]
            changed.append(each)
    PayAccount.objects.bulk_update(changed, ["iban"])
    return len(changed)
