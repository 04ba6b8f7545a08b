"""The server: pages and API, the worker and the schedule, in a small family of processes.

The first process loads everything once and forks the others, so that they share its memory:
one works on jobs, the rest answer requests. It ends them in order, and signs the record's head
when all is still. If it dies, the system ends the others (they ask to be told).
"""

import ctypes
import gc
import http.client
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.db import DatabaseError, connections
from django.template.loader import get_template
from django.utils import translation
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

import kantoor
from kantoor.kernel.jobs.schedule import scheduled
from kantoor.kernel.jobs.worker import Worker
from kantoor.kernel.ui import formats

log = logging.getLogger(__name__)

THREADS = 8
"""Requests that one process works on at once; more wait their turn."""
WAITING = 256
"""Requests that may wait in one process before new connections do."""
PATIENCE_S = 60.0
"""How long a job may take to come to its next step when the server stops."""
PR_SET_PDEATHSIG = 1

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"handlers": [], "level": "ERROR", "propagate": True}},
}
"""Granian's log goes where ours goes."""

_fork = multiprocessing.get_context("fork")


def is_free(host: str, port: int) -> bool:
    """Whether nobody else listens there; asked first, since sockets may be shared unseen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def serve(host: str, port: int, workers: int, when_ready: Callable[[], None]) -> None:
    """Serve until the process is told to stop (SIGTERM, SIGINT); `when_ready` speaks to people."""
    _load_application()
    connections.close_all()
    gc.collect()
    gc.freeze()  # so that counting references does not copy what the processes share
    multiprocessing.set_start_method("fork", force=True)
    jobs = _Jobs(host, port, when_ready)
    server = Server(
        "kantoor.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=WAITING,
        respawn_failed_workers=True,
        workers_kill_timeout=30,
        log_level=LogLevels.error,
        log_dictconfig=LOGGING,
    )
    server.on_startup(jobs.start)
    server.on_shutdown(jobs.stop)
    server.serve(target_loader=_answering, wrap_loader=False)


def _load_application() -> Any:
    """The WSGI application with all it reads at its first requests, ready to be shared."""
    from kantoor.config.wsgi import application

    for language, _name in settings.LANGUAGES:
        environ: dict[str, Any] = {}
        setup_testing_defaults(environ)
        cookie = f"{settings.LANGUAGE_COOKIE_NAME}={language}"
        environ |= {"PATH_INFO": settings.SIGN_IN_URL, "HTTP_COOKIE": cookie}
        environ["HTTP_HOST"] = _own_name()
        b"".join(application(environ, lambda *_: bytes))
        with translation.override(language):
            formats.reader_locale().territories  # noqa: B018 - reading is loading
            formats.money(1, 2, "EUR")
    for folder in sorted(Path(kantoor.__file__).parent.glob("**/templates")):
        for file in folder.glob("**/*.html"):
            get_template(str(file.relative_to(folder)))
    with suppress(DatabaseError):  # the first questions learn how the tables hang together
        for entry in scheduled():
            entry.needed()
    return application


def _own_name() -> str:
    """A name by which requests may call us."""
    return settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")


def _answering() -> Any:
    """In a process that answers requests: the application."""
    _die_with_parent()
    from kantoor.config.wsgi import application

    return application


def _die_with_parent() -> None:
    """Ask the system to end this process when the first one dies, however that comes about."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


class _Jobs:
    """The process that works on jobs: begun, begun anew when it dies, ended."""

    def __init__(self, host: str, port: int, when_ready: Callable[[], None]) -> None:
        self._address = (host, port)
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
        process.start()
        self._process = process

    def _watch(self) -> None:
        while not self._stopping.is_set():
            process = self._process
            assert process is not None
            process.join()
            if not self._stopping.wait(1):
                log.error("the worker died (%s); another one begins", process.exitcode)
                self._begin(announce=False)

    def _work(self, announce: bool) -> None:
        """In the process itself."""
        _die_with_parent()
        worker = Worker()

        def end(*_: object) -> None:
            # A second one while an event is being set would wait for the first for ever.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            worker.stop.set()

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process tells when to stop
        if announce:
            threading.Thread(target=self._announce, args=(worker.stop,), daemon=True).start()
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
                connection.request("GET", "/healthz", headers={"Host": _own_name()})
                connection.getresponse()
            except (OSError, http.client.HTTPException):
                stop.wait(0.05)
            else:
                self._when_ready()
                return
            finally:
                connection.close()
