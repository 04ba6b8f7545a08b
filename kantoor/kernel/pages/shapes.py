"""What a parameter of an action or a query can hold, read from its signature."""

from typing import Any, get_type_hints

import msgspec
from msgspec import inspect as kinds

Struct = type[msgspec.Struct]
SEVERAL = (
    kinds.ListType,
    kinds.VarTupleType,
    kinds.SetType,
    kinds.FrozenSetType,
    kinds.CollectionType,
)
"""The kinds that hold many values."""


def fields_of(struct: Struct) -> tuple[kinds.Field, ...]:
    """The fields of a Struct with their kinds."""
    found = kinds.type_info(struct)
    assert isinstance(found, kinds.StructType)
    return found.fields


def field_named(struct: Struct, name: str) -> kinds.Field:
    """The field of that name; our own mistake when there is none."""
    found = [field for field in fields_of(struct) if field.name == name]
    assert found, f"{struct.__name__} has no parameter {name}"
    return found[0]


def field_type(struct: Struct, name: str) -> Any:
    """The annotated type of a field."""
    return get_type_hints(struct, include_extras=True)[name]


def takes_several(struct: Struct, name: str) -> bool:
    """Whether the field holds many values rather than one."""
    return isinstance(bare(field_named(struct, name).type)[0], SEVERAL)


def bare(kind: kinds.Type) -> tuple[kinds.Type, bool]:
    """The kind without "or None" and annotations, and whether None is among its values."""
    if isinstance(kind, kinds.Metadata):
        return bare(kind.type)
    if isinstance(kind, kinds.UnionType):
        rest = [each for each in kind.types if not isinstance(each, kinds.NoneType)]
        return (rest[0] if len(rest) == 1 else kind), len(rest) < len(kind.types)
    return kind, False
