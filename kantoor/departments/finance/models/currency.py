"""Rates of exchange by day: what one unit of a currency cost in another, and who said so."""

from django.db import models

from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.models import KeptModel

ECB, MANUAL = "ecb", "manual"


class Rate(KeptModel):
    """One `base` cost `rate` of `currency` on a date (1 EUR = 1.3194 USD).

    `source` is `ecb` for the reference rates of the European Central Bank, which are all against
    the euro, and `manual` for what somebody of the company set. A company has its own rates: what
    one takes in never moves the books of another. What was posted keeps both amounts in its
    lines, so a rate put right later changes nothing that is in the books.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    base = models.CharField(max_length=3)
    currency = models.CharField(max_length=3)
    date = models.DateField()
    rate = ExactField()
    source = models.CharField(max_length=10)

    class Meta:
        db_table = "finance_rate"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "currency", "base", "date", "source"], name="rate_once"
            ),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="rate_above_nought"),
        ]

    def __str__(self) -> str:
        return f"{self.base}/{self.currency} {self.date}"
