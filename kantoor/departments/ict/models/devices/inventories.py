"""Inventories that came in: as they were kept, what became of each, and what people must decide."""

from django.db import models

from kantoor.departments.ict.models.devices.devices import Device
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

KEEP_DAYS = 90


class InventoryRaw(KeptModel):
    """That an inventory came, named by its content; what it said is kept apart, for some time.

    `form` is `message` (JSON without what is private, see formats/inventory/messages.py) or
    `unreadable`: then it is what came, byte for byte.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    sha256 = models.CharField(max_length=64)
    form = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        db_table = "ict_inventory_raw"
        constraints = [
            models.UniqueConstraint(fields=["company", "sha256"], name="inventory_raw_once")
        ]


class InventoryContent(models.Model):
    """What an inventory said, packed with zlib. The last of each device stays, older ones go."""

    kept = Kept.PASSING
    raw = models.OneToOneField(
        InventoryRaw, on_delete=models.CASCADE, primary_key=True, related_name="content"
    )
    packed = models.BinaryField()

    class Meta:
        db_table = "ict_inventory_content"


class InventoryReport(KeptModel):
    """What became of an inventory that changed something, or could not be taken.

    `verdict` is new, changed, held, ignored or refused; `code` the reason where there is one, and
    `remarks` (codes, a line each) what was left out. `place` is which device of the inventory.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    raw = models.ForeignKey(InventoryRaw, on_delete=models.PROTECT, related_name="reports")
    place = models.IntegerField()
    agent = models.CharField(max_length=200)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, related_name="reports")
    verdict = models.CharField(max_length=8)
    code = models.CharField(max_length=40)
    remarks = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "ict_inventory_report"
        indexes = [models.Index(fields=["company", "id"], name="inventory_report_by_company")]


class InventoryConflict(KeptModel):
    """An inventory of which a person has to say whose it is.

    `subject` is the agent or what else names the machine; there is one open conflict of each.
    `candidates` are the numbers of the devices it may be, with spaces. `state` is open, then
    merged, new or ignored; `device` is what it was decided to be.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    subject = models.CharField(max_length=220)
    title = models.CharField(max_length=200)
    reason = models.CharField(max_length=40)
    candidates = models.CharField(max_length=200)
    raw = models.ForeignKey(InventoryRaw, on_delete=models.PROTECT, related_name="+")
    place = models.IntegerField()
    at = models.DateTimeField()
    state = models.CharField(max_length=8, default="open")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "ict_inventory_conflict"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "subject"],
                condition=models.Q(state="open"),
                name="inventory_conflict_open_once",
            )
        ]
        indexes = [models.Index(fields=["company", "state", "id"], name="inventory_conflict_list")]


class DeviceSeen(KeptModel):
    """When a device last reported, from where, and digests of what it said.

    Passing: it changes with each report that changes nothing else, and is made anew by the next.
    """

    kept = Kept.PASSING
    device = models.OneToOneField(Device, on_delete=models.CASCADE, related_name="seen")
    at = models.DateTimeField()
    address = models.CharField(max_length=45, default="", blank=True)
    sha256 = models.CharField(max_length=64)
    said = models.CharField(max_length=32)
    programs = models.CharField(max_length=32)

    class Meta:
        db_table = "ict_device_seen"
        indexes = [models.Index(fields=["sha256"], name="device_seen_content")]


class InventoryDoor(KeptModel):
    """From where inventories are taken without a token: networks (CIDR) with spaces; none by default.

    `keep_days` is how long an inventory is kept that is not the last of its device.
    """

    company = models.OneToOneField("kernel.Company", on_delete=models.PROTECT)
    networks = models.CharField(max_length=500, default="", blank=True)
    keep_days = models.IntegerField(default=KEEP_DAYS)

    class Meta:
        db_table = "ict_inventory_door"
