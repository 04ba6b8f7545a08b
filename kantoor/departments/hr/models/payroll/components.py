"""A company's own components of pay: a formula each, in versions, and values for employees."""

from django.db import models

from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class Component(KeptModel):
    """A component from the month of `start` on, until another version of its `code`.

    `everyone`: it holds for all; else for those with a value. With `ended` it holds no longer.
    `account` is where it is booked; what a kind is booked on by itself when empty.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=8)
    formula = models.CharField(max_length=500)
    everyone = models.BooleanField()
    account = models.CharField(max_length=20)
    start = models.DateField()
    ended = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "hr_pay_component"


class ComponentValue(KeptModel):
    """A component for one employee, from the month of `start` to that of `until`, both included.

    A later row with the same employee, code and start takes its place.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    value = ExactField()
    start = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "hr_pay_value"
        indexes = [models.Index(fields=["company", "code", "party"], name="pay_value_by_code")]
