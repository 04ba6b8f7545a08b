"""After a table got other columns: note its rows once more, so that the new columns are proved.

Only rows that are as the record says are noted again. What was changed behind its back keeps its
old state in the record, and `verify` goes on naming it.
"""

from collections.abc import Iterator, Sequence

from django.db import models

from kantoor.kernel.actions.system import system_act
from kantoor.kernel.record.bodies import bodies, states
from kantoor.kernel.record.layouts import known_layouts, recorded_models
from kantoor.kernel.record.states import latest_state
from kantoor.kernel.record.verify.schema import columns_here
from kantoor.kernel.record.verify.stretches import stretches
from kantoor.kernel.record.verify.window import ROWS, Window
from kantoor.kernel.store.raw import run
from kantoor.kernel.store.tables import Layout, Row, layout_of

Model = type[models.Model]
AT_ONCE = 50_000
"""Rows in one act, so that memory doesn't grow with the table."""


def note_rows_again() -> dict[str, int]:
    """Note the rows that were recorded under an older layout; gives how many of each table."""
    here = columns_here()
    known = known_layouts() if "kernel_layout" in here else {}
    noted = {}
    for model in recorded_models():
        table = model._meta.db_table
        older = [lay for lay in known.values() if lay.table == table and lay != layout_of(model)]
        if table in here and older and (count := _table(model, older, here[table])):
            noted[table] = count
    return noted


def _table(model: Model, older: Sequence[Layout], columns: frozenset[str]) -> int:
    table, count = model._meta.db_table, 0
    last = run("SELECT max(last_id) FROM kernel_change WHERE tablename = %s", [table])[0][0] or 0
    numbered = [layout_of(model), *older]
    for start, stop in stretches(table, numbered[0].columns[0], last, ROWS):
        window = Window(table, [layout.key for layout in numbered], start, stop)
        window.fill(lambda _fault: None)
        for layout in older:
            for keys in _lots(_proved(layout, layout_of(model), window, columns)):
                _note(model, keys)
                count += len(keys)
    return count


def _proved(old: Layout, present: Layout, window: Window, columns: frozenset[str]) -> Iterator[int]:
    """The keys of rows that are as they were recorded under the old layout."""
    held = window.held_by(old.key)
    if not held:
        return
    if set(old.columns) <= columns:
        for rows in old.read_batches(
            "WHERE id >= %s AND id <= %s", [window.start, window.stop - 1]
        ):
            yield from window.matching(rows, old.key)
        return
    # A column is gone. Whole states can be compared in what is left; a digest can't.
    for row in states(present, held):
        recorded = latest_state(old, int(row[0]))  # type: ignore[arg-type]
        if recorded and recorded.values and _same_in_common(old, recorded.values, present, row):
            yield int(row[0])  # type: ignore[arg-type]


def _same_in_common(old: Layout, then: Row, present: Layout, now: Row) -> bool:
    before = {(c, k): v for c, k, v in zip(old.columns, old.kinds, then, strict=True)}
    after = zip(present.columns, present.kinds, now, strict=True)
    return all(before.get((column, kind), value) == value for column, kind, value in after)


def _lots(keys: Iterator[int]) -> Iterator[list[int]]:
    lot: list[int] = []
    for key in keys:
        lot.append(key)
        if len(lot) == AT_ONCE:
            yield lot
            lot = []
    if lot:
        yield lot


def _note(model: Model, keys: Sequence[int]) -> None:
    with system_act("kernel.note_rows_again", about=f"table:{model._meta.db_table}") as act:
        act.changes.extend(bodies(model, "r", list(states(layout_of(model), keys))))
