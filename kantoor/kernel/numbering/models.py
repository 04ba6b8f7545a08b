"""Counters of gapless series."""

from django.db import models

from kantoor.kernel.store.kept import Kept


class Series(models.Model):
    """The last number given out in a series such as `finance.entry/3/2011`."""

    kept = Kept.DERIVED
    key = models.CharField(max_length=100, primary_key=True)
    last = models.BigIntegerField()

    class Meta:
        db_table = "kernel_series"
