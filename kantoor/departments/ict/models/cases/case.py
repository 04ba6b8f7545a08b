"""Cases: incidents, requests, problems and changes, from the call to the close."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models.cases.desk import Queue, Service
from kantoor.departments.ict.models.clocks.levels import LevelVersion
from kantoor.kernel.store.models import KeptModel

INCIDENT, REQUEST, PROBLEM, CHANGE = "incident", "request", "problem", "change"
PREFIXES = {INCIDENT: "INC-", REQUEST: "REQ-", PROBLEM: "PRB-", CHANGE: "CHG-"}

NEW, ACTIVE, WAITING, RESOLVED, CLOSED = "new", "active", "waiting", "resolved", "closed"
OPEN, DONE = (NEW, ACTIVE, WAITING), (RESOLVED, CLOSED)
APPROVAL = "approval"
"""What a request waits for that somebody has to agree to first."""


class Case(KeptModel):
    """A case, with the number we gave it (one series for all kinds).

    `requester` is who wants it solved; `contact` who called, where that is nobody we know.
    `impact` and `urgency` are 1 (high) to 3, `priority` 1 to 4. `waiting_for` is caller, vendor,
    problem, evidence or approval; `is_open` follows from the state. `touched_at` is when a person first did something to it: what a machine
    opened it may close while that is NULL. `about` is the key of its cause, by which a machine's
    second report finds it; `level_version` what was agreed on
    times when it was opened. `source`, `reference` and `event` are where it came in from.
    """

    subject_field = "subject_id"
    erased_as = {"title": _("Erased {pk}"), "text": "", "contact": "", "resolution": ""}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    kind = models.CharField(max_length=10, default=INCIDENT)
    title = models.CharField(max_length=200)
    text = models.TextField(default="", blank=True)
    requester = models.ForeignKey(
        "kernel.Party", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    contact = models.CharField(max_length=200, default="", blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    queue = models.ForeignKey(
        Queue, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    assignee = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    impact = models.PositiveSmallIntegerField(default=2)
    urgency = models.PositiveSmallIntegerField(default=2)
    priority = models.PositiveSmallIntegerField(default=3)
    state = models.CharField(max_length=10, default=NEW)
    is_open = models.BooleanField(default=True)
    waiting_for = models.CharField(max_length=10, default="", blank=True)
    channel = models.CharField(max_length=10)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField(null=True, blank=True)
    resolution_code = models.CharField(max_length=40, default="", blank=True)
    resolution = models.TextField(default="", blank=True)
    reopened = models.IntegerField(default=0)
    reassigned = models.IntegerField(default=0)
    about = models.CharField(max_length=200, default="", blank=True)
    level_version = models.ForeignKey(
        LevelVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    source = models.CharField(max_length=200, default="", blank=True)
    reference = models.CharField(max_length=120, default="", blank=True)
    event = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "ict_case"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="case_number_once"),
            models.UniqueConstraint(
                fields=["company", "source", "reference"],
                condition=~models.Q(reference=""),
                name="case_reference_once",
            ),
            models.CheckConstraint(
                condition=models.Q(is_open=True, state__in=OPEN)
                | models.Q(is_open=False, state__in=DONE),
                name="case_open_by_state",
            ),
        ]
        indexes = [
            # SQLite uses a partial index only where its condition stands in the query in full,
            # without a parameter: that is why there is a column for it. It looks at that column all
            # the same: as the last one of the index, counting needs no row of the table.
            models.Index(
                fields=["company", "id", "is_open"],
                condition=models.Q(is_open=True),
                name="case_open",
            ),
            models.Index(fields=["company", "id"], name="case_by_company"),
            models.Index(
                fields=["company", "queue", "id", "is_open"],
                condition=models.Q(is_open=True),
                name="case_open_by_queue",
            ),
            models.Index(
                fields=["assignee", "id"],
                condition=models.Q(is_open=True),
                name="case_open_by_assignee",
            ),
            models.Index(fields=["company", "priority", "id"], name="case_by_priority"),
            models.Index(fields=["requester", "id"], name="case_by_requester"),
            models.Index(
                fields=["company", "about"], condition=~models.Q(about=""), name="case_about"
            ),
        ]

    def __str__(self) -> str:
        return case_number(self.kind, self.number)


def case_number(kind: str, number: int) -> str:
    """The number as people see it: `INC-000012`."""
    return f"{PREFIXES[kind]}{number:06}"


def priority_of(impact: int, urgency: int) -> int:
    """The priority, 1 (critical) to 4 (low), of an impact and an urgency of 1 (high) to 3."""
    return min(impact + urgency - 1, 4)
