"""The fast way to change rows: one prepared statement on SQLite, one of arrays on PostgreSQL, and
for a single row one whose plan is kept.

Django's own makes a CASE of each column with a WHEN for each row, and takes ten times as long to
write it as the database to perform it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models

from kantoor.kernel.store.pipeline import settle, write_often
from kantoor.kernel.store.plain import plain_type
from kantoor.kernel.store.raw import here, on_postgres, run, run_many


def change_rows(
    model: type[models.Model], rows: Sequence[models.Model], names: Sequence[str]
) -> None:
    """Write these fields of rows that are there already, by their identifier, unrecorded.

    Only the query set of kept models calls this, which notes what was touched.
    """
    fields = _fields(model, tuple(names))
    if len(rows) == 1:
        row = rows[0]
        write_often(_one_by_one(model, fields), [*(_value(f, row) for f in fields), row.pk])
        return
    columns = [[_value(field, row) for row in rows] for field in fields]
    keys = [row.pk for row in rows]
    if on_postgres():
        settle()
        run(_from_arrays(model, fields), [*columns, keys])
    else:
        run_many(_one_by_one(model, fields), list(zip(*columns, keys, strict=True)))


def plain_values(
    rows: Sequence[models.Model], model: type[models.Model], names: Sequence[str]
) -> bool:
    """Whether what is to be written are values, and no expressions that the database reckons."""
    attributes = [field.attname for field in _fields(model, tuple(names))]
    return not any(
        hasattr(getattr(row, name), "resolve_expression") for row in rows for name in attributes
    )


@cache
def _fields(
    model: type[models.Model], names: tuple[str, ...]
) -> "tuple[models.Field[Any, Any], ...]":
    return tuple(_concrete(model, name) for name in names)


def _concrete(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field


def _value(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if value is None or type(value) is plain_type(field):
        return value
    return field.get_db_prep_save(value, connection=here())


@cache
def _one_by_one(model: type[models.Model], fields: "tuple[models.Field[Any, Any], ...]") -> str:
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    return f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE id = %s"  # noqa: S608


@cache
def _from_arrays(model: type[models.Model], fields: "tuple[models.Field[Any, Any], ...]") -> str:
    quote = connection.ops.quote_name
    names = [quote(str(field.column)) for field in fields]
    changes = ", ".join(f"{name} = given.{name}" for name in names)
    arrays = ", ".join(f"%s::{_type(field)}[]" for field in fields)
    return (
        f"UPDATE {quote(model._meta.db_table)} AS kept SET {changes}"  # noqa: S608
        f" FROM unnest({arrays}, %s::bigint[]) AS given ({', '.join(names)}, the_key)"
        " WHERE kept.id = given.the_key"
    )


def _type(field: "models.Field[Any, Any]") -> str:
    return str(field.db_type(connection))
