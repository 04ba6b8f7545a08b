"""Closed fiscal years: the entries that closed each, and the act that reopened it."""

from django.db import models

from kantoor.departments.finance.models.calendar import FiscalYear
from kantoor.departments.finance.models.ledger import Entry
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class YearClose(KeptModel):
    """That a year was closed. It is closed unless a reopening names this close.

    `entry` took the result off income and expenses (none where there was nothing to take),
    `opening` brought it to retained earnings on the first day of the next year. `result` is in
    minor units, a profit above zero.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, related_name="closes")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    opening = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    result = models.BigIntegerField()

    class Meta:
        db_table = "finance_year_close"


class YearReopening(KeptModel):
    """That a closed year was opened again, and why; its closing entries were reversed."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    close = models.OneToOneField(YearClose, on_delete=models.PROTECT, related_name="reopening")
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "finance_year_reopening"
