"""Pictures: what they show and say, whose they are, and how long they may be used."""

from django.db import models

from kantoor.kernel.files.models import File
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

NOBODY, AGREED, UNASKED = "nobody", "agreed", "unasked"
PEOPLE = (NOBODY, AGREED, UNASKED)
"""Nobody can be recognised; who can agreed; or not everybody was asked."""

SIZES = ("small", "medium", "large", "full")


class Picture(KeptModel):
    """A picture of the library. `code` is its name in texts (`media:CODE`).

    `owner` holds the rights, `licence` says what was agreed and `source` where it came from;
    `expires_on` is the last day on which it may be published anew, None where there is none.
    `alt_nl` and `alt_en` say what can be seen, to who can't see it. `people` names who is shown,
    and `proof` where it stands that they agreed. `why` says why it was taken away.
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    alt_nl = models.CharField(max_length=300)
    alt_en = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)
    licence = models.CharField(max_length=200)
    source = models.CharField(max_length=300, default="", blank=True)
    expires_on = models.DateField(null=True)
    consent = models.CharField(max_length=8, default=NOBODY)
    people = models.CharField(max_length=300, default="", blank=True)
    proof = models.CharField(max_length=300, default="", blank=True)
    added_at = models.DateTimeField()
    added_by_id = models.BigIntegerField(null=True)
    taken_away_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        db_table = "communication_picture"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "code"], name="communication_picture_code_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["company", "expires_on"],
                condition=models.Q(taken_away_at=None, expires_on__isnull=False),
                name="communication_picture_expiry",
            )
        ]

    def __str__(self) -> str:
        return self.title


class PictureSize(KeptModel):
    """A picture in one size, in pixels; nothing of the camera or the place stands in its file."""

    kept = Kept.SEALED
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="sizes")
    name = models.CharField(max_length=6)
    width = models.IntegerField()
    height = models.IntegerField()
    file = models.ForeignKey(File, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        db_table = "communication_picture_size"
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "name"], name="communication_picture_size_once"
            )
        ]
