"""Allocation keys: what is distributed, over which values, by what; and the runs that did it."""

from django.db import models

from kantoor.departments.finance.models.calendar import Period
from kantoor.departments.finance.models.dimensions import Dimension, DimensionValue
from kantoor.departments.finance.models.ledger import Entry
from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class AllocationKey(KeptModel):
    """Distributes what accounts moved in a period over values of a dimension.

    The accounts from `first_account` to `last_account` (by code), of lines with the value
    `source` of the dimension, or without one when it is empty. `basis` is `percentage`,
    `figures` (head count, square metres), or `balances` of the accounts from `first_basis` to
    `last_basis` by value.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, db_index=False)
    source = models.CharField(max_length=30, default="", blank=True)
    first_account = models.CharField(max_length=20)
    last_account = models.CharField(max_length=20)
    basis = models.CharField(max_length=10)
    first_basis = models.CharField(max_length=20, default="", blank=True)
    last_basis = models.CharField(max_length=20, default="", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "finance_allocation_key"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="allocation_key_once")
        ]

    def __str__(self) -> str:
        return self.code


class AllocationShare(KeptModel):
    """A value that gets a part, and how much it weighs."""

    key = models.ForeignKey(AllocationKey, on_delete=models.PROTECT, related_name="shares")
    value = models.ForeignKey(DimensionValue, on_delete=models.PROTECT, db_index=False)
    weight = ExactField()

    class Meta:
        db_table = "finance_allocation_share"
        constraints = [
            models.UniqueConstraint(fields=["key", "value"], name="allocation_share_once")
        ]


class AllocationRun(KeptModel):
    """What a key distributed in a period; taken back by another whose `reverses` names it."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.CharField(max_length=12)
    key = models.ForeignKey(AllocationKey, on_delete=models.PROTECT)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, db_index=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, db_index=False)
    amount = models.BigIntegerField()
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "finance_allocation_run"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="allocation_run_once")
        ]

    def __str__(self) -> str:
        return self.number
