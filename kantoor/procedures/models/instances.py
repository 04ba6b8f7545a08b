"""Instances of procedures: where each stands, and what it passed."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

RUNNING = "running"
STUCK = "stuck"
ENDED = "ended"
CALLED_OFF = "called_off"


class Instance(KeptModel):
    """A procedure under way, or ended; it carries its state alone, the diagram is its version's.

    `number` is its number in the company. `state` is running, stuck (something in it failed),
    ended or called_off. `tokens` is where it stands (engine/frozen.py), `known` its values as
    JSON, `undo` the JSON list of elements that can be undone, `start` the element it began at.
    `calls` is JSON: the versions of procedures it calls, by key. `requester` started it; none
    where an event did, which `cause` then names. `depth` counts the procedures whose events set each
    other going before this one.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    procedure = models.ForeignKey("procedures.Procedure", on_delete=models.PROTECT, db_index=False)
    version = models.ForeignKey("procedures.Version", on_delete=models.PROTECT, db_index=False)
    start = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default=RUNNING)
    requester = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, db_index=False
    )
    cause = models.CharField(max_length=300, default="", blank=True)
    tokens = models.BinaryField()
    known = models.TextField(default="{}")
    undo = models.TextField(default="[]")
    calls = models.TextField(default="{}")
    depth = models.IntegerField(default=0)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "procedures_instance"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="instance_number_once")
        ]
        indexes = [
            models.Index(fields=["company", "state", "id"], name="instance_by_state"),
            models.Index(fields=["procedure", "state", "id"], name="instance_by_procedure"),
            models.Index(fields=["version", "state", "id"], name="instance_by_version"),
        ]


class Step(KeptModel):
    """An element that an instance passed: when the token came, when it left, and how.

    `how` is done (by a person or by Kantoor), happened (an event), failed, skipped or cancelled.
    `elapsed_s` are whole seconds by the clock; `user` did it, `deputy_for` in whose place.
    """

    kept = Kept.SEALED
    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="steps")
    version = models.ForeignKey("procedures.Version", on_delete=models.PROTECT, db_index=False)
    element = models.CharField(max_length=100)
    how = models.CharField(max_length=10)
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, null=True, db_index=False)
    deputy_for = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField()
    elapsed_s = models.BigIntegerField()

    class Meta:
        db_table = "procedures_step"
        indexes = [
            models.Index(fields=["version", "element", "left_at"], name="step_by_element"),
        ]
