"""The worker: takes jobs from the queue and does them, long and quick ones beside each other."""

import fcntl
import logging
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import IO

import msgspec
from django.conf import settings
from django.db import OperationalError, close_old_connections, connection, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kantoor.kernel.actors.actor import Actor, actor_for, console_actor, installation_actor
from kantoor.kernel.actors.days import where
from kantoor.kernel.errors import DomainError
from kantoor.kernel.jobs.declared import job_named
from kantoor.kernel.jobs.models import DONE, FAILED, RUNNING, WAITING, Job
from kantoor.kernel.jobs.schedule import enqueue_due
from kantoor.kernel.jobs.work import Interrupted, Work

log = logging.getLogger(__name__)

Step = Callable[[], bool]
"""One turn of a thread; gives whether there may be more to do at once."""

LOOK_EVERY_S = 0.5
LEASE = timedelta(seconds=60)
HEARTBEAT_S = 10.0
GRACE = timedelta(seconds=60)
"""On SQLite a heartbeat may have to wait for a writer, as long as the connection's timeout."""


def claim(*, quick: bool | None = None, worker: str = "") -> Job | None:
    """Take the job that has waited longest, if one is due; `quick` None takes either kind."""
    now = timezone.now()
    due = Q(state=WAITING, run_at__lte=now) | Q(state=RUNNING, locked_until__lt=now - GRACE)
    waiting = Job.objects.filter(due).order_by("run_at", "id")
    if quick is not None:
        waiting = waiting.filter(quick=quick)
    if not waiting.exists():  # so that looking never waits for another's transaction
        return None
    with transaction.atomic():
        job = waiting.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.state, job.worker, job.locked_until = RUNNING, worker, now + LEASE
        job.attempts += 1
        job.started_at = job.started_at or now
        job.save()
    return job


def perform(job: Job, stop: threading.Event | None = None) -> None:
    """Do a claimed job, and keep what came of it."""
    declared = job_named(job.name)
    if declared is None:
        _end(job, FAILED, error=_("This version of Kantoor does not know this job."))
        return
    if job.attempts > declared.tries:
        _end(job, FAILED, error=_("It was broken off {n} times.").format(n=declared.tries))
        return
    try:
        actor = _actor(job)
        with translation.override(actor.language), where(actor):
            work = Work(actor, job, stop)
            result = declared.perform(work, job.parameters)
            _end(job, DONE, result=msgspec.json.encode(result, enc_hook=str).decode())
    except Interrupted:
        _wait(job, attempts=job.attempts - 1)
    except DomainError as refusal:
        with translation.override(job.user.language if job.user else "en"):
            _end(job, FAILED, error=str(refusal), code=refusal.code)
    except Exception as failure:
        log.exception("job %s (%s) failed", job.key, job.name)
        if job.attempts < declared.tries:
            _wait(job, attempts=job.attempts, after_s=5.0 * 4**job.attempts)
        else:
            _end(job, FAILED, error=_("Kantoor itself failed: {why}").format(why=repr(failure)))


def work_off() -> int:
    """Do every job that is due, here and now; gives how many. For tests and the console."""
    count = 0
    while (job := claim()) is not None:
        perform(job)
        count += 1
    return count


def take_over(worker: str) -> int:
    """Put back the jobs that this worker had in hand when it died; gives how many."""
    left = Job.objects.filter(state=RUNNING, worker=worker)
    return left.update(state=WAITING, locked_until=None, run_at=timezone.now())


def _actor(job: Job) -> Actor:
    """Who the job acts for, with the permissions that they have now."""
    if job.company is None:
        return installation_actor()
    if job.user is None or job.user.kind == "system":
        return console_actor(job.company)
    return actor_for(job.user, job.company)


def _end(job: Job, state: str, *, result: str = "", error: str = "", code: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state,
        result=result,
        error=error,
        error_code=code,
        ended_at=timezone.now(),
        locked_until=None,
    )


def _wait(job: Job, *, attempts: int, after_s: float = 0) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=WAITING,
        attempts=attempts,
        locked_until=None,
        run_at=timezone.now() + timedelta(seconds=after_s),
    )


class Worker:
    """The threads of one working process: long jobs, quick jobs, the schedule, the heartbeat.

    One process for each data folder works; a second one stands by until the first is gone. It
    ends by itself when it has nothing to do and `is_large`, for who began it to begin another.
    """

    def __init__(self, is_large: Callable[[], bool] = lambda: False) -> None:
        self.is_large = is_large
        self.stop = threading.Event()
        self.name = f"{socket.gethostname()}:{settings.DATA}"
        self._running: dict[str, int] = {}
        self._lock: IO[str] | None = None

    def run(self) -> None:
        """Work until `stop` is set; a long job is broken off at its next step."""
        if not self._stand_by():
            return
        take_over(self.name)
        threads = [
            threading.Thread(target=self._loop, args=(step, pause_s), name=name)
            for name, step, pause_s in (
                ("long", self._long, LOOK_EVERY_S),
                ("quick", self._quick, LOOK_EVERY_S),
                ("schedule", self._schedule, 1.0),
                ("heartbeat", self._heartbeat, HEARTBEAT_S),
            )
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _stand_by(self) -> bool:
        """Wait until no other process works on this data folder; False when told to stop."""
        self._lock = (Path(settings.DATA) / "worker.lock").open("w")
        while not self.stop.is_set():
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                # Not `stop.wait`: a signal that comes during it could not set the event.
                time.sleep(LOOK_EVERY_S)
        return False

    def _loop(self, step: Step, pause_s: float) -> None:
        while not self.stop.is_set():
            try:
                if step():
                    continue
            except OperationalError as problem:
                log.warning("the database does not answer: %s", problem)
            except Exception:
                log.exception("the worker failed")
            close_old_connections()
            self.stop.wait(pause_s)
        connection.close()

    def _long(self) -> bool:
        return self._one(quick=False)

    def _quick(self) -> bool:
        return self._one(quick=True)

    def _one(self, *, quick: bool) -> bool:
        job = claim(quick=quick, worker=self.name)
        if job is None:
            return False
        self._running[job.key] = job.pk
        try:
            perform(job, self.stop)
        finally:
            del self._running[job.key]
        return True

    def _schedule(self) -> bool:
        enqueue_due(time.monotonic())
        return False

    def _heartbeat(self) -> bool:
        if keys := list(self._running.values()):
            running = Job.objects.filter(pk__in=keys, state=RUNNING)
            running.update(locked_until=timezone.now() + LEASE)
        elif self.is_large():
            # What another thread takes up just now is broken off at its next step, and goes on later.
            self.stop.set()
        return False
