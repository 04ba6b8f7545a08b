"""What the record needs to know of a table: its columns in order, and their canonical form.

The canonical form of a value is the same on SQLite and on PostgreSQL, so that a digest made on
one holds on the other: integers, text, NULL and bytes as they are; a boolean is 0 or 1; a date
is `YYYY-MM-DD`; an instant is `YYYY-MM-DD HH:MM:SS.ffffff` in UTC; a UUID is 32 hex digits.
A row is the MessagePack array of its canonical values in the order of the layout.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import msgspec
from django.db import connection, models

Value: TypeAlias = int | str | bytes | None
Row: TypeAlias = tuple[Value, ...]

encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder().decode

DIGEST_BYTES = 16


def digest(row: Sequence[Value]) -> bytes:
    """The digest of one canonical row: the first 16 bytes of SHA-256."""
    return hashlib.sha256(encode(row)).digest()[:DIGEST_BYTES]


@dataclass(frozen=True, slots=True)
class Layout:
    """A table and its columns in order, as they were when a row was recorded."""

    table: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def key(self) -> str:
        """The layout's name in the record: 16 hex digits over table, columns and kinds."""
        text = encode([self.table, list(self.columns), list(self.kinds)])
        return hashlib.sha256(text).hexdigest()[:16]

    def select(self) -> str:
        """The columns as SQL expressions that give canonical values."""
        quote = connection.ops.quote_name
        forms = _FORMS[connection.vendor]
        return ", ".join(
            forms.get(kind, "{}").format(quote(column))
            for column, kind in zip(self.columns, self.kinds, strict=True)
        )

    def read(self, where: str = "", params: Sequence[object] = ()) -> Iterator[Row]:
        """Canonical rows in order of their key, streamed; `where` is SQL after the table."""
        for rows in self.read_batches(where, params):
            yield from rows

    def read_batches(self, where: str = "", params: Sequence[object] = ()) -> Iterator[list[Row]]:
        """As `read`, a batch at a time."""
        from kantoor.kernel.store.stream import BATCH, FEW, batches

        key = connection.ops.quote_name(self.columns[0])
        table = connection.ops.quote_name(self.table)
        sql = f"SELECT {self.select()} FROM {table} {where} ORDER BY {key}"  # noqa: S608
        return batches(sql, params, batch=FEW if "bytes" in self.kinds else BATCH)

    def positions(self, kind: str) -> tuple[int, ...]:
        return tuple(n for n, each in enumerate(self.kinds) if each == kind)


_FORMS = {
    "sqlite": {
        # An expression has no declared type, so the driver hands over what the cell really holds.
        "bool": "+{}",
        "date": "+{}",
        "instant": "CASE length({0}) WHEN 19 THEN {0} || '.000000' ELSE {0} END",
    },
    "postgresql": {
        "bool": "{}::int",
        "date": "{}::text",
        "instant": "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
        "uuid": "replace({}::text, '-', '')",
    },
}

_KINDS: dict[str, str] = {
    "BooleanField": "bool",
    "DateField": "date",
    "DateTimeField": "instant",
    "UUIDField": "uuid",
    "BinaryField": "bytes",
    "CharField": "text",
    "TextField": "text",
    "EmailField": "text",
    "AutoField": "int",
    "BigAutoField": "int",
    "IntegerField": "int",
    "SmallIntegerField": "int",
    "PositiveIntegerField": "int",
    "PositiveSmallIntegerField": "int",
    "BigIntegerField": "int",
    "PositiveBigIntegerField": "int",
}


def _kind(field: "models.Field[Any, Any]") -> str:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    kind = _KINDS.get(field.get_internal_type())
    if kind is None:
        raise TypeError(f"{field} has no canonical form; use an exact kind of field")
    return kind


@cache
def layout_of(model: type[models.Model]) -> Layout:
    """The present layout of a model's table; the primary key comes first."""
    meta = model._meta
    fields = sorted(meta.concrete_fields, key=lambda field: not field.primary_key)
    return Layout(
        meta.db_table,
        tuple(str(field.column) for field in fields),
        tuple(_kind(field) for field in fields),
    )


def kept_models() -> list[type[models.Model]]:
    """Every model of the installation that has a table, in a fixed order."""
    from django.apps import apps

    models_here = apps.get_models(include_auto_created=True)
    found = [m for m in models_here if m._meta.managed and not m._meta.proxy]
    return sorted(found, key=lambda model: model._meta.db_table)
