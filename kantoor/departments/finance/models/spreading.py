"""Costs and income spread over time, and accruals: what the balance sheet holds for other periods.

A spread has a plan (how it is spread from a day on; a change adds another) and postings, one for
each period that took its part. An accrual is an entry with the reversal that goes with it.
"""

from django.db import models

from kantoor.departments.finance.models.chart import Account
from kantoor.departments.finance.models.ledger import Entry, Line
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

KINDS = ("prepaid", "deferred_income")


class Spread(KeptModel):
    """A cost paid before its time (`prepaid`) or income had before it (`deferred_income`).

    `amount` in minor units stands on `balance_account` and goes to `result_account` over time;
    it is above zero. `number` is without gaps in the company. `line` is the ledger line it comes
    from and `origin` what that booked; `entry` moved it to the balance account where it had to be.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.CharField(max_length=12)
    kind = models.CharField(max_length=16)
    text = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    date = models.DateField()
    balance_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    result_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dimension_set_id = models.BigIntegerField(default=0)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, null=True, db_index=False)
    origin = models.CharField(max_length=80, default="", blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, db_index=False)

    class Meta:
        db_table = "finance_spread"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="spread_number_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="spread_above_nothing"),
        ]
        indexes = [
            models.Index(
                fields=["line"], condition=models.Q(line__isnull=False), name="spread_by_line"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SpreadPlan(KeptModel):
    """How what is left of a spread is spread from a day on; the latest plan holds.

    `step` is `month`, `day` or `custom`: then the parts say how much on which day. `amount` is
    what was left when the plan was made.
    """

    kept = Kept.SEALED
    spread = models.ForeignKey(Spread, on_delete=models.PROTECT, related_name="plans")
    starts_on = models.DateField()
    ends_on = models.DateField()
    step = models.CharField(max_length=8)
    amount = models.BigIntegerField()
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "finance_spread_plan"


class SpreadPart(KeptModel):
    """A part of a custom plan: so much on a day."""

    kept = Kept.SEALED
    plan = models.ForeignKey(SpreadPlan, on_delete=models.PROTECT, related_name="parts")
    date = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        db_table = "finance_spread_part"


class SpreadRun(KeptModel):
    """What all spreads gave to the result through the end of a period, posted at once.

    It is undone as a whole by another whose `reverses` names it.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.CharField(max_length=12)
    date = models.DateField()
    spread_count = models.IntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, db_index=False)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "finance_spread_run"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="spread_run_once")
        ]

    def __str__(self) -> str:
        return self.number


class SpreadPosting(KeptModel):
    """What a run took off a spread, in minor units, by which plan; below zero it is given back."""

    kept = Kept.SEALED
    run = models.ForeignKey(SpreadRun, on_delete=models.PROTECT, related_name="postings")
    spread = models.ForeignKey(Spread, on_delete=models.PROTECT, related_name="postings")
    plan = models.ForeignKey(SpreadPlan, on_delete=models.PROTECT, db_index=False)
    date = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        db_table = "finance_spread_posting"


class Accrual(KeptModel):
    """A cost (or income) that belongs to a period but is not invoiced yet.

    Its entry is reversed on `reverses_on`, or when the invoice is there: then that is empty. Which
    entry reversed it, the entry itself knows.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.CharField(max_length=12)
    kind = models.CharField(max_length=8)
    text = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    date = models.DateField()
    reverses_on = models.DateField(null=True)
    balance_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    result_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)

    class Meta:
        db_table = "finance_accrual"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="accrual_number_once")
        ]

    def __str__(self) -> str:
        return self.number
