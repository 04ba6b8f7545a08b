"""The organisation: units, and which is part of which from a day on."""

from django.db import models

from kantoor.kernel.store.models import KeptModel


class Unit(KeptModel):
    """A team, department or branch that people belong to; `code` never changes."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)

    class Meta:
        db_table = "hr_unit"
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="unit_code_once")]

    def __str__(self) -> str:
        return self.name
