"""Net pay on its way to the bank: what a sealed payment of finance holds.

No amount stands here: it is the net of the payslip, which is sealed.
"""

from django.db import models

from kantoor.departments.hr.models.payroll.runs import Payslip
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class WagePayment(KeptModel):
    """A payment run of finance (`number`) that pays wages; `nonce` keeps its digest from guessing."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.CharField(max_length=20)
    nonce = models.CharField(max_length=32)

    class Meta:
        db_table = "hr_wage_payment"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="wage_payment_once")
        ]

    def __str__(self) -> str:
        return self.number


class WageTransfer(KeptModel):
    """What a payment pays of one payslip, on which account and to which name, as approved.

    `n` is its place in the payment. `void` once it is known to have paid nothing: a payslip is paid
    by one transfer that is not.
    """

    subject_field = "subject_id"
    erased_as = {"name": "", "iban": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    payment = models.ForeignKey(WagePayment, on_delete=models.PROTECT, related_name="transfers")
    n = models.IntegerField()
    party = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    slip = models.ForeignKey(Payslip, on_delete=models.PROTECT, related_name="transfers")
    name = models.CharField(max_length=70)
    iban = models.CharField(max_length=34)
    void = models.BooleanField(default=False)

    class Meta:
        db_table = "hr_wage_transfer"
        constraints = [
            models.UniqueConstraint(fields=["payment", "n"], name="wage_transfer_once"),
            models.UniqueConstraint(
                fields=["slip"], condition=models.Q(void=False), name="payslip_paid_once"
            ),
        ]
