"""Devices: what each is, where it is and who has it; their models and places."""

from django.db import models

from kantoor.kernel.store.models import KeptModel

KINDS = (
    "computer", "phone", "network", "printer", "storage", "server", "peripheral", "sim", "power",
    "unknown",
)  # fmt: skip
ORDERED, STOCK, ISSUED, REPAIR = "ordered", "stock", "issued", "repair"
RETURNED, WIPED, DISPOSED, FOUND = "returned", "wiped", "disposed", "found"
STATES = (FOUND, ORDERED, STOCK, ISSUED, REPAIR, RETURNED, WIPED, DISPOSED)
"""`found` is a device that an agent reported and nobody registered."""
FIRST_FREE = (STOCK, RETURNED, WIPED, FOUND)
"""States from which a device can be handed out."""
RESERVABLE = (ORDERED, *FIRST_FREE)
"""States in which a device can be kept for somebody."""


class Location(KeptModel):
    """A place where devices are, perhaps within another; `path` names all of them from outside in."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    within = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="places")
    path = models.CharField(max_length=400)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "ict_location"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="location_code_once")
        ]

    def __str__(self) -> str:
        return self.path


class DeviceModel(KeptModel):
    """What a maker calls devices that are alike."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=12)
    maker = models.CharField(max_length=200)
    name = models.CharField(max_length=200)

    class Meta:
        db_table = "ict_device_model"
        constraints = [
            models.UniqueConstraint(fields=["company", "maker", "name"], name="device_model_once")
        ]

    def __str__(self) -> str:
        return f"{self.maker} {self.name}".strip()


class Device(KeptModel):
    """A device. `number` is without gaps in the company: `D-000012` is on its label.

    What it is holds what the best source says (see DeviceSaid). `state` is one of STATES; its
    history stands in DeviceEvent. `price` is in minor units of the company's currency; `asset` is
    the number of the fixed asset in finance; `invoice` what it was bought by. `contract_until` is
    the end of a lease or service contract, named in `contract`. `merged_into` is the device it
    turned out to be: then it is in no list. `reserved_for` is who will get it, and nobody else.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    model = models.ForeignKey(DeviceModel, on_delete=models.PROTECT, null=True)
    serial = models.CharField(max_length=200, default="", blank=True)
    uuid = models.CharField(max_length=200, default="", blank=True)
    system = models.CharField(max_length=200, default="", blank=True)
    system_version = models.CharField(max_length=200, default="", blank=True)
    phone_number = models.CharField(max_length=40, default="", blank=True)
    state = models.CharField(max_length=10)
    holder = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, null=True, related_name="devices"
    )
    reserved_for = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True)
    supplier = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    invoice = models.CharField(max_length=80, default="", blank=True)
    purchased_on = models.DateField(null=True)
    price = models.BigIntegerField(null=True)
    asset = models.CharField(max_length=12, default="", blank=True)
    warranty_until = models.DateField(null=True)
    contract = models.CharField(max_length=100, default="", blank=True)
    contract_until = models.DateField(null=True)
    remark = models.CharField(max_length=500, default="", blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    registered_at = models.DateTimeField()

    class Meta:
        db_table = "ict_device"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="device_number_once")
        ]
        indexes = [
            models.Index(
                fields=["company", "number"],
                condition=models.Q(merged_into__isnull=True),
                name="device_listed",
            ),
            models.Index(
                fields=["reserved_for"],
                condition=models.Q(reserved_for__isnull=False),
                name="device_reserved",
            ),
            models.Index(fields=["company", "state", "number"], name="device_by_state"),
            models.Index(fields=["company", "kind", "number"], name="device_by_kind"),
            models.Index(fields=["company", "serial"], name="device_by_serial"),
            models.Index(fields=["company", "name"], name="device_by_name"),
        ]

    def __str__(self) -> str:
        return device_number(self.number)


class DeviceSaid(KeptModel):
    """What a source (`agent`, `person`, `invoice`) says of a field; which wins see sources.py."""

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="said")
    field = models.CharField(max_length=20)
    source = models.CharField(max_length=10)
    value = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "ict_device_said"
        constraints = [
            models.UniqueConstraint(fields=["device", "field", "source"], name="device_said_once")
        ]


def device_number(number: int) -> str:
    """The number as people see it: `D-000012`."""
    return f"D-{number:06}"


def read_device_number(text: str) -> int | None:
    """The number that a text names, as on a label; None where it names none."""
    plain = text.strip().upper().removeprefix("D-")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else None
