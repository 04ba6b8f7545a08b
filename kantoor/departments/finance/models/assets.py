"""Fixed assets: categories, the assets themselves, and the terms they are depreciated by.

What an asset cost and lost stands in its movements (`asset_movements.py`), which are sealed; terms
are sealed too, and a change of estimate adds new ones that hold from then on.
"""

from django.db import models

from kantoor.departments.finance.models.chart import Account
from kantoor.departments.finance.models.ledger import Line
from kantoor.departments.finance.schedules.depreciation import Terms
from kantoor.kernel.fields import ExactField
from kantoor.kernel.money import MICRO
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class AssetCategory(KeptModel):
    """Assets of a kind, with the accounts they are booked on and the terms they usually have.

    `impairment_account` and `disposal_account` may be empty: then the account for depreciation,
    and the one with the role `disposal_result`. `entries` says whether a run makes one entry for
    the category or one for each asset. `fiscal` is what the Dutch limits on depreciation are
    warned by (`other`, `goodwill`, `none`).
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20)
    name_en = models.CharField(max_length=100)
    name_nl = models.CharField(max_length=100)
    cost_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    accumulated_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    expense_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    impairment_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    disposal_account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    method = models.CharField(max_length=10)
    convention = models.CharField(max_length=10)
    life_months = models.IntegerField()
    rate = ExactField()
    switches = models.BooleanField(default=False)
    residual_percentage = ExactField()
    entries = models.CharField(max_length=10, default="category")
    fiscal = models.CharField(max_length=10, default="other")
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "finance_asset_category"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="asset_category_once")
        ]

    def __str__(self) -> str:
        return self.code


class Asset(KeptModel):
    """A fixed asset, or a component (`part_of`) that is depreciated by itself.

    `number` is without gaps in the company. `in_use_from` is empty while it is not used yet, and
    so not depreciated. `line` is the ledger line it was acquired with and `origin` what that
    booked, such as a purchase invoice.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    category = models.ForeignKey(AssetCategory, on_delete=models.PROTECT)
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="components"
    )
    supplier = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, null=True, db_index=False
    )
    serial = models.CharField(max_length=80, default="", blank=True)
    location = models.CharField(max_length=100, default="", blank=True)
    dimension_set_id = models.BigIntegerField(default=0)
    acquired_on = models.DateField()
    in_use_from = models.DateField(null=True)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, null=True, db_index=False)
    origin = models.CharField(max_length=80, default="", blank=True)
    remark = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        db_table = "finance_asset"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="asset_number_once"),
        ]
        indexes = [
            models.Index(
                fields=["line"], condition=models.Q(line__isnull=False), name="asset_by_line"
            ),
            models.Index(fields=["origin"], condition=~models.Q(origin=""), name="asset_by_origin"),
        ]

    def __str__(self) -> str:
        return self.number


class AssetTerms(KeptModel):
    """What an asset is depreciated by from a day on; those of its last event are in force.

    `base` is its book value then and `residual` what it is expected to be worth in the end, in
    minor units; `rate` a percentage a year, `units` what it will still make. `first_month` begins
    the fiscal year.
    """

    kept = Kept.SEALED
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="terms")
    starts_on = models.DateField()
    ends_on = models.DateField()
    method = models.CharField(max_length=10)
    convention = models.CharField(max_length=10)
    base = models.BigIntegerField()
    residual = models.BigIntegerField()
    rate = ExactField()
    switches = models.BooleanField()
    units = ExactField()
    first_month = models.SmallIntegerField()

    class Meta:
        db_table = "finance_asset_terms"

    @property
    def reckoned(self) -> Terms:
        """The terms as they are reckoned with."""
        return Terms(
            method=self.method,  # type: ignore[arg-type]
            base=self.base,
            residual=self.residual,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            convention=self.convention,  # type: ignore[arg-type]
            rate=int(self.rate * MICRO),
            switch=self.switches,
            units=int(self.units * MICRO),
            first_month=self.first_month,
        )


class AssetUse(KeptModel):
    """What an asset made until a day, in its units; below zero it takes back what was too much."""

    kept = Kept.SEALED
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="uses")
    date = models.DateField()
    units = ExactField()
    text = models.CharField(max_length=200)

    class Meta:
        db_table = "finance_asset_use"
