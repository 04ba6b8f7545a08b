"""The clocks of cases: they follow from timelines and service levels, and are proved from these."""

from django.db import models

from kantoor.departments.ict.models.cases.case import Case
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

RUNNING, PAUSED, MET, MISSED = "running", "paused", "met", "missed"


class Clock(models.Model):
    """One clock of a case as it stands since `since`, when it last changed.

    `allowed` and `spent` are seconds of the calendar; `allowed` is NULL where nothing is promised
    for the priority. `due_at` is when it runs out (or ran out, or would have when it stopped),
    NULL while paused with time left. `misses` counts deadlines that went by before it stopped,
    was paused or began anew; a running one is late once `due_at` has passed.
    """

    kept = Kept.DERIVED
    pk = models.CompositePrimaryKey("case_id", "clock")
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="clocks")
    clock = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    running = models.BooleanField()
    allowed = models.IntegerField(null=True)
    spent = models.BigIntegerField()
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    misses = models.IntegerField(default=0)

    class Meta:
        db_table = "ict_clock"
        indexes = [
            models.Index(
                fields=["company", "due_at", "case", "clock"],
                condition=models.Q(running=True),
                name="clock_running",
            ),
            models.Index(
                fields=["warn_at"], condition=models.Q(running=True), name="clock_to_warn"
            ),
        ]


class ClockSpan(models.Model):
    """An interval of a clock, running or paused, and why; `spent` are seconds of the calendar.

    The last one has no end yet. `why` is the state of the case; `begins` says that the count
    began anew with it (an update was given).
    """

    kept = Kept.DERIVED
    pk = models.CompositePrimaryKey("case_id", "clock", "place")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="+")
    clock = models.CharField(max_length=10)
    place = models.IntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    running = models.BooleanField()
    begins = models.BooleanField()
    why = models.CharField(max_length=60)
    priority = models.PositiveSmallIntegerField()
    spent = models.BigIntegerField()

    class Meta:
        db_table = "ict_clock_span"


class ClockWarning(KeptModel):
    """That a deadline comes near was told once; another deadline of the clock is another."""

    kept = Kept.SEALED
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="+")
    clock = models.CharField(max_length=10)
    due_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        db_table = "ict_clock_warning"
        constraints = [
            models.UniqueConstraint(fields=["case", "clock", "due_at"], name="clock_warning_once")
        ]


class Escalation(KeptModel):
    """That a deadline passed was told once, to `user_id`: the lead of the queue or the owner of the
    service; where neither is known, to whoever manages the desk."""

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="+")
    clock = models.CharField(max_length=10)
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "ict_escalation"
        constraints = [
            models.UniqueConstraint(fields=["case", "clock", "due_at"], name="escalation_once")
        ]
        indexes = [models.Index(fields=["company", "user_id", "id"], name="escalation_to")]
