"""The rows of all tables in a form of their own, so that they come back on either database.

A member `database/TABLE/NUMBER` is zlib over a MessagePack list of canonical rows (store/tables.py).
"""

import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from django.db import connection

from kantoor.kernel.backup.contents import TableMeant
from kantoor.kernel.store.bulk import write_layout
from kantoor.kernel.store.ids import last_recorded, set_counter
from kantoor.kernel.store.raw import on_postgres, run
from kantoor.kernel.store.tables import Layout, Row, encode, kept_models, layout_of

LEFT_OUT = ("django_session", "kernel_attempts")
"""Who is signed in, and who lately tried to: of no use to anybody afterwards."""
ABOUT = 4 * 1024 * 1024
"""Bytes of rows in one member before they are packed."""
LARGEST = 1 << 30
"""Bytes of rows that one member may hold; a single row is far smaller."""

_rows = msgspec.msgpack.Decoder(list[tuple[Any, ...]])


def tables_meant() -> list[TableMeant]:
    """Every table that goes into a backup, with its columns as they are now."""
    layouts = [layout_of(model) for model in kept_models()]
    last = _counters()
    return [
        TableMeant(lay.table, lay.columns, lay.kinds, last.get(lay.table, 0))
        for lay in layouts
        if lay.table not in LEFT_OUT
    ]


def packed(layout: Layout) -> Iterator[tuple[int, bytes]]:
    """The rows of a table, some at a time: how many, and packed."""
    lot: list[bytes] = []
    size = 0
    for rows in layout.read_batches():
        for row in rows:
            lot.append(encode(row))
            size += len(lot[-1])
        if size >= ABOUT:
            yield len(lot), _pack(lot)
            lot, size = [], 0
    if lot:
        yield len(lot), _pack(lot)


def _pack(rows: Sequence[bytes]) -> bytes:
    return zlib.compress(encode([msgspec.Raw(row) for row in rows]), 1)


def unpacked(content: bytes) -> list[Row]:
    """The rows of a member; ValueError when it holds none, or more than fits in memory."""
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(content, LARGEST)
        if not unpacking.eof or unpacking.unused_data:
            raise ValueError("cut short, or too large")
        return _rows.decode(plain)
    except (zlib.error, msgspec.MsgspecError) as reason:
        raise ValueError(str(reason)) from reason


def put_back(layout: Layout, rows: Sequence[Row]) -> None:
    """Write rows without an act: the record that they came with speaks of them already."""
    width = len(layout.columns)
    if any(len(row) != width for row in rows):
        raise ValueError(f"a row of {layout.table} has not {width} columns")
    write_layout(layout, rows)


def put_counters_back(tables: Sequence[TableMeant]) -> None:
    """Let identifiers go on where they were, so that none is given twice.

    A sequence of PostgreSQL has passed those of transactions that were undone as well. SQLite has
    no such gaps: there the counter of a table that the record tells of is held to the record.
    """
    if on_postgres():
        sequence = "pg_get_serial_sequence(quote_ident(%s), 'id')"
        for table in tables:
            if table.last:
                run(f"SELECT setval({sequence}, %s)", [table.name, table.last])
        return
    recorded = last_recorded()
    for table in tables:
        if last := recorded.get(table.name, table.last):
            set_counter(table.name, last)


def _counters() -> dict[str, int]:
    """The highest identifier that was given in each table."""
    if not on_postgres():
        return {str(name): int(last) for name, last in run("SELECT name, seq FROM sqlite_sequence")}
    found = {}
    quote = connection.ops.quote_name
    of_tables = run(
        "SELECT c.relname, pg_get_serial_sequence(quote_ident(c.relname), 'id') FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id' AND a.attidentity <> ''"
        " WHERE c.relkind = 'r' AND pg_table_is_visible(c.oid)"
    )
    for table, sequence in of_tables:
        schema, _dot, name = str(sequence).partition(".")
        sql = f"SELECT last_value, is_called FROM {quote(schema)}.{quote(name.strip(chr(34)))}"  # noqa: S608
        last, called = run(sql)[0]
        found[str(table)] = int(last) if called else 0
    return found
