"""What is written within is undone: for modules whose tests all look at the same company."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that is rolled back at its end; actions within it work as they do outside."""
    atomic = transaction.atomic()
    # What Django's own test cases do, so that a durable transaction may begin within.
    atomic._from_testcase = True  # type: ignore[attr-defined]
    with atomic:
        try:
            yield
        finally:
            transaction.set_rollback(True)


@contextmanager
def connection_kept() -> Iterator[None]:
    """Requests to the application itself leave the connection, and its transaction, open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
