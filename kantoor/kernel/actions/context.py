"""What surrounds an action without being its parameter: its cause, and an approval given."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

cause_given: ContextVar[str] = ContextVar("cause_given", default="")
approved_by: ContextVar[str] = ContextVar("approved_by", default="")
"""The name of the action that a second person just approved."""


@contextmanager
def because_of(reference: str) -> Iterator[None]:
    """Actions performed within name this as their cause (`record:12`, `event:webshop/536365`)."""
    token = cause_given.set(reference)
    try:
        yield
    finally:
        cause_given.reset(token)


@contextmanager
def approved(action: str) -> Iterator[None]:
    """The action was approved by a second person: it is not asked again."""
    token = approved_by.set(action)
    try:
        yield
    finally:
        approved_by.reset(token)
