"""Look up identifiers by code, many at once: two plain columns, no model instances."""

from collections.abc import Iterable, Sequence
from typing import Any

from kantoor.kernel.store.asking import Question, ask
from kantoor.kernel.store.raw import run

SOME = 500
PLANNED = 8
"""Up to so many keys PostgreSQL keeps the plan, one for each number of keys."""


def fetch(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a SELECT as tuples."""
    return run(sql, params)


def rows_by_key(sql: str, fixed: Sequence[object], keys: Iterable[object]) -> dict[Any, Any]:
    """Rows by their first column, for a SELECT that ends in `IN ({})`.

    A row of two columns gives the second, a wider one the rest as a tuple.
    """
    wanted = list(keys)
    found: dict[Any, Any] = {}
    for start in range(0, len(wanted), SOME):
        found.update(ask(by_key(sql, fixed, wanted[start : start + SOME])))
    return found


def by_key(sql: str, fixed: Sequence[object], keys: Sequence[object]) -> Question[dict[Any, Any]]:
    """The same for at most `SOME` keys, to be asked together with other questions."""
    assert 0 < len(keys) <= SOME
    return Question(
        sql.format(", ".join(["%s"] * len(keys))),
        [*fixed, *keys],
        lambda rows: {row[0]: row[1] if len(row) == 2 else row[1:] for row in rows},
        often=len(keys) <= PLANNED,
    )
