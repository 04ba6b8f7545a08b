"""How the few statements of every action go to PostgreSQL: planned once, and not one by one.

On SQLite each is performed at once (decision 0009).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import local
from typing import Any

from kantoor.kernel.store.raw import here, on_postgres, run

FEW = 64
"""Up to so many rows PostgreSQL takes one INSERT faster than a COPY."""

Statement = tuple[str, Sequence[Any], bool]
"""A statement, its parameters, and whether PostgreSQL keeps its plan."""

_threads = local()


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
        return _rows(cursor)


def write_often(sql: str, params: Sequence[Any]) -> None:
    """As `run_often`, for a statement that gives no rows and so can wait (`with_the_next`)."""
    if (held := _held()).taking:
        held.statements.append((sql, params, True))
        # At once: also within `with_the_next` a statement of Django's own comes after it.
        if _settle_first not in (wrappers := here().execute_wrappers):
            wrappers.append(_settle_first)
    else:
        run_often(sql, params)


def run_together(statements: Sequence[Statement]) -> list[list[tuple[Any, ...]]]:
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
        return [_rows(answer) for answer in asked]


def _rows(answer: Any) -> list[tuple[Any, ...]]:
    """What a statement gave; to describe its columns the driver makes an object of each."""
    result = answer.pgresult
    return answer.fetchall() if result is not None and result.nfields else []


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


def _unwatched(database: Any) -> bool:
    watching = database.execute_wrappers
    return not database.force_debug_cursor and (not watching or watching == [_settle_first])
