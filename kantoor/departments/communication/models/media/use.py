"""Which texts show which pictures."""

from django.db import models

from kantoor.departments.communication.models.items.text import ItemText
from kantoor.departments.communication.models.media.picture import Picture
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class TextPicture(KeptModel):
    """That a text shows a picture, in it or above it: who may see the one may see the other."""

    kept = Kept.SEALED
    text = models.ForeignKey(ItemText, on_delete=models.PROTECT, related_name="pictures")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="texts")

    class Meta:
        db_table = "communication_text_picture"
        constraints = [
            models.UniqueConstraint(
                fields=["text", "picture"], name="communication_text_picture_once"
            )
        ]
