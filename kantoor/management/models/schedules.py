"""Reports that go out by email by themselves, and each that went."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel
from kantoor.management.models.dashboards import Dashboard

DAILY, WEEKLY, MONTHLY = "daily", "weekly", "monthly"


class ReportSchedule(KeptModel):
    """The management report (without a dashboard), or a dashboard, at a time of the company's day.

    `day` is the weekday from 1 (Monday), or the day of the month; `minute` is of the day. Nothing
    is due before `since`.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, related_name="+")
    dashboard = models.ForeignKey(Dashboard, on_delete=models.PROTECT, null=True, related_name="+")
    rhythm = models.CharField(max_length=7)
    day = models.IntegerField(default=1)
    minute = models.IntegerField()
    since = models.DateTimeField()
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "management_schedule"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(day__gte=1, day__lte=28, minute__gte=0, minute__lt=1440),
                name="schedule_in_bounds",
            )
        ]


class ScheduleRecipient(KeptModel):
    """Who gets a report: somebody with an account, who gets what they may see."""

    schedule = models.ForeignKey(
        ReportSchedule, on_delete=models.PROTECT, related_name="recipients", db_index=False
    )
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "management_schedule_recipient"
        constraints = [
            models.UniqueConstraint(fields=["schedule", "user"], name="schedule_recipient_once")
        ]


class ReportSent(KeptModel):
    """That a report which was due at a moment went to somebody, once: the mail and its file.

    Without a mail it did not go, and `why` says so (the account is closed, there is no address).
    """

    kept = Kept.SEALED
    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    schedule = models.ForeignKey(
        ReportSchedule, on_delete=models.PROTECT, related_name="sent", db_index=False
    )
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    mail = models.ForeignKey(
        "kernel.MailOut", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    why = models.CharField(max_length=10, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "management_report_sent"
        constraints = [
            models.UniqueConstraint(fields=["schedule", "due_at", "user"], name="report_sent_once")
        ]
