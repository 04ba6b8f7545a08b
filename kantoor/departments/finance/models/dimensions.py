"""Dimensions of lines: cost centre, project, and whatever else a company sorts by."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class Dimension(KeptModel):
    """Something lines are sorted by, such as `cost_centre`."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=30)
    name_en = models.CharField(max_length=100)
    name_nl = models.CharField(max_length=100)

    class Meta:
        db_table = "finance_dimension"
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="dimension_once")]


class DimensionValue(KeptModel):
    """One value of a dimension, such as cost centre `100`."""

    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="values")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=100)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "finance_dimension_value"
        constraints = [
            models.UniqueConstraint(fields=["dimension", "code"], name="dimension_value_once")
        ]


class DimensionSet(KeptModel):
    """A combination of values that lines carry, so that a line needs one column for all.

    `key` is canonical: `cost_centre=100|project=P7`, dimensions in order of their code.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    key = models.CharField(max_length=500)

    class Meta:
        db_table = "finance_dimension_set"
        constraints = [
            models.UniqueConstraint(fields=["company", "key"], name="dimension_set_once")
        ]
