"""Alerts: a figure beyond a threshold, who is told, and when it was."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

ABOVE, BELOW = "above", "below"
QUIET, CROSSED, RAISED = "quiet", "crossed", "raised"
BACK = "back"


class Alert(KeptModel):
    """A figure that must not pass a threshold (a fraction in the figure's own unit).

    Looked at every `every_m` minutes. Beyond the threshold it is `crossed` since a moment, and
    `raised` once that has lasted `lasting_m` minutes; it is quiet again where the figure is back
    at the further level `back`, so that it doesn't flutter. Nobody is told until `muted_until`.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, related_name="+")
    figure = models.CharField(max_length=60)
    comparison = models.CharField(max_length=5)
    threshold_numerator = models.BigIntegerField()
    threshold_denominator = models.BigIntegerField(default=1)
    back_numerator = models.BigIntegerField()
    back_denominator = models.BigIntegerField(default=1)
    lasting_m = models.IntegerField(default=0)
    every_m = models.IntegerField(default=60)
    state = models.CharField(max_length=7, default=QUIET)
    since = models.DateTimeField(null=True, blank=True)
    muted_until = models.DateTimeField(null=True, blank=True)
    active = models.BooleanField(default=True)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "management_alert"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    threshold_denominator__gt=0, back_denominator__gt=0, every_m__gt=0,
                    lasting_m__gte=0,
                ),
                name="alert_in_bounds",
            )
        ]  # fmt: skip


class AlertRecipient(KeptModel):
    """Who is told of an alert."""

    alert = models.ForeignKey(
        Alert, on_delete=models.PROTECT, related_name="recipients", db_index=False
    )
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "management_alert_recipient"
        constraints = [
            models.UniqueConstraint(fields=["alert", "user"], name="alert_recipient_once")
        ]


class AlertNotice(KeptModel):
    """That an alert was raised, or went back, with the figure at that moment.

    `muted` is whether nobody was told, since it was muted.
    """

    kept = Kept.SEALED
    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    alert = models.ForeignKey(
        Alert, on_delete=models.PROTECT, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=6)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField(default=1)
    muted = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "management_alert_notice"
        indexes = [
            models.Index(fields=["alert", "id"], name="alert_notice_of"),
            models.Index(fields=["company", "at"], name="alert_notice_by_time"),
        ]


class AlertCheck(models.Model):
    """When an alert was looked at last, and what its figure was: written over each time."""

    kept = Kept.PASSING
    alert = models.OneToOneField(
        Alert, on_delete=models.CASCADE, primary_key=True, related_name="check_now"
    )
    at = models.DateTimeField()
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(default=1)

    class Meta:
        db_table = "management_alert_check"
