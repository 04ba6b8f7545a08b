"""The server: pages and API, the worker and the schedule, in a small family of processes.

The first process loads everything once and forks the others, so that they share its memory:
one works on jobs, the rest answer requests. It ends them in order, and signs the record's head
when all is still. If it dies, the system ends the others (they ask to be told).
"""

import gc
import multiprocessing
import socket
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
from kantoor.kernel.ui import formats
from kantoor.shell.job_process import JobProcess, die_with_parent

THREADS = 8
"""Requests that one process works on at once; more wait their turn."""
WAITING = 256
"""Requests that may wait in one process before new connections do."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"handlers": [], "level": "ERROR", "propagate": True}},
}
"""Granian's log goes where ours goes."""


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
    jobs = JobProcess((host, port), _own_name(), when_ready)
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
    die_with_parent()
    from kantoor.config.wsgi import application

    return application
