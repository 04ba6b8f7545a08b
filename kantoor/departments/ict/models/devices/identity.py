"""By what devices are known, and which turned out to be one."""

from django.db import models

from kantoor.departments.ict.models.devices.devices import Device
from kantoor.kernel.store.models import KeptModel


class DeviceMerge(KeptModel):
    """Two devices turned out to be one: `gone` is `kept`, until it is undone."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    kept_device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="merged_by")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ict_device_merge"


class DeviceKey(KeptModel):
    """One thing by which a device is known (see formats/inventory/identity.py).

    `state` is `own`; `shared` where it was decided that several devices have it, so that it says
    nothing; or `ignored` for an agent whose reports nobody wants. `merge` is the merge that
    took the key from the device it was given to, and stays when that one is made one with another:
    each merge in a chain can be undone by itself.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=8)
    value = models.CharField(max_length=200)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, related_name="keys")
    source = models.CharField(max_length=10)
    state = models.CharField(max_length=8, default="own")
    merge = models.ForeignKey(DeviceMerge, on_delete=models.PROTECT, null=True, db_index=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "ict_device_key"
        constraints = [
            models.UniqueConstraint(fields=["company", "kind", "value"], name="device_key_once")
        ]
