"""Consumables with their stock, stock-takes, and what depends on what."""

from django.db import models

from kantoor.departments.ict.models.devices.devices import Device, Location
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class Consumable(KeptModel):
    """What is used up and reordered: toner, cables, headsets. Below `minimum` it has to be ordered."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    minimum = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "ict_consumable"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="consumable_code_once")
        ]

    def __str__(self) -> str:
        return self.code


class StockMove(KeptModel):
    """So many came in (above nought) or went out; `party` is who got them."""

    kept = Kept.SEALED
    consumable = models.ForeignKey(Consumable, on_delete=models.PROTECT, related_name="moves")
    quantity = models.IntegerField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    party = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "ict_stock_move"


class StockTake(KeptModel):
    """A count of the devices of a place and all places within it; without one, of everything."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True)
    began_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ict_stock_take"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="stock_take_number_once")
        ]

    def __str__(self) -> str:
        return stock_take_number(self.number)


class StockTakeScan(KeptModel):
    """A code that was scanned in a stock-take; `device` is empty where nobody knows it."""

    kept = Kept.SEALED
    stock_take = models.ForeignKey(StockTake, on_delete=models.PROTECT, related_name="scans")
    code = models.CharField(max_length=200)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "ict_stock_take_scan"


class Dependency(KeptModel):
    """`of` does not work without `on`; both are references such as `ict.device/12`."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    of = models.CharField(max_length=60)
    on = models.CharField(max_length=60)

    class Meta:
        db_table = "ict_dependency"
        constraints = [
            models.UniqueConstraint(fields=["company", "of", "on"], name="dependency_once")
        ]
        indexes = [models.Index(fields=["company", "on"], name="dependency_on")]


def stock_take_number(number: int) -> str:
    """The number as people see it: `ST-0012`."""
    return f"ST-{number:04}"


def read_stock_take_number(text: str) -> int | None:
    """The number that a text names; None where it names none."""
    plain = text.strip().upper().removeprefix("ST-")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else None
