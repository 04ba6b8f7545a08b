"""Duties that recur, and each time that they came."""

from django.db import models
from django.db.models import Q

from kantoor.kernel.store.models import KeptModel

TASK, CHECKLIST, PROCEDURE = "task", "checklist", "procedure"
OPEN, DONE, SKIPPED = "open", "done", "skipped"


class Duty(KeptModel):
    """Something that has to be done again and again, by its rhythm (engine/rhythms.py).

    `what` is task, checklist or procedure; `whose` in whose inbox it comes, as of a task. It
    appears `lead_days` before it is due. `escalate` is the inbox it goes to when it is late.
    `last_on` is the day of its rhythm that was made last, `appears_on` when the next appears;
    NULL where none follows.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    name_nl = models.CharField(max_length=200, default="", blank=True)
    text = models.TextField(default="", blank=True)
    what = models.CharField(max_length=9, default=TASK)
    checklist = models.ForeignKey("procedures.Checklist", on_delete=models.PROTECT, null=True)
    procedure = models.CharField(max_length=60, default="", blank=True)
    whose = models.CharField(max_length=40)
    escalate = models.CharField(max_length=40, default="", blank=True)
    unit = models.CharField(max_length=5)
    every = models.IntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    which = models.CharField(max_length=13, default="day")
    weekday = models.IntegerField(default=0)
    day = models.IntegerField(default=1)
    month = models.IntegerField(default=1)
    shift = models.CharField(max_length=6, default="", blank=True)
    lead_days = models.IntegerField(default=0)
    last_on = models.DateField(null=True)
    appears_on = models.DateField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "procedures_duty"
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="duty_code_once")]
        indexes = [
            models.Index(
                fields=["appears_on"], name="duty_to_appear", condition=Q(appears_on__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.name


class DutyTime(KeptModel):
    """A duty that came once: for the day `on` of its rhythm, due at the end of a day.

    `whose` is empty where its checklist or procedure stands in somebody's inbox. `evidence` is
    what was said when it was done, or why it was skipped.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="times")
    on = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    whose = models.CharField(max_length=40, default="", blank=True)
    run = models.ForeignKey("procedures.ChecklistRun", on_delete=models.PROTECT, null=True)
    instance = models.ForeignKey("procedures.Instance", on_delete=models.PROTECT, null=True)
    state = models.CharField(max_length=7, default=OPEN)
    is_open = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    evidence = models.TextField(default="", blank=True)

    class Meta:
        db_table = "procedures_duty_time"
        constraints = [
            models.UniqueConstraint(fields=["duty", "on"], name="duty_time_once"),
            models.CheckConstraint(
                condition=Q(is_open=True, state=OPEN) | Q(is_open=False, state__in=[DONE, SKIPPED]),
                name="duty_time_open_by_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "whose", "due_at", "id", "is_open"],
                name="duty_inbox",
                condition=Q(is_open=True),
            ),
            models.Index(
                fields=["due_at", "escalated_at"], name="duty_late", condition=Q(is_open=True)
            ),
        ]
