"""The body of a change: what the record keeps of the rows one act wrote to one table."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TypeAlias

from django.db import connection, models

from kantoor.kernel.record import erasure
from kantoor.kernel.store.asking import Question
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.lookup import PLANNED
from kantoor.kernel.store.packing import packed
from kantoor.kernel.store.pipeline import FEW
from kantoor.kernel.store.raw import run
from kantoor.kernel.store.tables import DIGEST_BYTES, Layout, Row, encode, layout_of

CHUNK = 4096
"""Rows in one change, so that reading one row's history never unpacks much more than it."""

SPAN = 16_384
"""The keys of one change lie within so many, so that those of a row are found by its key."""

HIGHEST = (1 << 63) - 1
"""The last key that a database can hold, and that SQLite can be asked for."""

Model: TypeAlias = type[models.Model]
ChangeBody: TypeAlias = tuple[str, str, str, int, int, str, bytes]
"""Table, layout, operation, first and last key, form, body (see record/models.py)."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Rows of a model that an act wrote through the ORM in one way: their states are read back."""

    model: Model
    operation: str
    keys: list[int]

    @property
    def is_small(self) -> bool:
        """Whether a single statement finds all that its bodies say (not where keys of persons do)."""
        return len(self.keys) <= FEW and not getattr(self.model, "subject_field", "")

    def asked(self) -> Question[list[ChangeBody]]:
        """What `bodies` asks where it is small, to be asked together with other questions."""
        assert self.operation != "d" and self.is_small
        sql = _select(layout_of(self.model), len(self.keys))
        return Question(sql, self.keys, self._made, often=len(self.keys) <= PLANNED)

    def bodies(self) -> Iterator[ChangeBody]:
        """The changes."""
        if self.operation == "d":
            return bodies(self.model, "d", [(key,) for key in self.keys])
        return iter(self._made(list(states(layout_of(self.model), self.keys))))

    def _made(self, rows: list[Row]) -> list[ChangeBody]:
        return list(bodies(self.model, self.operation, rows))


def touched(model: Model, noted: dict[int, str]) -> Iterator[Touched]:
    """The rows of a model that an act touched, by how it wrote them."""
    for operation in "iud":
        if keys := sorted(key for key, each in noted.items() if each == operation):
            yield Touched(model, operation, keys)


def states(layout: Layout, keys: Sequence[int]) -> Iterator[Row]:
    """The present canonical rows with these keys (in order), in order."""
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        yield from run(_select(layout, len(some)), some)


@cache
def _select(layout: Layout, count: int) -> str:
    quote = connection.ops.quote_name
    key = quote(layout.columns[0])
    slots = ", ".join(["%s"] * count)
    select = f"SELECT {layout.select()} FROM {quote(layout.table)}"  # noqa: S608
    return f"{select} WHERE {key} IN ({slots}) ORDER BY {key}"


def bodies(model: Model, operation: str, rows: Sequence[Row]) -> Iterator[ChangeBody]:
    """The changes that say these rows (canonical, in order of their key) were written."""
    layout, key = layout_of(model), _layout_key(model)
    for part in _parts(rows, contiguous=_digested(model, operation)):
        form, body = _body(model, operation, part)
        yield layout.table, key, operation, part[0][0], part[-1][0], form, body  # type: ignore[misc]


@cache
def _layout_key(model: Model) -> str:
    return layout_of(model).key


def _digested(model: Model, operation: str) -> bool:
    return getattr(model, "kept", Kept.STATE) is Kept.SEALED and operation != "d"


def _parts(rows: Sequence[Row], *, contiguous: bool) -> Iterator[Sequence[Row]]:
    """Rows in chunks, none wider than SPAN.

    Digests are found by position, so theirs have no gaps in their keys.
    """
    if _contiguous(rows):
        yield from (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
        return
    numbered = enumerate(rows)
    key = _by_run if contiguous else _by_span
    for _, part in groupby(numbered, key=key):
        some = [row for _, row in part]
        yield from (some[start : start + CHUNK] for start in range(0, len(some), CHUNK))


def _by_run(numbered: tuple[int, Row]) -> int:
    return int(numbered[1][0]) - numbered[0]  # type: ignore[arg-type]


def _by_span(numbered: tuple[int, Row]) -> int:
    return int(numbered[1][0]) // SPAN  # type: ignore[arg-type]


def _contiguous(rows: Sequence[Row]) -> bool:
    return not rows or rows[-1][0] - rows[0][0] == len(rows) - 1  # type: ignore[operator]


def _body(model: Model, operation: str, rows: Sequence[Row]) -> tuple[str, bytes]:
    if operation == "d":
        return "k", packed(encode([row[0] for row in rows]), 1)
    if _digested(model, operation):
        return "d", digests(rows)
    if subject_field := getattr(model, "subject_field", ""):
        return "e", _encrypted(model, subject_field, rows)
    return "s", packed(encode(rows), 1)


def digests(rows: Iterable[Row]) -> bytes:
    """The 16-byte digests of canonical rows, one after another."""
    sha256, pack, size = hashlib.sha256, encode, DIGEST_BYTES
    return b"".join([sha256(pack(row)).digest()[:size] for row in rows])


def _encrypted(model: Model, subject_field: str, rows: Sequence[Row]) -> bytes:
    place = layout_of(model).columns.index(model._meta.get_field(subject_field).column)  # type: ignore[union-attr]
    salts = erasure.salts_of([row[place] for row in rows if row[place] is not None])  # type: ignore[misc]
    states = []
    for row in rows:
        state = encode(row)
        if (subject := row[place]) is None:
            states.append([row[0], None, state])
        else:
            assert subject in salts, f"{model.__name__} {row[0]!r} names a person without a key"
            states.append([row[0], subject, erasure.encrypt(salts[subject], state)])
    return encode(states)
