"""A table's rows against the record: rows that are missing, extra, or not as they were written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import connection

from kantoor.kernel.record.verify.chain import Report, Written
from kantoor.kernel.record.verify.differences import differences
from kantoor.kernel.record.verify.provers import Fault
from kantoor.kernel.record.verify.stretches import stretches
from kantoor.kernel.record.verify.window import (
    DELETED,
    GONE,
    NOTHING,
    ROWS,
    UNREADABLE,
    Window,
)
from kantoor.kernel.store.raw import run
from kantoor.kernel.store.tables import Layout, Row

Found = Callable[[Fault], None]


@dataclass
class Table:
    """A recorded table: its present layout, and the others that its rows were recorded under."""

    present: Layout
    known: Mapping[str, Layout]
    written: Written
    columns: frozenset[str]
    """The columns that the database has."""
    outdated: dict[str, int] = field(default_factory=dict)
    """How many rows are recorded under another layout than the present one."""

    @property
    def name(self) -> str:
        return self.present.table

    def layouts(self) -> list[Layout]:
        """The present layout first, then the others in the order of their keys."""
        others = sorted(self.written.layouts - {self.present.key})
        return [self.present, *(self.known[key] for key in others if key in self.known)]


def prove_rows(table: Table, found: Found, progress: Report) -> int:
    """Compare every row of a table with its latest recorded state; gives how many there are."""
    layouts = [layout for layout in table.layouts() if set(layout.columns) <= table.columns]
    count = _out_of_range(table, found)
    keys = [layout.key for layout in layouts]
    for start, stop in _stretches(table):
        window = Window(table.name, keys, start, stop)
        window.fill(found)
        for layout in layouts:
            count += _compare(table, window, layout, found, lambda n: progress(table.name, n))
        for key in window.unseen():
            found(Fault("rows", f"{table.name} row {key}", "is missing"))
    _outdated(table, found)
    return count


def _stretches(table: Table) -> Iterator[tuple[int, int]]:
    """Identifiers in stretches of one window, those passed over that nothing was ever given."""
    return stretches(table.name, table.present.columns[0], table.written.last, ROWS)


def _out_of_range(table: Table, found: Found) -> int:
    """Rows with an identifier that was never given out."""
    quote = connection.ops.quote_name
    key = quote(table.present.columns[0])
    sql = f"SELECT {key} FROM {quote(table.name)} WHERE {key} < 1 OR {key} > %s"  # noqa: S608
    strange = run(sql, [table.written.last])
    for (row,) in strange:
        found(Fault("rows", f"{table.name} row {row}", "is not in the record: it was put there"))
    return len(strange)


def _compare(
    table: Table, window: Window, layout: Layout, found: Found, progress: Callable[[int], None]
) -> int:
    """Rows of a window as they are under a layout, against those recorded under it."""
    present = layout is table.present
    number = window.numbers[layout.key]
    held = window.places.count(number)
    if not present and not held:
        return 0
    if not present:
        table.outdated[layout.key] = table.outdated.get(layout.key, 0) + held
    key = connection.ops.quote_name(layout.columns[0])
    where = f"WHERE {key} >= %s AND {key} <= %s"
    count = 0
    for rows in layout.read_batches(where, [window.start, window.stop - 1]):
        count += len(rows)
        for row, place in window.compare(rows, layout.key):
            for fault in _row_faults(layout, row, place):
                found(fault)
        if count % 20_000 == 0:
            progress(count)
    return count if present else 0


def _row_faults(layout: Layout, row: Row, place: int) -> Iterable[Fault]:
    where = f"{layout.table} row {row[0]!s}"
    if place == NOTHING:
        yield Fault("rows", where, "is not in the record: it was put there")
    elif place == DELETED:
        yield Fault("rows", where, "was deleted, and is there again")
    elif place == GONE:
        yield Fault("rows", where, "can't be proved: it was recorded with columns that are gone")
    elif place == UNREADABLE:
        yield Fault("rows", where, "can't be proved: the key of its person is gone")
    else:
        yield from differences(layout, row, where)


def _outdated(table: Table, found: Found) -> None:
    """Columns that were added later: nothing in the record speaks of them."""
    for key, count in table.outdated.items():
        for column in _added(table.present, table.known[key]):
            what = f"is not in the record for {count} rows; run “kantoor migrate”"
            found(Fault("rows", f"{table.name} column {column}", what))


def _added(present: Layout, old: Layout) -> Iterator[str]:
    then = set(zip(old.columns, old.kinds, strict=True))
    for column, kind in zip(present.columns, present.kinds, strict=True):
        if (column, kind) not in then:
            yield column
