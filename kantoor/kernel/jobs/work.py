"""What a running job is given: who it acts for, how it says how far it is, where it left off."""

import threading
import time
from typing import Any, TypeVar

import msgspec
from django.db import connection
from django.utils import timezone

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.jobs.models import WAITING, Job

T = TypeVar("T")
SAY_EVERY_S = 0.25


class Interrupted(BaseException):
    """The worker stops: the job is put back and goes on later from what it remembers."""


class Work:
    """A job under way. Between its steps it calls `progress`, and may be broken off there."""

    def __init__(self, actor: Actor, job: Job, stop: threading.Event | None = None) -> None:
        self.actor = actor
        self.key = job.key
        self._job_id, self._quick = job.pk, job.quick
        self._memory = job.memory
        self._stop = stop or threading.Event()
        self._said_at = 0.0
        self._unsaid: dict[str, Any] = {}

    def progress(self, done: int, total: int | None = None, message: object = "") -> None:
        """Say how far the work is; people who look see it within a second.

        Within a transaction nobody can see it: it is said at the first call after the commit.
        Raises Interrupted where the worker has to stop, outside of transactions only.
        """
        self._unsaid |= {"done": done, "total": total, "message": str(message)[:300]}
        if connection.in_atomic_block:
            return
        if time.monotonic() - self._said_at >= SAY_EVERY_S or done == total:
            self._say()
        if self._stop.is_set():
            self._say()
            raise Interrupted

    def remember(self, what: object) -> None:
        """Keep where the work is (anything msgspec can encode), for `remembered` after a crash.

        Called in the transaction of a step, it holds exactly when the step does.
        """
        self._memory = msgspec.json.encode(what).decode()
        Job.objects.filter(pk=self._job_id).update(memory=self._memory)

    def remembered(self, kind: type[T]) -> T | None:
        """What was remembered before the job was broken off; nothing at its beginning."""
        return msgspec.json.decode(self._memory, type=kind) if self._memory else None

    def others_wait(self) -> bool:
        """Whether other work of its kind is due, and waits until this ends."""
        due = Job.objects.filter(state=WAITING, quick=self._quick, run_at__lte=timezone.now())
        return due.exclude(pk=self._job_id).exists()

    def _say(self) -> None:
        if self._unsaid:
            Job.objects.filter(pk=self._job_id).update(**self._unsaid)
            self._unsaid = {}
            self._said_at = time.monotonic()
