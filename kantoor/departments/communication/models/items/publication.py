"""What was published, when and by whom: kept after it was corrected or withdrawn."""

from django.db import models

from kantoor.departments.communication.models.items.item import Item
from kantoor.departments.communication.models.items.text import ItemText
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class Publication(KeptModel):
    """A text that was published; a later one of the same item and language corrects it.

    `note` says what was corrected, and is shown with it.
    """

    kept = Kept.SEALED
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="publications")
    language = models.CharField(max_length=2)
    text = models.ForeignKey(ItemText, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, default="", blank=True)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "communication_publication"


class Withdrawal(KeptModel):
    """An item that was published was withdrawn; `why` is shown where it stood."""

    kept = Kept.SEALED
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="withdrawals")
    why = models.CharField(max_length=500)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "communication_withdrawal"
