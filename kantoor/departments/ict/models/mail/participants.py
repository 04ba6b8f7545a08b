"""Who takes part in a case by mail: they get its answers, and their replies belong to it."""

from django.db import models

from kantoor.departments.ict.models.cases.case import Case
from kantoor.kernel.store.models import KeptModel


class Participant(KeptModel):
    """An address that takes part in a case; `how` they came in: wrote, token, thread or added."""

    subject_field = "subject_id"
    erased_as = {"name": "", "address": ""}
    subject_id = models.BigIntegerField(null=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="participants")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=254)
    how = models.CharField(max_length=8)
    since = models.DateTimeField()

    class Meta:
        db_table = "ict_participant"
        indexes = [models.Index(fields=["address", "case"], name="participant_by_address")]
