"""Readings: what a figure was, by month, as it was read at a moment."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class Reading(KeptModel):
    """The value of a figure in a month, as the system said at `taken_at`: a fraction, exactly.

    Without a numerator there was nothing to measure. A month that reads otherwise later gets a
    further row, and the last one counts: what a board was shown can be looked up for ever.
    """

    kept = Kept.SEALED
    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    figure = models.CharField(max_length=60)
    month = models.DateField()
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(default=1)
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "management_reading"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(denominator__gt=0), name="reading_is_a_fraction"
            )
        ]
        indexes = [
            models.Index(fields=["company", "figure", "month", "id"], name="reading_by_month")
        ]
