"""Calendars and their versions; whoever reckons with one keeps hold of the version it used."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class Calendar(KeptModel):
    """A calendar of a company, such as office hours; its last version is the one in force."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)

    class Meta:
        db_table = "kernel_calendar"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="calendar_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class CalendarVersion(KeptModel):
    """The hours of a calendar, as they were set at a moment and never changed since.

    `terms` is the JSON of `CalendarTerms` (terms.py): zone, hours by weekday, holidays, own days.
    """

    kept = Kept.SEALED
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    terms = models.TextField()
    user_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_calendar_version"
        constraints = [
            models.UniqueConstraint(fields=["calendar", "number"], name="calendar_version_once")
        ]
