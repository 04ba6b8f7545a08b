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
    if _held().statements:
        return run_together([(sql, params, True)])[0]
    from kantoor.kernel.store.plans import cursors

    database.ensure_connection()
    with database.wrap_database_errors:
        cursor = cursors(database.connection)[0].execute(sql, params, prepare=True)
        return cursor.fetchall() if cursor.description else []


def write_often(sql: str, params: Sequence[Any]) -> None:
    """As `run_often`, for a statement that gives no rows and so can wait (`with_the_next`)."""
    if (held := _held()).taking:
        held.statements.append((sql, params, True))
    else:
        run_often(sql, params)


def run_together(statements: Sequence["Statement"]) -> list[list[tuple[Any, ...]]]:
    """Perform statements in their order; gives the rows of each. PostgreSQL is waited for once.

    Each has its parameters with it, and whether PostgreSQL keeps its plan (`run_often`).
    """
    database = here()
    before = _held().let_go()
    everything = [*before, *statements]
    if database.vendor == "sqlite" or not _unwatched(database):
        return [run(sql, params) for sql, params, _often in everything][len(before) :]
    from kantoor.kernel.store.plans import cursors

    database.ensure_connection()
    with database.wrap_database_errors:
        places = cursors(database.connection)
        with database.connection.pipeline():
            answers = [
                places[place].execute(sql, params, prepare=often)
                for place, (sql, params, often) in enumerate(everything)
            ]
        asked = answers[len(before) :]
        return [answer.fetchall() if answer.description else [] for answer in asked]


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
    settle()
    database.ensure_connection()
    with database.wrap_database_errors, database.connection.pipeline():
        yield
        if last and len(database.atomic_blocks) == 1:
            database.connection.commit()


Statement = tuple[str, Sequence[Any], bool]


class _Held:
    """Statements that wait for the next one, in their order; none of them gives rows."""

    def __init__(self) -> None:
        self.taking = False
        self.statements: list[Statement] = []

    def let_go(self) -> list[Statement]:
        """Those that waited; from now on others are sent at once again."""
        if not (statements := self.statements):
            return []
        self.statements = []
        if _settle_first in (wrappers := here().execute_wrappers):
            wrappers.remove(_settle_first)
        return statements


def _held() -> _Held:
    try:
        held: _Held = _threads.held
    except AttributeError:
        held = _threads.held = _Held()
    return held


@contextmanager
def with_the_next(rows: int) -> Iterator[None]:
    """Let PostgreSQL hear what is written within together with whatever it is asked next.

    For actions only: each asks for the record's head before it ends. What the database says
    against a row is raised by the statement that comes next.
    """
    database = here()
    if not on_postgres() or rows > FEW or not _unwatched(database):
        yield
        return
    held = _held()
    held.taking = True
    try:
        yield
    finally:
        held.taking = False
        if held.statements and _settle_first not in database.execute_wrappers:
            database.execute_wrappers.append(_settle_first)


def settle() -> None:
    """Send what waits for the next statement."""
    if _held().statements:
        run_together([])


def forget() -> None:
    """Drop what waits: the transaction that it belongs to is given up."""
    _held().let_go()


def _settle_first(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Before Django's own statements; what an undone savepoint holds is undone unsent."""
    if str(sql).startswith("ROLLBACK TO"):
        forget()
    else:
        settle()
    return execute(sql, params, many, context)


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
    watching = database.execute_wrappers
    return not database.force_debug_cursor and (not watching or watching == [_settle_first])
