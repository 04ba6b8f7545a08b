"""Reading many rows without holding them all: plain tuples from the driver, in batches."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection, transaction

BATCH = 2_000
FEW = 64
"""A batch of rows that may each be large."""


def stream(
    sql: str, params: Sequence[Any] = (), *, batch: int = BATCH
) -> Iterator[tuple[Any, ...]]:
    """Rows of a SELECT as plain tuples, never more than a batch in memory.

    On PostgreSQL through a server-side cursor (within a transaction), on SQLite by stepping.
    """
    for rows in batches(sql, params, batch=batch):
        yield from rows


def batches(
    sql: str, params: Sequence[Any] = (), *, batch: int = BATCH
) -> Iterator[list[tuple[Any, ...]]]:
    """As `stream`, a batch at a time."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        yield from _batches_postgres(sql, params, batch)
        return
    assert connection.connection is not None
    cursor = connection.connection.execute(sql.replace("%s", "?"), tuple(params))
    while rows := cursor.fetchmany(batch):
        yield rows


def _batches_postgres(
    sql: str, params: Sequence[Any], batch: int
) -> Iterator[list[tuple[Any, ...]]]:
    # A savepoint of its own would end with whichever of two interleaved streams ends first.
    around = nullcontext() if connection.in_atomic_block else transaction.atomic()
    with around, connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(batch):
            yield rows


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read within is of one moment, and nobody who writes has to wait.

    Inside a transaction that is under way it changes nothing.
    """
    if connection.in_atomic_block:
        yield
        return
    mode = getattr(connection, "transaction_mode", None)
    try:
        if connection.vendor == "sqlite":
            # Settings ask for IMMEDIATE, which would take the lock of those who write.
            connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            if connection.vendor == "sqlite":
                connection.transaction_mode = mode  # type: ignore[attr-defined]
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode  # type: ignore[attr-defined]
