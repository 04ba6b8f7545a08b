"""SQL on the shortest way to the driver, for the few statements that every action runs.

Django's cursor costs about 20 µs a statement, as much as SQLite takes to perform it. Whoever
watches statements (a test that counts them, a debugger) sees these too: then they go through it.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from threading import local
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

FEW = 64
"""Up to so many rows PostgreSQL takes one INSERT faster than a COPY."""


_threads = local()


def here() -> Any:
    """This thread's connection, found faster than through Django's proxy of it."""
    try:
        return _threads.connection
    except AttributeError:
        _threads.connection = connections[DEFAULT_DB_ALIAS]
        return _threads.connection


def on_postgres() -> bool:
    """Whether the database is PostgreSQL; else it is SQLite."""
    return here().vendor == "postgresql"  # type: ignore[no-any-return]


@cache
def _question_marks(sql: str) -> str:
    return sql.replace("%s", "?")


def run(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Perform a statement; gives its rows, if it has any."""
    database = here()
    if (driver := _driver(database)) is not None:
        try:
            return driver.execute(_question_marks(sql), params).fetchall()
        except sqlite3.Error:
            with database.wrap_database_errors:
                raise
    with database.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def run_often(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Perform a statement that every action runs: PostgreSQL plans it once for a connection.

    Its parameters go to the server apart, so their types must follow from the statement.
    """
    database = here()
    if database.vendor == "sqlite" or not _unwatched(database):
        return run(sql, params)
    from kantoor.kernel.store.plans import cursors

    database.ensure_connection()
    with database.wrap_database_errors:
        cursor = cursors(database.connection)[0].execute(sql, params, prepare=True)
        return cursor.fetchall() if cursor.description else []


def run_together(
    statements: Sequence[tuple[str, Sequence[Any], bool]],
) -> list[list[tuple[Any, ...]]]:
    """Perform statements that give rows, in their order; PostgreSQL is waited for once.

    Each has its parameters with it, and whether PostgreSQL keeps its plan (`run_often`).
    """
    database = here()
    if database.vendor == "sqlite" or not _unwatched(database):
        return [run(sql, params) for sql, params, _often in statements]
    from kantoor.kernel.store.plans import cursors

    database.ensure_connection()
    with database.wrap_database_errors:
        places = cursors(database.connection)
        with database.connection.pipeline():
            answers = [
                places[place].execute(sql, params, prepare=often)
                for place, (sql, params, often) in enumerate(statements)
            ]
        return [answer.fetchall() for answer in answers]


@contextmanager
def together(rows: int, *, last: bool = False) -> Iterator[None]:
    """Send the statements within to PostgreSQL without waiting for each; none may give rows.

    Many rows go by COPY, which has to be alone: then each is waited for. The `last` statements of
    a transaction take the commit with them; Django then finds nothing left to commit.
    """
    database = here()
    if not on_postgres() or rows > FEW or not _unwatched(database):
        yield
        return
    database.ensure_connection()
    with database.wrap_database_errors, database.connection.pipeline():
        yield
        if last and len(database.atomic_blocks) == 1:
            database.connection.commit()


def run_many(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Perform a statement for each row."""
    database = here()
    if (driver := _driver(database)) is not None:
        try:
            driver.executemany(_question_marks(sql), rows)
        except sqlite3.Error:
            with database.wrap_database_errors:
                raise
        return
    with database.cursor() as cursor:
        cursor.executemany(sql, rows)


def _driver(database: Any) -> sqlite3.Connection | None:
    """SQLite's own connection, unless somebody watches."""
    if database.vendor != "sqlite" or database.force_debug_cursor or database.execute_wrappers:
        return None
    driver: sqlite3.Connection | None = database.connection
    return driver


def _unwatched(database: Any) -> bool:
    return not (database.force_debug_cursor or database.execute_wrappers)
