"""Rounds: each time that everybody an item is for is asked to say that they read it."""

from django.db import models

from kantoor.departments.communication.models.items.item import Item
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class ReadingRound(KeptModel):
    """Everybody was asked to read an item; `number` 1 when it was published, more when asked again.

    `why` is told to who read it before: what was corrected.
    """

    kept = Kept.SEALED
    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, db_index=False, related_name="rounds")
    number = models.IntegerField()
    why = models.CharField(max_length=500, default="", blank=True)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "communication_reading_round"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "number"], name="communication_reading_round_once"
            )
        ]


class IncidentNotice(KeptModel):
    """A notice that was written because of something: `about` is its reference (`ict.server/12`)."""

    kept = Kept.SEALED
    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="incident")
    about = models.CharField(max_length=60)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "communication_incident_notice"
        indexes = [
            models.Index(fields=["company", "about", "id"], name="communication_notice_about")
        ]
