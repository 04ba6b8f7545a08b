"""Remarks on texts while they are written: about a passage or the whole, until they are settled."""

from django.db import models

from kantoor.departments.communication.models.items.text import ItemText
from kantoor.kernel.store.models import KeptModel


class ItemRemark(KeptModel):
    """What somebody said of a text; `passage` is what of it they mean, empty for the whole.

    It is settled when who writes the text dealt with it.
    """

    text = models.ForeignKey(ItemText, on_delete=models.PROTECT, related_name="remarks")
    passage = models.CharField(max_length=300, default="", blank=True)
    said = models.CharField(max_length=2_000)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "communication_remark"
