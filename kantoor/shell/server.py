"""The server: pages and API, the worker and the schedule, in a small family of processes.

The first process loads everything once and forks the others, so that they share its memory:
one works on jobs, the rest answer requests. It ends them in order, and signs the record's head
when all is still. If it dies, the system ends the others (they ask to be told).
"""

import ctypes
import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from kantoor.kernel.jobs.worker import Worker

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
    """The WSGI application with its routes and templates read, ready to be shared."""
    from django.urls import get_resolver

    from kantoor.config.wsgi import application

    get_resolver()._populate()
    return application


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

    def start(self) -> None:
        """Begin the process, and watch over it."""
        self._begin(announce=True)
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """Let it come to the end of what it does."""
        self._stopping.set()
        process = self._process
        if process is None or process.pid is None:
            return
        os.kill(process.pid, signal.SIGTERM)
        process.join(PATIENCE_S)
        if process.is_alive():
            log.warning("a job did not come to an end; it goes on at the next start")
            os.kill(process.pid, signal.SIGKILL)
            process.join()

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
        signal.signal(signal.SIGTERM, lambda *_: worker.stop.set())
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process tells when to stop
        if announce:
            threading.Thread(target=self._announce, args=(worker.stop,), daemon=True).start()
        worker.run()

    def _announce(self, stop: threading.Event) -> None:
        """Speak when the first request is answered, and the person need not wait for it."""
        host, port = self._address
        name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(
            host, f"[{host}]" if ":" in host else host
        )
        until = time.monotonic() + 30
        while not stop.is_set() and time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://{name}:{port}/healthz", timeout=2).close()
            except OSError:
                stop.wait(0.05)
            else:
                self._when_ready()
                return
