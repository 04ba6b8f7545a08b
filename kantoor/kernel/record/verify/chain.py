"""The record against itself: every hash of every act and change, the tree, and its heads."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kantoor.kernel.record.canonical import (
    CHANGE_BYTES,
    CHANGES_BITS,
    VERSION,
    change_hash,
    leaf_hash,
)
from kantoor.kernel.record.merkle import Frontier
from kantoor.kernel.record.verify.provers import Fault
from kantoor.kernel.store.stream import FEW, stream
from kantoor.kernel.store.tables import Layout

RECORDS = (
    "SELECT version, seq, at, company_id, actor_id, action, outcome, code, about, cause,"
    " request, changes, leaf FROM kernel_record ORDER BY seq"
)
CHANGES = (
    "SELECT id, seq, tablename, layout, operation, first_id, last_id, form, body"
    " FROM kernel_change ORDER BY id"
)
_LEAVES_AT_ONCE = 4_096
MANY = 1_000
"""So many missing rows in a line are named one by one."""
_PLACE = (1 << CHANGES_BITS) - 1
_CAUSE = re.compile(r"record:(\d{1,19})", re.ASCII)

Report = Callable[[str, int], None]
"""Is told now and then how many rows of a table were checked."""


@dataclass
class Written:
    """What the record says of one table: the layouts of its changes and its highest key."""

    layouts: set[str] = field(default_factory=set)
    last: int = 0


@dataclass
class Chain:
    """What reading the whole record gave."""

    size: int = 0
    records: int = 0
    changes: int = 0
    computed: Frontier = field(default_factory=Frontier)
    stored: Frontier | None = None
    """Over the leaf hashes as they are stored, once one of them isn't its row's own."""
    whole: bool = True
    """Whether no row of the record is missing, so that the tree can be computed."""
    tables: dict[str, Written] = field(default_factory=dict)

    def roots(self) -> tuple[bytes, ...]:
        """The roots that the record may have: by its rows, and by their stored leaf hashes.

        A changed cell makes the two differ. The row is named already; that the head holds only
        one of them tells nothing new.
        """
        return tuple(f.root() for f in (self.computed, self.stored) if f is not None)


Checkpoint = tuple[int, Callable[[tuple[bytes, ...]], None]]
"""A size, and what is told of the roots that the record had then; none when it is not so long."""


class ChainReader:
    """Reads the record once, from its beginning to its end."""

    def __init__(
        self,
        found: Callable[[Fault], None],
        layouts: dict[str, Layout],
        checkpoints: list[Checkpoint],
        sealed_size: int | None,
        progress: Report,
    ) -> None:
        self.found = found
        self.layouts = layouts
        self.sealed_size = sealed_size
        self.checkpoints = sorted(checkpoints, key=lambda each: each[0])
        self.progress = progress
        self._beyond = None if sealed_size is None else sealed_size + 1
        self.chain = Chain()
        self._leaves: list[tuple[bytes, bytes]] = []
        self._changes = _Ahead(self._whole_changes())

    def read(self) -> Chain:
        """The record as a whole; its faults are told to `found`."""
        chain = self.chain
        self._grow()
        for row in stream(RECORDS):
            chain.records += 1
            if (row[1] != chain.size + 1 or row[1] == self._beyond) and not self._gap(row[1]):
                continue
            chain.size = row[1]
            self._record(row)
            if len(self._leaves) >= _LEAVES_AT_ONCE or self._due(chain.size):
                self._grow()
            if chain.records % 10_000 == 0:
                self.progress("kernel_record", chain.records)
        self._grow()
        self._strays(before=None)
        self._cut_off()
        for _, tell in self.checkpoints:
            tell(())
        return chain

    def _whole_changes(self) -> Iterator[tuple[Any, ...]]:
        for change in stream(CHANGES, batch=FEW):
            if isinstance(change[0], int):
                yield change
            else:
                self._fault(f"kernel_change row {change[0]}", "has no number for a key")

    def _gap(self, seq: Any) -> bool:
        """Name the rows that are missing before this one; False when it is itself out of place."""
        after, sealed = self.chain.size, self.sealed_size
        if not isinstance(seq, int) or seq <= after or (sealed is not None and seq > sealed):
            self._fault(f"kernel_record row {seq}", "is in no place that the record has")
            return False
        self._name_missing(after + 1, seq)
        return True

    def _cut_off(self) -> None:
        if self.sealed_size is not None and self.sealed_size > self.chain.size:
            self._name_missing(self.chain.size + 1, self.sealed_size + 1)

    def _name_missing(self, start: int, stop: int) -> None:
        self.chain.whole = False
        for missing in range(start, min(stop, start + MANY)):
            self._fault(f"kernel_record row {missing}", "is missing")

    def _record(self, row: tuple[Any, ...]) -> None:
        header, stored = row[:12], row[12]
        seq, outcome, cause, hashes = row[1], row[6], row[9], row[11]
        leaf = leaf_hash(header)
        if leaf != stored:
            self._fault(f"kernel_record row {seq}", "was changed: it isn't what its hash is of")
        elif row[0] != VERSION:
            self._fault(f"kernel_record row {seq}", f"has version {row[0]}, which is unknown here")
        if (named := _CAUSE.fullmatch(str(cause))) and int(named[1]) >= seq:
            self._fault(f"kernel_record row {seq} column cause", "names an act that comes later")
        if outcome == "refused" and hashes:
            self._fault(f"kernel_record row {seq} column changes", "a refused act wrote rows")
        fits = isinstance(stored, bytes) and len(stored) == len(leaf)
        self._leaves.append((leaf, stored if fits else leaf))
        self._rows_of(seq, hashes if isinstance(hashes, bytes) else b"")

    def _rows_of(self, seq: int, hashes: bytes) -> None:
        """The act's changes against the hashes in its record."""
        self._strays(before=seq)
        following, last = seq << CHANGES_BITS, len(hashes) // CHANGE_BYTES
        expected = 0
        while (change := self._changes.head) is not None and change[0] >> CHANGES_BITS == seq:
            place = change[0] & _PLACE
            self._missing(following, expected, min(place, last))
            expected = place + 1
            self._change(change, hashes[place * CHANGE_BYTES : expected * CHANGE_BYTES])
            self._changes.next()
        self._missing(following, expected, last)

    def _missing(self, following: int, start: int, stop: int) -> None:
        for place in range(start, min(stop, start + MANY)):
            self._fault(f"kernel_change row {following + place}", "is missing")

    def _change(self, change: tuple[Any, ...], expected: bytes) -> None:
        key, seq, table, layout, _, first, last, _, body = change
        self.chain.changes += 1
        if self.chain.changes % 10_000 == 0:
            self.progress("kernel_change", self.chain.changes)
        where = f"kernel_change row {key}"
        if not expected:
            self._fault(where, "belongs to an act that doesn't know it")
            return
        if not isinstance(body, bytes) or change_hash(change) != expected:
            self._fault(where, "was changed: it isn't what its act says of it")
            return
        if seq != key >> CHANGES_BITS:
            self._fault(f"{where} column seq", "isn't the act that the row belongs to")
        written = self.chain.tables.get(table)
        if written is None:
            written = self.chain.tables[table] = Written()
        if layout not in written.layouts:
            written.layouts.add(layout)
            self._layout(where, table, layout)
        if last > written.last:
            written.last = last
        if first > last:
            self._fault(where, "ends before it begins")

    def _layout(self, where: str, table: str, layout: str) -> None:
        known = self.layouts.get(layout)
        if known is None or known.table != table:
            self._fault(where, f"speaks of the layout {layout} of {table}, which isn't known")

    def _strays(self, before: int | None) -> None:
        """Changes that no act accounts for, up to those of an act."""
        while (change := self._changes.head) is not None:
            if before is not None and change[0] >> CHANGES_BITS >= before:
                return
            self.chain.changes += 1
            self._fault(f"kernel_change row {change[0]}", "belongs to no act of the record")
            self._changes.next()

    def _due(self, size: int) -> bool:
        return bool(self.checkpoints) and self.checkpoints[0][0] <= size

    def _grow(self) -> None:
        """Add the leaves read so far to the tree, and tell the roots that were asked for."""
        chain, leaves = self.chain, self._leaves
        self._leaves = []
        if chain.stored is None and any(leaf != stored for leaf, stored in leaves):
            chain.stored = Frontier.from_bytes(chain.computed.to_bytes())
        chain.computed.extend(leaf for leaf, _ in leaves)
        if chain.stored is not None:
            chain.stored.extend(stored for _, stored in leaves)
        while self._due(chain.size):
            size, tell = self.checkpoints.pop(0)
            if size == chain.size and chain.whole:
                tell(chain.roots())

    def _fault(self, where: str, what: str) -> None:
        self.found(Fault("record", where, what))


class _Ahead:
    """A stream whose next row can be looked at before it is taken."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self.head: tuple[Any, ...] | None = None
        self.next()

    def next(self) -> None:
        self.head = next(self._rows, None)
