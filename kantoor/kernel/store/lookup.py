"""Look up identifiers by code, many at once: two plain columns, no model instances."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.db import connection

from kantoor.kernel.store.asking import Question, ask
from kantoor.kernel.store.raw import run

SOME = 500
PLANNED = 8
"""Up to so many keys PostgreSQL keeps the plan, one for each number of keys."""


def fetch(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a SELECT as tuples."""
    return run(sql, params)


def rows_by_key(sql: str, fixed: Sequence[object], keys: Iterable[object]) -> dict[Any, Any]:
    """Rows by their first column, for a SELECT that ends in `IN ({})`, in one statement.

    A row of two columns gives the second, a wider one the rest as a tuple.
    """
    wanted = list(keys)
    if not wanted:
        return {}
    if len(wanted) <= SOME:
        return ask(by_key(sql, fixed, wanted))
    return _by_first(fetch_of_keys(sql, fixed, wanted))


def fetch_of_keys(
    sql: str, fixed: Sequence[object], keys: Sequence[object]
) -> list[tuple[Any, ...]]:
    """All rows of a SELECT with `IN ({})` at its end, of any number of keys, in one statement.

    The keys, all integers or all texts, go as one list: databases bound how many parameters a
    statement has. What follows `IN ({})` takes no parameters.
    """
    return fetch(*_of_keys(sql, fixed, keys)) if keys else []


def _of_keys(sql: str, fixed: Sequence[object], keys: Sequence[object]) -> tuple[str, list[object]]:
    assert isinstance(keys[0], (int, str)), type(keys[0])
    if connection.vendor == "postgresql":
        kind = "text" if isinstance(keys[0], str) else "bigint"
        return sql.replace("IN ({})", f"= ANY(%s::{kind}[])"), [*fixed, list(keys)]
    listed = msgspec.json.encode(keys).decode()
    return sql.format("SELECT value FROM json_each(%s)"), [*fixed, listed]


def keyed(
    sql: str, fixed: Sequence[object], keys: Sequence[object]
) -> tuple[str, list[object], bool]:
    """A statement with `IN ({})` in it for these keys (at least one), its parameters, and whether
    it is often the same: few keys stand in it one by one, more go as one list.

    What follows `IN ({})` takes no parameters.
    """
    if len(keys) <= PLANNED:
        return sql.format(", ".join(["%s"] * len(keys))), [*fixed, *keys], True
    return (*_of_keys(sql, fixed, keys), False)


def by_key(sql: str, fixed: Sequence[object], keys: Sequence[object]) -> Question[dict[Any, Any]]:
    """The same for at most `SOME` keys, to be asked together with other questions."""
    assert 0 < len(keys) <= SOME
    return Question(
        sql.format(", ".join(["%s"] * len(keys))),
        [*fixed, *keys],
        _by_first,
        often=len(keys) <= PLANNED,
    )


def by_keys(sql: str, fixed: Sequence[object], keys: Sequence[object]) -> Question[dict[Any, Any]]:
    """The same for any number of keys, at least one."""
    statement, params, often = keyed(sql, fixed, keys)
    return Question(statement, params, _by_first, often)


def only_number(rows: list[tuple[Any, ...]]) -> int:
    """The one number of a statement that counts, to read a question by."""
    return int(rows[0][0])


def _by_first(rows: Iterable[tuple[Any, ...]]) -> dict[Any, Any]:
    return {row[0]: row[1] if len(row) == 2 else row[1:] for row in rows}
