"""Cost of cases booked to the departments that asked: where, and what was booked of which month."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class ChargeSettings(KeptModel):
    """Where cases are booked: `cost` is debited to who asked, `covered` credited to ICT.

    Codes of the chart; `cost_centre` is ICT's own. The last one written holds.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT)
    cost = models.CharField(max_length=20)
    covered = models.CharField(max_length=20)
    cost_centre = models.CharField(max_length=40)

    class Meta:
        db_table = "ict_charge_settings"


class Charge(KeptModel):
    """What an entry booked of the work of a month on a cost centre, by the settings of then.

    In minor units of the company's currency. What changes later is booked as a difference, and
    what is taken back as its opposite: what a month has booked is the sum of its rows.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    settings = models.ForeignKey(
        ChargeSettings, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    month = models.DateField()
    entry = models.CharField(max_length=40)
    cost_centre = models.CharField(max_length=40)
    minutes = models.BigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        db_table = "ict_charge"
        indexes = [models.Index(fields=["company", "month"], name="charge_by_month")]
