"""Fiscal years and their periods, with soft and hard close."""

from django.db import models

from kantoor.kernel.store.models import KeptModel


class FiscalYear(KeptModel):
    """A fiscal year, named by its code (`2011`)."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        db_table = "finance_fiscal_year"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="fiscal_year_once"),
            models.CheckConstraint(
                condition=models.Q(starts_on__lt=models.F("ends_on")), name="fiscal_year_runs"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Period(KeptModel):
    """A part of a fiscal year, mostly a month.

    `state`: `open`; `soft` (closed, but who may post in closed periods still can); `hard`
    (closed to everybody). `remark` says why it was reopened last.
    """

    year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, related_name="periods")
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.SmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=4, default="open")
    remark = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "finance_period"
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="period_once"),
            models.UniqueConstraint(fields=["company", "starts_on"], name="period_start_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year.code}-{self.number:02}"
