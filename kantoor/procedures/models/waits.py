"""What instances wait for, and events that came for them."""

from django.db import models
from django.db.models import Q

from kantoor.kernel.store.models import KeptModel

TIMER, MESSAGE, CONDITION, FAILED, APPROVAL, ESCALATION = (
    "timer", "message", "condition", "failed", "approval", "escalation",
)  # fmt: skip


class Wait(KeptModel):
    """Something a token waits for; the row is deleted when it came.

    `kind` is timer, message, condition (looked at again), failed (tried again), approval (that a second
    person has to give; `value` is the request) or escalation of a
    task. Of a message `name` is the event, `field` and `value` what of it has to match. `due_at`
    is when a timer comes, a condition is looked at, what failed is tried; null: never by itself.
    `why` is why it failed, `tries` how often.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    instance = models.ForeignKey("procedures.Instance", on_delete=models.PROTECT)
    element = models.CharField(max_length=100)
    token = models.CharField(max_length=36)
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=120, default="", blank=True)
    field = models.CharField(max_length=60, default="", blank=True)
    value = models.CharField(max_length=200, default="", blank=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, default="", blank=True)
    tries = models.IntegerField(default=0)

    class Meta:
        db_table = "procedures_wait"
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="wait_due", condition=Q(due_at__isnull=False)
            ),
            # Whole, since SQLite uses a part of an index only for the very words of its condition.
            models.Index(fields=["company", "name", "field", "value"], name="wait_for_event"),
        ]


class HeardEvent(KeptModel):
    """An event for which something waits, kept in the transaction that told it until it is dealt with.

    `body` is JSON of the event's fields; `told_by` who acted. `depth` is that of the instance by which
    it came about, if one did: how many procedures set each other going before it.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    name = models.CharField(max_length=120)
    body = models.TextField()
    told_at = models.DateTimeField()
    told_by = models.BigIntegerField(null=True)
    depth = models.IntegerField(default=0)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "procedures_heard_event"
        indexes = [
            models.Index(fields=["id"], name="event_to_handle", condition=Q(handled_at=None)),
        ]


class NotBegun(KeptModel):
    """A procedure that should have begun by an event and could not; `why` says what refused it.

    `settled_at` is when it began after all, or was let be by somebody.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    event = models.ForeignKey(HeardEvent, on_delete=models.PROTECT)
    procedure = models.ForeignKey("procedures.Procedure", on_delete=models.PROTECT)
    start = models.CharField(max_length=100)
    why = models.CharField(max_length=500)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "procedures_not_begun"
        indexes = [
            models.Index(
                fields=["company", "id"], name="not_begun_yet", condition=Q(settled_at=None)
            ),
        ]
