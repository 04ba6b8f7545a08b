"""Clocking in and out, the shifts planned for people, and the overtime that comes of it.

Marks are lines that are never changed: a wrong one is taken back by another, with a reason.
"""

from django.db import models

from kantoor.kernel.store.guards import register_facts
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

IN, OUT, BACK = "in", "out", "back"
DAY_MINUTES = 24 * 60


class ClockMark(KeptModel):
    """That somebody came or left at `at`, a whole minute in UTC, in the time of `zone`.

    `source` says by what it was made: the own page, a terminal, or a correction with its `why`.
    One of kind `back` takes another back.
    """

    subject_field = "subject_id"
    erased_as = {"why": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    kind = models.CharField(max_length=4)
    zone = models.CharField(max_length=50)
    source = models.CharField(max_length=10)
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="taken_back_by", null=True
    )
    why = models.CharField(max_length=500, default="", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "hr_clock_mark"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=BACK, takes_back__isnull=False)
                | models.Q(kind__in=[IN, OUT], takes_back=None),
                name="clock_mark_makes_sense",
            )
        ]
        indexes = [
            models.Index(fields=["company", "at"], name="clock_mark_by_time"),
            models.Index(fields=["party", "at"], name="clock_mark_by_party"),
        ]


class Shift(KeptModel):
    """A shift by its code, in the version written last: from `starts` to `ends`.

    Both in minutes of the local day; one that ends at or before its start goes on past midnight.
    `pause` is the break that is not paid, in minutes. `ended`: it is not planned any more.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    pause = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=50)
    ended = models.BooleanField(default=False)

    class Meta:
        db_table = "hr_shift"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts__lt=DAY_MINUTES, ends__lte=DAY_MINUTES),
                name="shift_within_days",
            )
        ]

    @property
    def minutes(self) -> int:
        """How long it is by the clock on the wall, its break included."""
        return (self.ends - self.starts - 1) % DAY_MINUTES + 1

    def __str__(self) -> str:
        return self.code


class PlannedShift(KeptModel):
    """The shift that somebody works on a day; what was planned before is withdrawn."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hr_planned_shift"
        constraints = [
            models.UniqueConstraint(
                fields=["party", "day"],
                condition=models.Q(withdrawn_at=None),
                name="planned_shift_once",
            )
        ]
        indexes = [models.Index(fields=["company", "day"], name="planned_shift_by_day")]


class OvertimeRule(KeptModel):
    """That minutes are paid `percent` of the wage from `start` on: 100 is no overtime any more.

    `kind` says which: those of a `day` or `week` beyond `after` minutes, or those on a `saturday`,
    `sunday` or `holiday`. A version: the one of its kind and `after` that starts last holds.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT)
    kind = models.CharField(max_length=8)
    after = models.PositiveIntegerField()
    percent = models.PositiveSmallIntegerField()
    start = models.DateField()

    class Meta:
        db_table = "hr_overtime_rule"


class WorkedTime(KeptModel):
    """Minutes of a day at a percentage of the wage that a manager approved, for pay.

    What was corrected after it was approved is a difference: a day is the sum of its rows.
    """

    kept = Kept.SEALED
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    percent = models.PositiveSmallIntegerField()
    minutes = models.IntegerField()
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        db_table = "hr_worked_time"
        indexes = [
            models.Index(fields=["company", "day"], name="worked_time_by_day"),
            models.Index(fields=["party", "day"], name="worked_time_by_party"),
        ]


# Why, and whose key it is, are erased with the person.
_ERASED = ("id", "why", "subject_id")
register_facts(
    "hr_clock_mark",
    [str(each.column) for each in ClockMark._meta.concrete_fields if each.column not in _ERASED],
    "a mark of the clock never changes, it is taken back",
)
