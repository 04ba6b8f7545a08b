"""Objectives, the key results by which one sees that they are reached, and what is said of them."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

SINCE, MONTH = "since", "month"
"""How a figure of days is measured: from the first day of the objective, or by whole month."""
REACHED, PARTLY, DROPPED = "reached", "partly", "dropped"


class Objective(KeptModel):
    """What is to be reached from `starts_on` to `ends_on`, and who answers for it.

    Closed with a conclusion it says how it ended (`outcome`), and changes no more.
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.IntegerField()
    title_nl = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    owner = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    set_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=7, default="", blank=True)
    conclusion = models.TextField(default="", blank=True)

    class Meta:
        db_table = "management_objective"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="objective_number_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="objective_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title_en


class KeyResult(KeptModel):
    """A figure that goes from a start to a target by a day; both are fractions in its own unit.

    `over` says how a figure of days is measured. `ended_at` is when it was taken off.
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, related_name="results", db_index=False
    )
    figure = models.CharField(max_length=60)
    over = models.CharField(max_length=5, default=SINCE)
    start_numerator = models.BigIntegerField()
    start_denominator = models.BigIntegerField(default=1)
    target_numerator = models.BigIntegerField()
    target_denominator = models.BigIntegerField(default=1)
    due_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "management_key_result"
        indexes = [models.Index(fields=["objective", "id"], name="key_result_of")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start_denominator__gt=0, target_denominator__gt=0),
                name="key_result_is_a_fraction",
            )
        ]


class ObjectiveComment(KeptModel):
    """What somebody said of an objective, and when."""

    kept = Kept.SEALED
    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, related_name="comments", db_index=False
    )
    author = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+", null=True)
    text = models.TextField()
    said_at = models.DateTimeField()

    class Meta:
        db_table = "management_comment"
        indexes = [models.Index(fields=["objective", "id"], name="objective_comment_of")]
