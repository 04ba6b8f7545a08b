"""The organisation: units, and which is part of which from a day on."""

from django.db import models

from kantoor.kernel.parties.models import Party
from kantoor.kernel.store.models import KeptModel


class Unit(KeptModel):
    """A team, department or branch that people belong to; `code` never changes.

    `name` is what it is called now; what it was called on a day its versions say.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)

    class Meta:
        db_table = "hr_unit"
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="unit_code_once")]

    def __str__(self) -> str:
        return self.name


class UnitVersion(KeptModel):
    """What a unit is from a day on, until its next version: where it belongs, and who leads it."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    valid_from = models.DateField()
    name = models.CharField(max_length=120)
    within = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    head = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed = models.BooleanField(default=False)

    class Meta:
        db_table = "hr_unit_version"
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_once"),
            models.CheckConstraint(
                condition=~models.Q(within=models.F("unit")), name="unit_not_within_itself"
            ),
        ]
