"""Which devices cases are about."""

from django.db import models

from kantoor.departments.ict.models.cases.case import Case
from kantoor.kernel.store.models import KeptModel


class CaseDevice(KeptModel):
    """A case is about a device."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="devices")
    device = models.ForeignKey("ict.Device", on_delete=models.PROTECT, related_name="cases")

    class Meta:
        db_table = "ict_case_device"
        constraints = [models.UniqueConstraint(fields=["case", "device"], name="case_device_once")]
