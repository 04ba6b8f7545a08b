"""The schedule: jobs that come by themselves every so often.

@every(minutes=10, when=record_grew)
@job(title=_("Sign the record"), quick=True)
def sign_record(work: Work, /) -> None: ...
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from kantoor.kernel.actors.actor import installation_actor
from kantoor.kernel.jobs.declared import DeclaredJob

log = logging.getLogger(__name__)
Needed = Callable[[], bool]


@dataclass
class Entry:
    """A job of the schedule; `next_at` is on the monotonic clock of this process."""

    job: DeclaredJob[[]]
    every_s: float
    needed: Needed
    next_at: float = field(default_factory=time.monotonic)


_entries: dict[str, Entry] = {}


def every(
    *, minutes: float = 0, seconds: float = 0, when: Needed = lambda: True
) -> Callable[[DeclaredJob[[]]], DeclaredJob[[]]]:
    """Put a job in the queue every so often, provided that `when` (a cheap look) says so.

    The first time is when the worker starts. Never twice at once.
    """

    def note(declared: DeclaredJob[[]]) -> DeclaredJob[[]]:
        _entries[declared.name] = Entry(declared, minutes * 60 + seconds, when)
        return declared

    return note


def scheduled() -> tuple[Entry, ...]:
    """Every entry of the schedule, by name."""
    return tuple(_entries[name] for name in sorted(_entries))


def enqueue_due(now: float) -> int:
    """Put in the queue what is due on the monotonic clock; gives how many jobs."""
    count = 0
    for entry in scheduled():
        if now < entry.next_at:
            continue
        entry.next_at = now + entry.every_s
        try:
            if entry.needed():
                entry.job.enqueue_once("scheduled", installation_actor())
                count += 1
        except Exception:
            log.exception("the schedule could not begin %s", entry.job.name)
    return count
