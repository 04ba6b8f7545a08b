"""A part of an action that may fail as a whole while the rest of the action goes on."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from kantoor.kernel.actions import unit


@contextmanager
def attempt() -> Iterator[None]:
    """What is written within is undone, in the database and for the record, when it raises.

    The exception goes on to the caller, who decides what it means.
    """
    work = unit.current()
    assert work is not None, "an attempt is part of an action"
    acts, events = len(work.acts), len(work.events)
    written = [len(act.changes) for act in work.acts]
    touched = [{model: dict(rows) for model, rows in act.touched.items()} for act in work.acts]
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del work.acts[acts:], work.events[events:]
        for act, count, rows in zip(work.acts, written, touched, strict=True):
            del act.changes[count:]
            act.touched = rows
        raise
