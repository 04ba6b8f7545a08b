"""Several who act at the same moment, each on a connection of their own (see committed.py)."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import connection

from kantoor.kernel.errors import DomainError


def meeting(reads: Callable[..., Any]) -> Callable[..., Any]:
    """A function after which whoever called it waits for a second one to, if nothing keeps them apart."""
    both = threading.Barrier(2)

    def together(*given: Any, **said: Any) -> Any:
        seen = reads(*given, **said)
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=2)
        return seen

    return together


def begun(act: Callable[[], Any], told: list[Any]) -> threading.Thread:
    """An act under way; what it gave is told, or the refusal."""

    def do() -> None:
        try:
            told.append(act())
        except DomainError as refused:
            told.append(refused)
        finally:
            connection.close()

    thread = threading.Thread(target=do)
    thread.start()
    return thread


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of them at the same time; gives what each gave or how it was refused, in any order."""
    told: list[Any] = []
    for thread in [begun(act, told) for act in acts]:
        thread.join(timeout=60)
    return told


def outcomes(told: list[Any]) -> list[str]:
    """The names of the refusals, and `done` for what was done, sorted."""
    return sorted(type(each).__name__ if isinstance(each, DomainError) else "done" for each in told)
