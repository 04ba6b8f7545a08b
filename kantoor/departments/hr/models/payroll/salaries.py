"""What was agreed to be paid, and how the employer stands: versions that are never changed.

`start` is the day from which a version holds, `recorded_at` when it was written down: a later row
with the same or an earlier `start` is a change with effect in the past.
"""

from django.db import models

from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

MONTH, HOUR = "month", "hour"


class Salary(KeptModel):
    """An employee's wage from `start` on, in minor units of the company's currency.

    `amount` is for a month of `week_minutes` a week (who works fewer gets that part of it; with 0
    it is as it is), or for an hour. `credit`: the tax credits are taken here. `age_class` picks
    the columns of the table, `awf` the class of that premium. `year_wage` decides the percentage
    of special rewards: the wage of the year before, as far as known; else twelve months' wage.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, related_name="+")
    start = models.DateField()
    per = models.CharField(max_length=5)
    amount = models.BigIntegerField()
    week_minutes = models.IntegerField()
    credit = models.BooleanField()
    age_class = models.CharField(max_length=24)
    awf = models.CharField(max_length=4)
    year_wage = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "hr_salary"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=0, week_minutes__gte=0),
                name="salary_not_below_nought",
            )
        ]
        indexes = [models.Index(fields=["company", "party", "start"], name="salary_by_party")]


class PaySettings(KeptModel):
    """How the employer pays from `start` on; accounts are codes of the chart.

    Percentages are of the wage. No line of the journal is about fewer than `smallest_group`
    people of a cost centre: smaller ones are booked together. `minimum_hour_minor` is the statutory
    minimum wage of an adult's hour in minor units; empty is what Kantoor knows of the day.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT)
    start = models.DateField()
    aof = models.CharField(max_length=4)
    whk_percent = ExactField()
    holiday_percent = ExactField()
    holiday_month = models.PositiveSmallIntegerField()
    smallest_group = models.PositiveSmallIntegerField()
    minimum_hour_minor = models.IntegerField(null=True)
    dimension = models.CharField(max_length=40)
    wages = models.CharField(max_length=20)
    social = models.CharField(max_length=20)
    holiday_cost = models.CharField(max_length=20)
    holiday_reserve = models.CharField(max_length=20)
    taxes_payable = models.CharField(max_length=20)
    net_payable = models.CharField(max_length=20)
    withheld = models.CharField(max_length=20)
    other_costs = models.CharField(max_length=20)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "hr_pay_settings"
