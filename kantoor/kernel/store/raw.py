"""SQL on the shortest way to the driver, for the few statements that every action runs.

Django's cursor costs about 20 µs a statement, as much as SQLite takes to perform it. Whoever
watches statements (a test that counts them, a debugger) sees these too: then they go through it.
"""

import sqlite3
from collections.abc import Sequence
from functools import cache
from threading import local
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

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
