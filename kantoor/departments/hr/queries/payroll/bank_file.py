"""Net pay for the bank: a file of an approved run, which the bank books as one sum.

So who reads the bank's statements sees what was paid together, and nobody's pay (decision 0160).
"""

import hashlib
from datetime import UTC, datetime, time
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import Transfer, file_of_transfers
from kantoor.departments.hr.errors_pay import PayState
from kantoor.departments.hr.models import PayAccount, PayRun, Payslip
from kantoor.departments.hr.models.payroll.runs import APPROVED
from kantoor.departments.hr.queries.payroll.numbers import find_run
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import query, scoped

PAY_DAY = 25
"""The day of the month for which the bank is asked; that of the approval where it is later."""
NAMED = 5


class WagesFile(NamedTuple):
    """The file as the bank gets it."""

    name: str
    content: bytes


@query(permission="hr.see_pay", title=_("The bank's file of a payroll run"))
def wages_file(actor: Actor, /, *, run: str) -> WagesFile:
    """A pain.001 with the net pay of each payslip; again it is the same file, which banks refuse.

    The accounts are those that the run was approved with, whatever stands in the files since.
    Raises UnknownPay, PayState before the run is approved or where it is not in euro, InvalidInput
    naming who had no bank account in their file then.
    """
    found = find_run(actor, run)
    if found.state != APPROVED or found.approved_at is None:
        raise PayState(_("Approve {run} first.").format(run=run), field="run")
    if actor.currency != "EUR":
        raise PayState(_("The bank's file is made in euro alone."), field="run")
    slips = list(
        scoped(actor, Payslip).filter(run=found, net__gt=0).select_related("party").order_by("pk")
    )
    accounts = _accounts(found, slips)
    transfers = [
        Transfer(
            end_to_end=f"WAGES-{found}-{place}",
            name=each.party.name,
            iban=accounts[each.party_id],
            amount=each.net,
            remittance=f"{found.month:%Y-%m} {found}",
        )
        for place, each in enumerate(slips, 1)
    ]
    on = max(found.month.replace(day=PAY_DAY), found.approved_at.date())
    content = file_of_transfers(
        actor,
        message_id=_message_id(found, slips),
        made_at=datetime.combine(on, time(), UTC),
        execute_on=on,
        transfers=transfers,
        purpose="SALA",
    )
    return WagesFile(f"wages-{found}.xml", content)


def _accounts(run: PayRun, slips: list[Payslip]) -> dict[int, str]:
    """The approved bank accounts by party; InvalidInput names who has none."""
    rows = PayAccount.objects.filter(run=run).exclude(iban="")
    found = dict(rows.values_list("party_id", "iban"))
    without = [each.party.name for each in slips if each.party_id not in found]
    if without:
        names = ", ".join(without[:NAMED]) + (" …" if len(without) > NAMED else "")
        message = _(
            "No bank account stood in the file of {names} when the run was approved."
            " Write it there, and have the approver take it up at the run."
        ).format(names=names)
        raise InvalidInput(message, field="run")
    return found


def _message_id(run: PayRun, slips: list[Payslip]) -> str:
    """The same for the same payslips, so that a bank knows the file again."""
    said = f"{run.company_id}/{run.pk}/{[each.pk for each in slips]}"
    return f"WAGES-{run}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
