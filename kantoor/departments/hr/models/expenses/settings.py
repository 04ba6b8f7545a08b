"""From which amount on HR checks claims that were approved, before they are posted."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class ExpenseSettings(KeptModel):
    """`check_from_minor` is the least amount of a claim that HR checks; empty is none.

    In minor units of the company's currency; 0 is every claim. The last one written holds.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT)
    check_from_minor = models.BigIntegerField(null=True)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "hr_expense_settings"
