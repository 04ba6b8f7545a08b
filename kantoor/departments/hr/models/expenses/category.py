"""Kinds of expenses: where each is booked, and how much of it the company pays."""

from django.db import models

from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.models import KeptModel

RECEIPT, MILEAGE, PER_DIEM = "receipt", "mileage", "per_diem"
REFUSE, REASON = "refuse", "reason"


class ExpenseCategory(KeptModel):
    """A kind of expense. `account` is a code of the chart, `tax` a purchase's tax code or empty.

    A line of `receipt` says its own amount; one of `mileage` or `per_diem` says kilometres or
    days, times `rate` in the company's currency (none: the untaxed rate of the law). A line above
    `most_minor` is refused or asks a reason (`over`). From `receipt_from_minor` on it needs a
    receipt; nothing: never.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, default=RECEIPT)
    account = models.CharField(max_length=20)
    tax = models.CharField(max_length=20, default="", blank=True)
    rate = ExactField(null=True, blank=True)
    most_minor = models.BigIntegerField(null=True, blank=True)
    over = models.CharField(max_length=6, default=REASON)
    receipt_from_minor = models.BigIntegerField(null=True, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "hr_expense_category"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="expense_category_once"),
        ]

    def __str__(self) -> str:
        return self.name
