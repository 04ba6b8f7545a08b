"""The life of a device: each state it came into, and the sheets that people signed for it."""

from django.db import models

from kantoor.departments.ict.models.devices.devices import Device
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class Handover(KeptModel):
    """Devices handed to a person (`out`) or taken back (`back`), on one sheet that they sign.

    `signed_how` is `screen` (drawn) or `paper` (a scan); the file is the person's, and is erased
    with them.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    direction = models.CharField(max_length=4)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, related_name="handovers")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_how = models.CharField(max_length=6, default="", blank=True)
    signature = models.ForeignKey(
        "kernel.File", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        db_table = "ict_handover"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="handover_number_once")
        ]

    def __str__(self) -> str:
        return handover_number(self.number)


class HandoverItem(KeptModel):
    """A device on a sheet, with what was seen of it: complete, scratched, without charger."""

    kept = Kept.SEALED
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="items")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    condition = models.CharField(max_length=200)

    class Meta:
        db_table = "ict_handover_item"


class DeviceEvent(KeptModel):
    """A device came into a state; `party` is who had it from then on, `why` what was said of it."""

    kept = Kept.SEALED
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    party = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    handover = models.ForeignKey(
        Handover, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    why = models.CharField(max_length=200)

    class Meta:
        db_table = "ict_device_event"


def handover_number(number: int) -> str:
    """The number as people see it: `H-000012`."""
    return f"H-{number:06}"


def read_handover_number(text: str) -> int | None:
    """The number that a text names; None where it names none."""
    plain = text.strip().upper().removeprefix("H-")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else None
