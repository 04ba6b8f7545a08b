"""Payroll runs, and the payslips they made: a payslip is never changed.

A run is written whole or not at all. While it is `made` it can be thrown away; what it said stays,
but counts for nothing. Approved by a second person, it is booked, and counts.
"""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

MADE, APPROVED, DROPPED = "made", "approved", "dropped"
COUNTS = {"run__state": APPROVED}
"""What one is given of one's own pay: a draft, or what was dropped, says nothing of it."""


class PayRun(KeptModel):
    """The run of a month; `n` counts those of the same month. `entry` is the number it is booked by.

    No amounts stand here: of a run of one employee they would be that employee's. One of fewer
    people than the smallest group is booked with the next, and has no `entry` until then.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    n = models.IntegerField()
    state = models.CharField(max_length=8, default=MADE)
    made_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    approved_at = models.DateTimeField(null=True)
    entry = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        db_table = "hr_pay_run"
        constraints = [
            models.UniqueConstraint(fields=["company", "month", "n"], name="pay_run_once"),
            models.UniqueConstraint(
                fields=["company"], condition=models.Q(state=MADE), name="pay_run_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}-{self.n}"


class Payslip(KeptModel):
    """What an employee is paid for a month, in minor units.

    `lines` (JSON) are the lines, those that correct earlier months too; `before` and `so_far` the
    state of the year before and after; `facts` a digest of what the month was reckoned from,
    `corrected` (JSON) those of earlier months that it corrects; `centres` the cost centres with the weekdays on each;
    `left` (JSON) the minutes of leave paid out by the last day that they were left on.
    """

    kept = Kept.SEALED
    counts_when = COUNTS
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    run = models.ForeignKey(PayRun, on_delete=models.PROTECT, related_name="slips")
    party = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField()
    gross = models.BigIntegerField()
    taxable = models.BigIntegerField()
    tax = models.BigIntegerField()
    labour_credit = models.BigIntegerField()
    net = models.BigIntegerField()
    employer = models.BigIntegerField()
    lines = models.TextField()
    before = models.TextField()
    so_far = models.TextField()
    facts = models.CharField(max_length=32, blank=True)
    corrected = models.TextField(default="{}")
    centres = models.TextField()
    left = models.TextField(default="{}")

    class Meta:
        db_table = "hr_payslip"
        constraints = [models.UniqueConstraint(fields=["run", "party"], name="payslip_once")]
        indexes = [models.Index(fields=["party", "month"], name="payslip_by_party")]


class PayError(KeptModel):
    """Why an employee has no payslip in a run; the others do."""

    kept = Kept.SEALED
    counts_when = COUNTS
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    run = models.ForeignKey(PayRun, on_delete=models.PROTECT, related_name="errors")
    party = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    code = models.CharField(max_length=60)
    message = models.CharField(max_length=500)

    class Meta:
        db_table = "hr_pay_error"


class PayAccount(KeptModel):
    """The bank account on which a run pays somebody, as it stood when the run was approved."""

    subject_field = "subject_id"
    erased_as = {"iban": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    run = models.ForeignKey(PayRun, on_delete=models.PROTECT, related_name="accounts")
    party = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    iban = models.CharField(max_length=34)

    class Meta:
        db_table = "hr_pay_account"
        constraints = [models.UniqueConstraint(fields=["run", "party"], name="pay_account_once")]
