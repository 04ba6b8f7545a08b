"""Canonical values of the record as people read them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.encoding import force_str

from kantoor.kernel.fields import ExactField
from kantoor.kernel.money import SCALE
from kantoor.kernel.store.tables import layout_of

SECRET = frozenset({"password", "session_salt", "hash", "secret", "salt", "signing_key"})
"""Fields that nobody reads, not even in the past."""
NOT_SHOWN = frozenset({"id", "subject_id"})
DOTS = "•••"


class Readable:
    """Reads the values of one model's rows; names of related rows are asked for once."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self._names: dict[tuple[str, Any], str] = {}

    @cached_property
    def _fields(self) -> dict[str, "models.Field[Any, Any]"]:
        return {str(field.column): field for field in self.model._meta.concrete_fields}

    @cached_property
    def _kinds(self) -> dict[str, str]:
        layout = layout_of(self.model)
        return dict(zip(layout.columns, layout.kinds, strict=True))

    def has(self, column: str) -> bool:
        """Whether a column is one that people are shown."""
        return column in self._fields and self._fields[column].attname not in NOT_SHOWN

    def name(self, column: str) -> str:
        """The name of a column's field, as the model has it."""
        return self._fields[column].name

    def value(self, column: str, value: Any) -> Any:
        """A canonical value as the model would give it; of a related row the words it goes by."""
        field = self._fields[column]
        if value is None or value == "":
            return None
        if field.name in SECRET:
            return DOTS
        if isinstance(field, models.ForeignKey):
            return self._related(field, value)
        if isinstance(field, ExactField):
            return Decimal(value).scaleb(-SCALE)
        return _plain(self._kinds[column], value)

    def _related(self, field: "models.ForeignKey[Any, Any]", value: Any) -> str:
        known = self._names.get((field.name, value))
        if known is None:
            related = field.related_model._default_manager.filter(pk=value).first()
            own_words = related is not None and type(related).__str__ is not models.Model.__str__
            known = force_str(related) if own_words else str(value)
            self._names[field.name, value] = known
        return known


def _plain(kind: str, value: Any) -> Any:
    if kind == "bool":
        return bool(value)
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "instant":
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return f"{len(value)} bytes" if isinstance(value, bytes) else value
