"""The process that works on jobs beside those that answer requests; one of the server's family.

It is begun anew when it dies, and when a long job has made it large: its successor shares again
what the first process loaded, so that the memory of a job is given back.
"""

import ctypes
import http.client
import logging
import multiprocessing
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from kantoor.kernel.jobs.worker import Worker

log = logging.getLogger(__name__)

PATIENCE_S = 60.0
"""How long a job may take to come to its next step when the server stops."""
PR_SET_PDEATHSIG = 1

_fork = multiprocessing.get_context("fork")


def die_with_parent() -> None:
    """Ask the system to end this process when the first one dies, however that comes about."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _is_large() -> bool:
    """Whether this process has much memory that it does not share; False where no system tells."""
    try:
        text = Path("/proc/self/smaps_rollup").read_text()
    except OSError:
        return False
    found = re.search(r"^Private_Dirty:\s+(\d+) kB", text, re.MULTILINE)
    return found is not None and int(found[1]) > settings.WORKER_MB * 1024


class JobProcess:
    """The process that works on jobs: begun, begun anew when it ends, stopped."""

    def __init__(self, address: tuple[str, int], name: str, when_ready: Callable[[], None]) -> None:
        self._address = address
        self._name = name
        self._when_ready = when_ready
        self._process: multiprocessing.process.BaseProcess | None = None
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Begin the process, and watch over it."""
        self._begin(announce=True)
        self._watcher.start()

    def stop(self) -> None:
        """Let it come to the end of what it does."""
        self._stopping.set()
        # Only the watcher waits for the process: of two who wait, one would never hear of its end.
        self._tell(signal.SIGTERM)
        self._watcher.join(PATIENCE_S)
        if self._watcher.is_alive():
            log.warning("a job did not come to an end; it goes on at the next start")
            self._tell(signal.SIGKILL)
            self._watcher.join()

    def _tell(self, what: signal.Signals) -> None:
        process = self._process
        if process is not None and process.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, what)

    def _begin(self, *, announce: bool) -> None:
        process = _fork.Process(target=self._work, args=(announce,), name="kantoor-jobs")
        # Until the process has its own handler, the one of the first would swallow the signal.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self._process = process

    def _watch(self) -> None:
        while True:
            process = self._process
            assert process is not None
            process.join()
            if process.exitcode != 0 and not self._stopping.is_set():
                log.error("the worker died (%s); another one begins", process.exitcode)
            if self._stopping.wait(1):
                return
            self._begin(announce=False)
            if self._stopping.is_set():  # after the one before it was told, and before this one was
                self._tell(signal.SIGTERM)

    def _work(self, announce: bool) -> None:
        """In the process itself."""
        die_with_parent()
        worker = Worker(is_large=lambda: not telling.is_alive() and _is_large())
        telling = threading.Thread(target=self._announce, args=(worker.stop,), daemon=True)

        def end(*_: object) -> None:
            # A second one while an event is being set would wait for the first for ever.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            worker.stop.set()

        signal.signal(signal.SIGTERM, end)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process tells when to stop
        if announce:
            telling.start()
        worker.run()

    def _announce(self, stop: threading.Event) -> None:
        """Speak when the first request is answered, and the person need not wait for it."""
        host, port = self._address
        name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
        until = time.monotonic() + 30
        while not stop.is_set() and time.monotonic() < until:
            # Any answer will do, and no proxy of the environment may come between.
            connection = http.client.HTTPConnection(name, port, timeout=2)
            try:
                connection.request("GET", "/healthz", headers={"Host": self._name})
                connection.getresponse()
            except (OSError, http.client.HTTPException):
                stop.wait(0.05)
            else:
                self._when_ready()
                return
            finally:
                connection.close()
