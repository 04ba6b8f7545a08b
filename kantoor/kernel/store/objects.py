"""Objects of a model as canonical rows: many are written as fast as rows are."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models

from kantoor.kernel.store.instants import canonical
from kantoor.kernel.store.plain import plain_type
from kantoor.kernel.store.tables import Row, Value, layout_of

Form = Callable[[Any], Value]


def rows_of(model: type[models.Model], objects: Sequence[models.Model]) -> list[Row]:
    """The rows (see store/tables.py) that these new objects become, their identifiers given."""
    objs: Sequence[Any] = objects
    for each in objs:  # a row they point at may have got its identifier since they were made
        each._prepare_related_fields_for_save(operation_name="bulk_create")
    columns = []
    for field, plain, form in _fields(model):
        name, before, prepared = field.attname, field.pre_save, field.get_prep_value
        values = [
            value if type(value := getattr(each, name)) is plain else prepared(before(each, True))
            for each in objs
        ]
        columns.append(values if form is None else [v if v is None else form(v) for v in values])
    return list(zip(*columns, strict=True))


@cache
def _fields(
    model: type[models.Model],
) -> "tuple[tuple[models.Field[Any, Any], type[Any] | None, Form | None], ...]":
    """The fields in the order of the layout, the type of values that need no preparing (see
    store/plain.py), and what makes values canonical.
    """
    layout = layout_of(model)
    fields = {str(field.column): field for field in model._meta.concrete_fields}
    return tuple(
        (fields[column], plain_type(fields[column]), _FORMS.get(kind))
        for column, kind in zip(layout.columns, layout.kinds, strict=True)
    )


def _day(value: date) -> str:
    return value.isoformat()


def _moment(value: datetime) -> str:
    return canonical(value)


def _hex(value: UUID) -> str:
    return value.hex


_FORMS: dict[str, Form] = {
    "bool": int, "date": _day, "instant": _moment, "uuid": _hex, "bytes": bytes,
}  # fmt: skip
