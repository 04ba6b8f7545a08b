"""The texts of items, each kept as it was written, and what was decided about them."""

from django.db import models

from kantoor.departments.communication.models.items.item import Item
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

APPROVE, RETURN = "approve", "return"


class ItemText(KeptModel):
    """A text of an item in one language; `number` counts the texts of the item, all languages.

    `body` is Markdown, in which `media:CODE` names a picture of the library; `picture` is the
    code of the one above it.
    """

    kept = Kept.SEALED
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=2)
    number = models.IntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500, default="", blank=True)
    body = models.TextField()
    picture = models.CharField(max_length=60, default="", blank=True)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "communication_text"
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="communication_text_once")
        ]


class ItemPlacing(KeptModel):
    """Somebody said whom an item is for, where or when it is seen; `number` counts those of it."""

    kept = Kept.SEALED
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="placings")
    number = models.IntegerField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "communication_placing"
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="communication_placing_once")
        ]


class ItemDecision(KeptModel):
    """Somebody approved an item as it stood at a version, or gave it back with a reason.

    `placing` and `publish_at` are those that it had then.
    """

    kept = Kept.SEALED
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    version = models.IntegerField()
    placing = models.IntegerField(default=0)
    publish_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8)
    note = models.CharField(max_length=500, default="", blank=True)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "communication_decision"
