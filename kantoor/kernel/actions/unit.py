"""The unit of work: what one action (and the actions it calls) wrote, until it is recorded."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models

from kantoor.kernel.actions.aside import Aside
from kantoor.kernel.store.bulk import write_rows
from kantoor.kernel.store.kept import Kept

if TYPE_CHECKING:
    from kantoor.kernel.store.models import KeptModel


@dataclass(slots=True, eq=False)
class Act:
    """One performed action: its header and the rows it wrote, in order of writing."""

    action: str
    company_id: int | None
    actor_id: int | None
    request: bytes
    cause: str = ""
    about: str = ""
    parent: int | None = None
    given: str = ""
    """The cause that surrounded the act (`because_of`), which those it calls don't inherit."""
    failed: bool = False
    changes: list[tuple[Any, ...]] = field(default_factory=list)
    touched: dict[type[models.Model], dict[int, str]] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Unit:
    """A transaction's work: the outer act first, then those it called."""

    acts: list[Act] = field(default_factory=list)
    stack: list[Act] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)
    """The last identifier taken of each table on SQLite (store/ids.py)."""
    events: list[object] = field(default_factory=list)
    told: dict[int, Act] = field(default_factory=dict)
    """Which act told an event, by the identity of the event."""
    aside: Aside = field(default_factory=Aside)


_current: ContextVar[Unit | None] = ContextVar("unit", default=None)


class WriteOutsideAction(AssertionError):
    """Our own mistake: something wrote a row without going through the action runner."""


def current() -> Unit | None:
    """The unit of work under way, if any."""
    return _current.get()


@contextmanager
def opened() -> Iterator[Unit]:
    """Begin a unit of work; the runner appends it to the record before it commits."""
    assert _current.get() is None
    unit = Unit()
    token = _current.set(unit)
    try:
        yield unit
    finally:
        _current.reset(token)
        unit.aside.close()


@contextmanager
def resumed(work: Unit, act: Act) -> Iterator[None]:
    """What keepers of events write before the commit belongs to the act that told them."""
    work.stack.append(act)
    try:
        yield
    finally:
        work.stack.pop()


def _act() -> Act:
    unit = _current.get()
    if unit is None or not unit.stack:
        raise WriteOutsideAction("rows are written by actions only (kernel/actions)")
    return unit.stack[-1]


def _aside() -> Aside:
    unit = _current.get()
    assert unit is not None
    return unit.aside


def touched(model: type[models.Model], keys: Iterable[int], operation: str) -> None:
    """Note rows written through the ORM; their states are read back when the act is recorded."""
    kept = getattr(model, "kept", Kept.STATE)
    if kept is Kept.PASSING:
        return
    act = _act()
    if kept is Kept.DERIVED:
        return
    assert kept is Kept.STATE or operation != "u", f"{model.__name__} rows are never changed"
    noted = act.touched.setdefault(model, {})
    for key in keys:
        before = noted.get(key)
        # What was inserted in this act and then changed is still an insert.
        noted[key] = "i" if before == "i" and operation == "u" else operation


def inserted(model: type["KeptModel"], rows: Sequence[tuple[Any, ...]]) -> None:
    """Write many canonical rows of contiguous identifiers and note them."""
    if not rows:
        return
    act = _act()
    write_rows(model, rows)
    if model.kept in (Kept.SEALED, Kept.STATE):
        from kantoor.kernel.record.bodies import bodies

        # Digested at once, so that the rows themselves need not stay in memory.
        laid = _aside().laid
        act.changes.extend(laid(change) for change in bodies(model, "i", rows))


def publish(event: object) -> None:
    """Tell an event (a frozen dataclass of the publisher's events.py) after the commit."""
    unit = _current.get()
    assert unit is not None, "events are published by actions"
    unit.events.append(event)
    if unit.stack:
        unit.told[id(event)] = unit.stack[-1]


def caused_by(reference: str) -> None:
    """Name the cause of the act under way: a front-office event, a record, a procedure."""
    _act().cause = reference


def concerns(reference: str) -> None:
    """Name the thing the act under way is about, so that its page shows it."""
    _act().about = reference
