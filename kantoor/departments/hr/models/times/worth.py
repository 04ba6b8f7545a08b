"""What an hour is worth and costs, and what was invoiced and booked of hours.

Rates are versions that are never changed: `start` is the day from which one holds; of two that
start on one day the one written down later holds.
"""

from django.db import models

from kantoor.departments.hr.models.times.sheets import HourLine
from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class HourRate(KeptModel):
    """What a customer pays for an hour, in major units of `currency`.

    For a project, a customer, an employee, some of these or all (those left out are any). The
    narrowest holds: project goes before customer, and customer before employee.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    project = models.CharField(max_length=30, default="", blank=True)
    customer = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    party = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    start = models.DateField()
    rate = ExactField()
    currency = models.CharField(max_length=3)

    class Meta:
        db_table = "hr_hour_rate"
        indexes = [models.Index(fields=["company", "start"], name="hour_rate_by_day")]


class HourCostRate(KeptModel):
    """What an hour of a function costs the company, in major units of its currency.

    `job_title` is that of contracts; empty is any that has no rate of its own. It is set for a
    group of functions and says nothing of what one person earns.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    job_title = models.CharField(max_length=120, default="", blank=True)
    start = models.DateField()
    rate = ExactField()

    class Meta:
        db_table = "hr_hour_cost_rate"
        indexes = [models.Index(fields=["company", "start"], name="hour_cost_rate_by_day")]


class HourSettings(KeptModel):
    """Where hours are booked: `cost` is debited by cost centre and project, `covered` credited.

    Codes of the chart. Invoices are due after `due_days`. The last one written holds.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT)
    cost = models.CharField(max_length=20)
    covered = models.CharField(max_length=20)
    due_days = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "hr_hour_settings"


class HourBilling(KeptModel):
    """A line of an invoice for hours: those of one employee on a project at one rate.

    `amount` in minor units of `currency`, `own` in those of the company. When the invoice was
    credited its hours can be freed (`freed_at`), to be invoiced anew.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    invoice = models.CharField(max_length=40)
    invoice_key = models.BigIntegerField()
    date = models.DateField()
    customer = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    party = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    project = models.CharField(max_length=30, default="", blank=True)
    minutes = models.BigIntegerField()
    rate = ExactField()
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    own = models.BigIntegerField()
    freed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hr_hour_billing"
        indexes = [
            models.Index(fields=["company", "invoice"], name="hour_billing_by_invoice"),
            models.Index(fields=["company", "date"], name="hour_billing_by_day"),
        ]


class HourBilled(KeptModel):
    """That a line of hours stands on an invoice: on one at most, which the database holds."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    line = models.OneToOneField(HourLine, on_delete=models.PROTECT, related_name="billed")
    billing = models.ForeignKey(HourBilling, on_delete=models.PROTECT, related_name="lines")

    class Meta:
        db_table = "hr_hour_billed"


class HourCost(KeptModel):
    """What an entry booked of the hours of a month on a cost centre and project.

    In minor units of the company's currency. What changes later is booked as a difference: the
    cost of a month is the sum of its rows.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    month = models.DateField()
    entry = models.CharField(max_length=40)
    cost_centre = models.CharField(max_length=40, default="", blank=True)
    project = models.CharField(max_length=30, default="", blank=True)
    minutes = models.BigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        db_table = "hr_hour_cost"
        indexes = [models.Index(fields=["company", "month"], name="hour_cost_by_month")]
