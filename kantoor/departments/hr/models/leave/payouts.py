"""Leave that was paid out to who left: written off their ledger, once for each end."""

from django.db import models

from kantoor.departments.hr.models.leave.kinds import LeaveKind
from kantoor.departments.hr.models.payroll.runs import Payslip
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class LeavePayout(KeptModel):
    """What a payslip paid of leave that was left on a day (`on`) of a month, in minutes.

    A later payslip that corrects the month says it anew, with 0 where nothing was left after all:
    of a person and a month the last one counts.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(LeaveKind, on_delete=models.PROTECT, db_index=False)
    slip = models.ForeignKey(Payslip, on_delete=models.PROTECT, related_name="payouts")
    month = models.DateField()
    on = models.DateField()
    minutes = models.IntegerField()

    class Meta:
        db_table = "hr_leave_payout"
        constraints = [
            models.UniqueConstraint(fields=["slip", "month"], name="leave_payout_once"),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=0), name="leave_payout_not_below_nought"
            ),
        ]
