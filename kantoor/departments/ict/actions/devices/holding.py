"""Hold inventories of which it is not sure whose they are, until a person says."""

from collections.abc import Sequence

from django.utils import timezone

from kantoor.departments.ict.actions.devices.applying import Read
from kantoor.departments.ict.models import Device, InventoryConflict
from kantoor.departments.ict.models.devices.devices import device_number
from kantoor.kernel.actors.actor import Actor

MOST_CANDIDATES = 10
Held = tuple[int, Read, str, tuple[int, ...]]
"""The raw inventory, the reading, why it is held, and which devices it may be."""


def hold(actor: Actor, held: Sequence[Held]) -> None:
    """Put readings in the queue; one that stands there already is replaced by what came last."""
    if not held:
        return
    latest = {subject_of(read): (raw, read, reason, some) for raw, read, reason, some in held}
    numbers = dict(
        Device.objects.filter(pk__in={key for each in latest.values() for key in each[3]})
        .values_list("pk", "number")
    )  # fmt: skip
    waiting = {
        row.subject: row
        for row in InventoryConflict.objects.filter(
            company_id=actor.company_id, state="open", subject__in=latest
        )
    }
    fresh: list[str] = []
    again: list[str] = []
    for subject, (raw, read, reason, some) in latest.items():
        row = waiting.get(subject)
        if row is not None and row.raw_id == raw:
            continue
        (again if row else fresh).append(subject)
        row = row or InventoryConflict(company_id=actor.company_id, subject=subject)
        row.title, row.reason, row.raw_id = read.reading.title[:200], reason, raw
        row.place, row.at = read.place, timezone.now()
        row.candidates = " ".join(device_number(numbers[key]) for key in some[:MOST_CANDIDATES])
        waiting[subject] = row
    InventoryConflict.objects.bulk_create([waiting[subject] for subject in fresh])
    if again:
        InventoryConflict.objects.bulk_update(
            [waiting[subject] for subject in again],
            ["title", "reason", "raw", "place", "at", "candidates"],
        )


def subject_of(read: Read) -> str:
    """What a reading is of: its agent, or else the best of its keys."""
    return f"{read.keys[0].kind}:{read.keys[0].value}"
