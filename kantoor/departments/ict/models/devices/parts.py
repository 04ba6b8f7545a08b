"""What is in a device: components of every kind in one table, as formats/inventory/model.py has them."""

from django.db import models

from kantoor.departments.ict.models.devices.devices import Device
from kantoor.kernel.store.models import KeptModel


class DevicePart(KeptModel):
    """A part of a device. Sizes are bytes (a battery's is mWh), `speed` Hz or bits a second.

    `source` is who reported it. What an inventory says again changes its row; what a section
    leaves out that was in it before is deleted, and stays in the record.
    """

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    maker = models.CharField(max_length=200)
    model = models.CharField(max_length=200)
    serial = models.CharField(max_length=200)
    address = models.CharField(max_length=200)
    version = models.CharField(max_length=200)
    detail = models.CharField(max_length=200)
    size = models.BigIntegerField(null=True)
    free = models.BigIntegerField(null=True)
    speed = models.BigIntegerField(null=True)
    amount = models.BigIntegerField(null=True)
    source = models.CharField(max_length=10)

    class Meta:
        db_table = "ict_device_part"
