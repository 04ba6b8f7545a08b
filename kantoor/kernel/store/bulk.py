"""The fast way in for many rows: prepared statements on SQLite, COPY on PostgreSQL."""

from collections.abc import Sequence
from functools import cache

from django.db import connection, models

from kantoor.kernel.store.pipeline import FEW, settle, write_often
from kantoor.kernel.store.raw import on_postgres, run_many
from kantoor.kernel.store.tables import Layout, Row, layout_of


def write_rows(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert canonical rows (all columns, in the order of the layout) without recording them.

    Only the unit of work calls this: an action writes through `insert_rows`.
    """
    write_layout(layout_of(model), rows)


def write_layout(layout: Layout, rows: Sequence[Row]) -> None:
    """The same for a table as a layout says that it is."""
    if on_postgres():
        _write_postgres(layout, rows)
        return
    run_many(_insert(layout, 1), rows)


@cache
def _insert(layout: Layout, count: int) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column) for column in layout.columns)
    slots = "(" + ", ".join(map(_slot, layout.kinds)) + ")"
    values = ", ".join([slots] * count)
    return f"INSERT INTO {quote(layout.table)} ({columns}) VALUES {values}"  # noqa: S608


def _slot(kind: str) -> str:
    """Where a value goes. SQLite keeps instants as text, and Django writes whole seconds without a
    fraction: in two forms the same moment would be neither equal nor in order.
    """
    whole = kind == "instant" and not on_postgres()
    return "replace(%s, '.000000', '')" if whole else "%s"


def _write_postgres(layout: Layout, rows: Sequence[Row]) -> None:
    for position in layout.positions("bool"):
        rows = [(*r[:position], bool(r[position]), *r[position + 1 :]) for r in rows]
    if len(rows) <= FEW:
        write_often(_insert(layout, len(rows)), [value for row in rows for value in row])
        return
    settle()
    with connection.cursor() as cursor:
        quote = connection.ops.quote_name
        columns = ", ".join(quote(column) for column in layout.columns)
        with cursor.cursor.copy(f"COPY {quote(layout.table)} ({columns}) FROM STDIN") as copy:
            write = copy.write_row
            for row in rows:
                write(row)
