"""Objects of a model in few steps: for what is done so often that making up a statement would show.

Django's `raw` finds out anew, at each call, which columns came, of which fields they are, and what
makes values of them; that takes longer than SQLite takes to find a row.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, TypeVar

from django.db import connection, models

from kantoor.kernel.store.asking import Question
from kantoor.kernel.store.lookup import keyed
from kantoor.kernel.store.raw import here

M = TypeVar("M", bound=models.Model)
Form = tuple[int, tuple[Callable[..., Any], ...], Any]


def objects_of_keys(
    model: type[M], where: str, fixed: Sequence[object], keys: Sequence[object]
) -> Question[list[M]]:
    """All objects for which a condition with `IN ({})` holds, of any number of keys (at least one).

    The condition may go on after that, with an order or a lock, but takes no more parameters.
    """
    sql, params, often = keyed(f"{_select(model)} {where}", fixed, keys)
    return Question(sql, params, partial(_made, model), often)


@cache
def _select(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in model._meta.concrete_fields)
    return f"SELECT {columns} FROM {quote(model._meta.db_table)} WHERE"  # noqa: S608


def _made(model: type[M], rows: list[tuple[Any, ...]]) -> list[M]:
    names, forms = _reading(model)
    database, made = here(), []
    for row in rows:
        values = list(row)
        for place, converters, column in forms:
            for convert in converters:
                values[place] = convert(values[place], column, database)
        made.append(model.from_db(database.alias, names, values))
    return made


@cache
def _reading(model: type[models.Model]) -> tuple[list[str], list[Form]]:
    """The fields' names, and what makes values of a column where that is needed."""
    forms: list[Form] = []
    for place, field in enumerate(model._meta.concrete_fields):
        column = field.cached_col
        found = [
            *connection.ops.get_db_converters(column),
            *field.get_db_converters(connection),
        ]
        if found:
            forms.append((place, tuple(found), column))
    return [field.attname for field in model._meta.concrete_fields], forms
