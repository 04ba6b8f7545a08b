"""The states that the record holds of one row, from the latest to the first."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kantoor.kernel.record import erasure
from kantoor.kernel.record.bodies import HIGHEST, SPAN
from kantoor.kernel.record.canonical import CHANGES_BITS
from kantoor.kernel.store.raw import run
from kantoor.kernel.store.tables import Layout, Row, decode

_SQL = (
    "SELECT id, layout, operation, form, body FROM kernel_change WHERE tablename = %s"
    " AND last_id >= %s AND last_id <= %s AND first_id <= %s AND id < %s"
    " ORDER BY id DESC LIMIT 50"
)
_FIRST = (
    "SELECT id, layout, operation, form, body FROM kernel_change WHERE tablename = %s"
    " AND last_id >= %s AND last_id <= %s AND first_id <= %s AND operation = 'i' ORDER BY id"
)


@dataclass(frozen=True)
class State:
    """A row as an act left it.

    `values` follow the columns of the layout with the key `layout`; None when they can't be told:
    the row is sealed (the record holds a digest), was deleted, or belongs to a person who was
    erased.
    """

    change_id: int
    layout: str
    operation: str
    values: Row | None = None
    personal: bool = False
    erased: bool = False
    sealed: bool = False

    @property
    def seq(self) -> int:
        """The act's sequence number in the record."""
        return self.change_id >> CHANGES_BITS


def states_of(table: str, key: int) -> Iterator[State]:
    """Every recorded state of a row, the latest first."""
    before = HIGHEST
    while rows := run(_SQL, [table, key, _reach(key), key, before]):
        for change_id, layout, operation, form, body in rows:
            before = change_id
            state = _state(State(change_id, layout, operation), key, form, body)
            if state is not None:
                yield state


def first_act(table: str, key: int) -> int | None:
    """The sequence number of the act that wrote a row in the first place."""
    for change_id, layout, operation, form, body in run(_FIRST, [table, key, _reach(key), key]):
        if _state(State(change_id, layout, operation), key, form, body) is not None:
            return int(change_id) >> CHANGES_BITS
    return None


def _reach(key: int) -> int:
    """The last key that a change of this row may end with."""
    return min(key + SPAN - 1, HIGHEST)


def latest_state(layout: Layout, key: int) -> State | None:
    """The latest recorded state of a row, when it was recorded under this layout."""
    latest = next(states_of(layout.table, key), None)
    return latest if latest is not None and latest.layout == layout.key else None


def _state(about: State, key: int, form: str, body: bytes) -> State | None:
    """The state in a change of this row; None when the change is of rows around it."""
    if form == "d":
        return _with(about, sealed=True)
    if form == "k":
        return about if key in decode(zlib.decompress(body)) else None
    if form == "s":
        rows = decode(zlib.decompress(body))
        values = next((row for row in rows if row[0] == key), None)
        return None if values is None else _with(about, values=tuple(values))
    for row_key, subject, text in decode(body):
        if row_key == key:
            return _personal(about, subject, text)
    return None


def _personal(about: State, subject: int | None, text: bytes) -> State:
    if subject is None:
        return _with(about, values=tuple(decode(text)))
    salt = erasure.salts_of([subject]).get(subject)
    state = None if salt is None else erasure.decrypt(salt, text)
    if state is None:
        return _with(about, personal=True, erased=True)
    return _with(about, values=tuple(decode(state)), personal=True)


def _with(about: State, **more: object) -> State:
    return replace(about, **more)  # type: ignore[arg-type]
