"""What moving instances on writes, gathered and written at once: statements don't grow with rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from kantoor.kernel.store.models import create_together, deletion
from kantoor.kernel.store.pipeline import with_the_next
from kantoor.procedures.models import Instance, Step, Task, Wait

CHANGED_TASK = (
    "whose", "pool", "barred", "due_at", "escalated_at", "state", "ended_at", "done_by", "deputy_for",
)  # fmt: skip
CHANGED_WAIT = ("due_at", "why", "tries")
CHANGED_INSTANCE = (
    "version", "calls", "title", "tokens", "known", "undo", "state", "changed_at", "ended_at",
)  # fmt: skip


@dataclass(eq=False)
class Writing:
    """Rows to be written, by kind; each at most once."""

    instances: dict[int, Instance] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)
    waits: dict[int, Wait] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    withdrawn: set[int] = field(default_factory=set)
    """Requests for approval that nothing waits for any more."""
    new_tasks: list[Task] = field(default_factory=list)
    new_waits: list[Wait] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def flush(self) -> None:
        """Write it all; what is changed goes with the question for new identifiers."""
        left = [each for pk, each in self.waits.items() if pk not in self.gone]
        with with_the_next(max(len(self.instances), len(self.tasks), len(left))):
            _update(Instance, self.instances.values(), CHANGED_INSTANCE)
            _update(Task, self.tasks.values(), CHANGED_TASK)
            _update(Wait, left, CHANGED_WAIT)
        gone = [deletion(Wait, self.gone)] if self.gone else []
        create_together(self.new_tasks, self.new_waits, self.steps, before=gone)


def _update(model: type[Any], rows: Iterable[models.Model], fields: Sequence[str]) -> None:
    if listed := list(rows):
        model.objects.bulk_update(listed, fields)


def elapsed(since: datetime, until: datetime) -> int:
    """Whole seconds from one moment to another."""
    return max(int((until - since).total_seconds()), 0)
