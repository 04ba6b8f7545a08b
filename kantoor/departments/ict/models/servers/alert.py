"""What watching programs report, and the troubles that it is about."""

from django.db import models

from kantoor.departments.ict.models.cases.case import Case
from kantoor.departments.ict.models.servers.server import Server
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

FIRING, RESOLVED = "firing", "resolved"


class AlertBody(KeptModel):
    """What a watching program sent, as it came (zlib); the same again is the row there is."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    content = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "ict_alert_body"
        constraints = [
            models.UniqueConstraint(fields=["company", "sha256"], name="alert_body_once")
        ]


class Alert(KeptModel):
    """An alert, from when it began to fire; it is known by its fingerprint and that moment.

    `labels` and `annotations` are JSON. `body` is the last report that changed it.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    fingerprint = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, default=FIRING)
    name = models.CharField(max_length=200)
    severity = models.CharField(max_length=40, default="", blank=True)
    summary = models.CharField(max_length=500, default="", blank=True)
    labels = models.TextField(default="{}")
    annotations = models.TextField(default="{}")
    link = models.CharField(max_length=500, default="", blank=True)
    server = models.ForeignKey(Server, on_delete=models.PROTECT, null=True, related_name="alerts")
    body = models.ForeignKey(AlertBody, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "ict_alert"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "fingerprint", "starts_at"], name="alert_once"
            )
        ]
        indexes = [models.Index(fields=["company", "starts_at", "id"], name="alert_by_start")]

    def __str__(self) -> str:
        return self.name


class Trouble(KeptModel):
    """Something that a machine found wrong, in the incident that it is part of.

    `source` is the key of who found it (`check:12`, `backup:3`); it has one trouble at a time.
    `about` is what is in trouble (`server:4`): those of one thing share an incident.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    source = models.CharField(max_length=120)
    about = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="troubles")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "ict_trouble"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "source"],
                condition=models.Q(ended_at=None),
                name="trouble_once_at_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["company", "source", "began_at"], name="trouble_by_source"),
        ]
