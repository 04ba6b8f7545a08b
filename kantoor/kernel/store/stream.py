"""Reading many rows without holding them all: plain tuples from the driver, in batches."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, transaction

BATCH = 10_000


def stream(sql: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """Rows of a SELECT as plain tuples, never more than a batch in memory.

    On PostgreSQL through a server-side cursor (within a transaction), on SQLite by stepping.
    """
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        yield from _stream_postgres(sql, params)
        return
    cursor = connection.connection.execute(sql.replace("%s", "?"), tuple(params))
    while rows := cursor.fetchmany(BATCH):
        yield from rows


def _stream_postgres(sql: str, params: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(BATCH):
            yield from rows
