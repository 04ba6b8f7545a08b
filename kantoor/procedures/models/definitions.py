"""Procedures and the versions of their diagrams; each drawing is kept once, by its content."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class Drawing(KeptModel):
    """A BPMN file as it was given, once for the installation: `content` is compressed (zlib)."""

    kept = Kept.SEALED
    digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()

    class Meta:
        db_table = "procedures_drawing"


class Procedure(KeptModel):
    """A procedure of a company, by the key of its diagrams.

    `account` is the machine that performs what the procedure does itself; `published` is the
    version by which new instances begin. A retired one begins no more.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    name_nl = models.CharField(max_length=200, default="", blank=True)
    account = models.ForeignKey("kernel.User", on_delete=models.PROTECT, db_index=False)
    published = models.ForeignKey(
        "procedures.Version",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="published_of",
    )
    start_role = models.CharField(max_length=50, default="", blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "procedures_procedure"
        constraints = [
            models.UniqueConstraint(fields=["company", "key"], name="procedure_key_once")
        ]

    def __str__(self) -> str:
        return self.name


class Version(KeptModel):
    """A version of a procedure: which drawing, who brought it in, and what of it can't run.

    `faults` is JSON, a list of the faults as they were found when it was brought in.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    drawing = models.ForeignKey(Drawing, on_delete=models.PROTECT, db_index=False)
    faults = models.TextField(default="[]")
    note = models.CharField(max_length=300, default="", blank=True)
    made_by = models.ForeignKey("kernel.User", on_delete=models.PROTECT, db_index=False)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "procedures_version"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["procedure", "drawing"], name="version_drawing_once"),
        ]


class StartTrigger(KeptModel):
    """An event at which a published procedure begins by itself, at the element `start`."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="triggers")
    event = models.CharField(max_length=120)
    start = models.CharField(max_length=100)

    class Meta:
        db_table = "procedures_start_trigger"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "event", "start"], name="trigger_once")
        ]
        indexes = [models.Index(fields=["company", "event"], name="trigger_by_event")]
