"""Checklists: templates, runs of them, and what was observed of each item and when."""

from django.db import models
from django.db.models import Q

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

OPEN, TICKED, HOLDS, WAIVED = "open", "ticked", "holds", "waived"


class Checklist(KeptModel):
    """A template: `inputs` are the names, with a blank between, of what a run is told about
    (`employee`), which expressions of its items may use."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    name_nl = models.CharField(max_length=200, default="", blank=True)
    inputs = models.CharField(max_length=300, default="", blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "procedures_checklist"
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="checklist_once")]

    def __str__(self) -> str:
        return self.name


class ChecklistItem(KeptModel):
    """An item of a template, at its `place`. Without a `query` a person ticks it; with one it is
    observed: what the query answers to `given` (JSON, expressions by parameter) is `result` in the
    expression `holds`. `listens` are events, with a blank between, after which it is looked at."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="items")
    place = models.IntegerField()
    title = models.CharField(max_length=200)
    title_nl = models.CharField(max_length=200, default="", blank=True)
    query = models.CharField(max_length=120, default="", blank=True)
    given = models.TextField(default="{}")
    holds = models.CharField(max_length=500, default="", blank=True)
    listens = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        db_table = "procedures_checklist_item"
        constraints = [
            models.UniqueConstraint(fields=["checklist", "place"], name="checklist_item_once")
        ]


class ChecklistRun(KeptModel):
    """A checklist that is gone through once. `about` is what it belongs to (`procedures.asked_request/7`).

    `whose` says in whose inbox it stands, as of a task; `known` is JSON of what it was told.
    `look_at` is when its observed items are looked at again by themselves, NULL where none is left.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT)
    about = models.CharField(max_length=80, default="", blank=True)
    title = models.CharField(max_length=200, default="", blank=True)
    known = models.TextField(default="{}")
    whose = models.CharField(max_length=40)
    started_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True)
    is_open = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        db_table = "procedures_checklist_run"
        indexes = [
            models.Index(
                fields=["company", "whose", "due_at", "id", "is_open"],
                name="checklist_run_inbox",
                condition=Q(is_open=True),
            ),
            models.Index(
                fields=["look_at"], name="checklist_run_look", condition=Q(look_at__isnull=False)
            ),
            models.Index(
                fields=["company", "about"], name="checklist_run_about", condition=~Q(about="")
            ),
        ]


class RunItem(KeptModel):
    """An item of a run, as the template had it when the run began.

    `state` is open, ticked (by `user`, with a `note`), holds (observed) or waived (by `user`, who
    is somebody else than runs it, with the reason as `note`); `at` is since when.
    """

    run = models.ForeignKey(ChecklistRun, on_delete=models.PROTECT, related_name="items")
    place = models.IntegerField()
    title = models.CharField(max_length=200)
    title_nl = models.CharField(max_length=200, default="", blank=True)
    query = models.CharField(max_length=120, default="", blank=True)
    given = models.TextField(default="{}")
    holds = models.CharField(max_length=500, default="", blank=True)
    listens = models.CharField(max_length=500, default="", blank=True)
    state = models.CharField(max_length=6, default=OPEN)
    note = models.CharField(max_length=1000, default="", blank=True)
    user = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    at = models.DateTimeField(null=True)

    class Meta:
        db_table = "procedures_run_item"
        constraints = [models.UniqueConstraint(fields=["run", "place"], name="run_item_once")]


class Observation(KeptModel):
    """What was observed of an item, kept whenever it was something else than before.

    `result` is JSON of what the query answered, cut at a length that says so; `why` says why it
    could not be asked.
    """

    kept = Kept.SEALED
    item = models.ForeignKey(RunItem, on_delete=models.PROTECT, related_name="observations")
    at = models.DateTimeField()
    held = models.BooleanField()
    result = models.TextField(default="", blank=True)
    why = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        db_table = "procedures_observation"


class RunListener(KeptModel):
    """An event of the company after which a run's observed items are looked at; gone when it ends."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    run = models.ForeignKey(ChecklistRun, on_delete=models.PROTECT, related_name="listeners")
    event = models.CharField(max_length=120)

    class Meta:
        db_table = "procedures_run_listener"
        constraints = [models.UniqueConstraint(fields=["run", "event"], name="run_listener_once")]
        indexes = [models.Index(fields=["company", "event"], name="run_listener_by_event")]
