"""What happened to fixed assets: events, depreciation runs, and the movements both make."""

from django.db import models

from kantoor.departments.finance.models.assets import Asset, AssetTerms
from kantoor.departments.finance.models.calendar import Period
from kantoor.departments.finance.models.ledger import Entry
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

MOVEMENTS = (
    "acquisition",
    "depreciation",
    "impairment",
    "revaluation",
    "disposal",
)
"""The kinds of movements, in the order of a movement schedule (Dutch: verloopstaat)."""


class AssetEvent(KeptModel):
    """Something done to one asset: acquired, impaired, revalued, estimated anew, disposed of.

    `amount` is what its book value changed by, `proceeds` what a disposal brought. `terms` are
    those in force from then on. An event is undone by another whose `undoes` names it.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12)
    date = models.DateField()
    amount = models.BigIntegerField()
    proceeds = models.BigIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, db_index=False)
    terms = models.ForeignKey(AssetTerms, on_delete=models.PROTECT, null=True, db_index=False)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by"
    )
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "finance_asset_event"


class DepreciationRun(KeptModel):
    """The depreciation of all assets through the end of a period, posted at once.

    It is undone as a whole by another whose `reverses` names it.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.CharField(max_length=12)
    period = models.ForeignKey(Period, on_delete=models.PROTECT)
    date = models.DateField()
    asset_count = models.IntegerField()
    amount = models.BigIntegerField()
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "finance_depreciation_run"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="depreciation_run_once")
        ]

    def __str__(self) -> str:
        return self.number


class AssetMovement(KeptModel):
    """What an event or a run changed in an asset, in minor units.

    `cost` is debit positive on the cost account, `accumulated` and `reserve` credit positive on
    the accounts for depreciation and for the revaluation reserve: the book value is cost less
    accumulated. Depreciation says `until` when it counts, and by which terms.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="movements")
    date = models.DateField()
    kind = models.CharField(max_length=12)
    cost = models.BigIntegerField()
    accumulated = models.BigIntegerField()
    reserve = models.BigIntegerField()
    until = models.DateField(null=True)
    terms = models.ForeignKey(AssetTerms, on_delete=models.PROTECT, null=True, db_index=False)
    event = models.ForeignKey(AssetEvent, on_delete=models.PROTECT, null=True)
    run = models.ForeignKey(DepreciationRun, on_delete=models.PROTECT, null=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, db_index=False)

    class Meta:
        db_table = "finance_asset_movement"
        indexes = [models.Index(fields=["company", "date"], name="asset_movement_by_date")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(event__isnull=False) | models.Q(run__isnull=False),
                name="asset_movement_has_a_cause",
            )
        ]


class AssetValue(models.Model):
    """What an asset stands at: proved against its events and movements.

    `terms` are those of the last event, `depreciated` what was depreciated under them, `until`
    the day through which it was depreciated. `disposed_on` is set when all of it is gone.
    """

    kept = Kept.DERIVED
    asset = models.OneToOneField(
        Asset, on_delete=models.PROTECT, primary_key=True, related_name="value"
    )
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    terms = models.ForeignKey(AssetTerms, on_delete=models.PROTECT, null=True, db_index=False)
    cost = models.BigIntegerField()
    accumulated = models.BigIntegerField()
    reserve = models.BigIntegerField()
    depreciated = models.BigIntegerField()
    until = models.DateField(null=True)
    disposed_on = models.DateField(null=True)

    class Meta:
        db_table = "finance_asset_value"
        constraints = [
            # The book value is never below nothing, nor the reserve.
            models.CheckConstraint(
                condition=models.Q(cost__gte=models.F("accumulated"), reserve__gte=0),
                name="asset_value_not_below_nothing",
            )
        ]
