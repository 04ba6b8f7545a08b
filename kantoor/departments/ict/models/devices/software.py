"""Software: titles, their versions, where they are installed, and the licences for them."""

from django.db import models

from kantoor.departments.ict.models.devices.devices import Device
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class SoftwareTitle(KeptModel):
    """A program by its name and publisher, whatever the version."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    name = models.CharField(max_length=200)
    publisher = models.CharField(max_length=120)

    class Meta:
        db_table = "ict_software_title"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "name", "publisher"], name="software_title_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SoftwareVersion(KeptModel):
    """A version of a program."""

    kept = Kept.SEALED
    title = models.ForeignKey(
        SoftwareTitle, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    version = models.CharField(max_length=120)

    class Meta:
        db_table = "ict_software_version"
        constraints = [
            models.UniqueConstraint(fields=["title", "version"], name="software_version_once")
        ]


class Installation(KeptModel):
    """A version that is installed on a device.

    Versions have no index of their own here: it would be most of what an inventory writes (see
    docs/decisions/0180). Who has a program is asked device by device, by the unique index.
    """

    device = models.ForeignKey(
        Device, on_delete=models.PROTECT, related_name="installations", db_index=False
    )
    version = models.ForeignKey(SoftwareVersion, on_delete=models.PROTECT, db_index=False)

    class Meta:
        db_table = "ict_installation"
        constraints = [
            models.UniqueConstraint(fields=["device", "version"], name="installation_once")
        ]


class SoftwareCount(models.Model):
    """On how many devices a title is, in any version; those that turned out to be another left out."""

    kept = Kept.DERIVED
    title = models.OneToOneField(
        SoftwareTitle, on_delete=models.PROTECT, primary_key=True, related_name="count"
    )
    devices = models.IntegerField()

    class Meta:
        db_table = "ict_software_count"


class Licence(KeptModel):
    """The right to use a title on so many devices; `cost` is in minor units of the company's currency.

    `until` is its last day; empty is for good. `reference` is the contract or order.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    title = models.ForeignKey(SoftwareTitle, on_delete=models.PROTECT, related_name="licences")
    seats = models.IntegerField()
    starts_on = models.DateField()
    until = models.DateField(null=True)
    cost = models.BigIntegerField(default=0)
    supplier = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reference = models.CharField(max_length=80, default="", blank=True)
    ended = models.BooleanField(default=False)

    class Meta:
        db_table = "ict_licence"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="licence_number_once")
        ]

    def __str__(self) -> str:
        return licence_number(self.number)


def licence_number(number: int) -> str:
    """The number as people see it: `L-0012`."""
    return f"L-{number:04}"
