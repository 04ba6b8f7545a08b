"""Claims: what one person paid for the company, line by line, and who decided on it."""

from django.db import models

from kantoor.departments.hr.models.expenses.category import ExpenseCategory
from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.models import KeptModel

DRAFT, SUBMITTED, APPROVED, REFUSED, POSTED, REVERSED = (
    "draft", "submitted", "approved", "refused", "posted", "reversed",
)  # fmt: skip


def claim_number(sequence: int) -> str:
    """The number that people know a claim by, such as `EX-000012`."""
    return f"EX-{sequence:06}"


class ExpenseClaim(KeptModel):
    """A claim of an employee: a draft, then submitted, approved and posted, or refused.

    `amount` is what its lines come to, in minor units of the company's currency. `decided_by`
    approved or refused it and `why` says why; `checked_by` is who of HR checked it after that,
    where the company wants it (`ExpenseSettings`). `entry` is the number of the entry that booked it,
    `reversal` of the one that took it back.
    """

    subject_field = "subject_id"
    erased_as = {"title": "", "why": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    sequence = models.IntegerField()
    number = models.CharField(max_length=12)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, db_index=False)
    title = models.CharField(max_length=200, default="", blank=True)
    state = models.CharField(max_length=9, default=DRAFT)
    amount = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    why = models.CharField(max_length=500, default="", blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    posted_at = models.DateTimeField(null=True, blank=True)
    entry = models.CharField(max_length=40, default="", blank=True)
    reversal = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        db_table = "hr_expense_claim"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="expense_claim_number_once"),
            models.CheckConstraint(
                condition=~models.Q(state=POSTED) | ~models.Q(entry=""),
                name="expense_claim_posted_by_an_entry",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_by=None) | ~models.Q(checked_by=models.F("decided_by")),
                name="expense_claim_checked_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "state", "id"], name="expense_claim_by_state"),
            models.Index(fields=["party", "id"], name="expense_claim_by_party"),
        ]

    def __str__(self) -> str:
        return self.number


class ExpenseLine(KeptModel):
    """A line: `amount` in minor units of `currency`, `own` in those of the company.

    Of mileage and per diem `quantity` is kilometres or days and `rate` what one gives. `tax` is
    the VAT that the receipt says, in the company's currency; nothing is reckoned from the rate.
    `taxable` is the part of `own` above what the law lets free of wage tax. `reason` is why it goes
    beyond the category's limit.
    """

    subject_field = "subject_id"
    erased_as = {"text": "", "reason": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    claim = models.ForeignKey(ExpenseClaim, on_delete=models.PROTECT, related_name="lines")
    category = models.ForeignKey(ExpenseCategory, on_delete=models.PROTECT, db_index=False)
    date = models.DateField()
    text = models.CharField(max_length=200, default="", blank=True)
    quantity = ExactField(null=True, blank=True)
    rate = ExactField(null=True, blank=True)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    own = models.BigIntegerField()
    tax = models.BigIntegerField(null=True, blank=True)
    taxable = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=200, default="", blank=True)
    receipt = models.ForeignKey(
        "kernel.File", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "hr_expense_line"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0, own__gt=0, taxable__gte=0),
                name="expense_line_of_something",
            ),
        ]
