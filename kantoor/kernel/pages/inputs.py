"""The inputs of an action's form: its parameters taken apart into fields and lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import inspect as kinds

from kantoor.kernel.actions.registry import Action
from kantoor.kernel.pages import shapes

RECORDS = (kinds.StructType, kinds.DataclassType, kinds.NamedTupleType)


@dataclass(frozen=True, slots=True)
class Input:
    """One value to be typed: where it goes, what it can hold, and what it is when left empty."""

    path: str
    kind: kinds.Type
    nullable: bool
    required: bool
    default: Any = msgspec.NODEFAULT

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Lines:
    """Many of the same to be typed, one a line, with the inputs of a line."""

    path: str
    kind: kinds.Type
    inputs: tuple[Input, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a form asks: single fields, and at most one table of lines."""

    fields: tuple[Input, ...]
    lines: Lines | None
    records: Mapping[str, tuple[kinds.Type, bool]]
    """The Structs among the parameters by path, and whether they must be given."""


def inputs_of(action: Action, leave_out: Sequence[str] = ()) -> Inputs:
    """The inputs of an action, without those that are left out (they keep their default)."""
    records: dict[str, tuple[kinds.Type, bool]] = {}
    found = list(
        _walk(shapes.fields_of(action.parameters), "", True, frozenset(leave_out), records)
    )
    lines = [each for each in found if isinstance(each, Lines)]
    fields = [each for each in found if isinstance(each, Input)]
    # A form has one table; a second is typed as JSON.
    fields += [Input(each.path, kinds.AnyType(), False, each.required, ()) for each in lines[1:]]
    return Inputs(tuple(fields), lines[0] if lines else None, records)


def _walk(
    fields: Sequence[kinds.Field],
    within: str,
    required: bool,
    left_out: frozenset[str],
    records: dict[str, tuple[kinds.Type, bool]],
) -> Iterator[Input | Lines]:
    for field in fields:
        path = f"{within}.{field.name}" if within else field.name
        if path in left_out:
            continue
        kind, nullable = shapes.bare(field.type)
        needed = required and field.required
        if isinstance(kind, RECORDS):
            records[path] = (kind, needed)
            yield from _walk(kind.fields, path, needed, left_out, records)
        elif (item := _item(kind)) is not None and isinstance(item, RECORDS):
            columns = tuple(_columns(item.fields, path, left_out))
            yield Lines(path, item, columns, needed)
        else:
            yield Input(path, kind, nullable, needed, default_of(field))


def _item(kind: kinds.Type) -> kinds.Type | None:
    if isinstance(kind, shapes.SEVERAL):
        return shapes.bare(kind.item_type)[0]
    return None


def _columns(
    fields: Sequence[kinds.Field], within: str, left_out: frozenset[str]
) -> Iterator[Input]:
    for field in fields:
        path = f"{within}.{field.name}"
        kind, nullable = shapes.bare(field.type)
        odd = isinstance(kind, (kinds.DictType, *shapes.SEVERAL, *RECORDS))
        # What has no place in a cell is left to its default, as is the number of the line.
        if path in left_out or (odd and not field.required) or field.name in ("line", "place"):
            continue
        yield Input(path, kind, nullable, field.required, default_of(field))


def default_of(field: kinds.Field) -> Any:
    """The default of a field, made where it is made anew each time."""
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return field.default
