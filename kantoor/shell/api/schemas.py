"""JSON Schema of what actions and queries take and give, from their types."""

import inspect as python
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args, get_origin

import msgspec
from django.utils.functional import Promise
from msgspec import inspect

from kantoor.kernel.money import LARGEST

Json = dict[str, Any]
PLACE = "#/components/schemas/"
WITH_FIELDS = (
    inspect.StructType,
    inspect.NamedTupleType,
    inspect.DataclassType,
    inspect.TypedDictType,
)
"""Kinds with named fields, which become components."""


def schemas_of(kinds: Sequence[Any]) -> tuple[list[Json], dict[str, Json]]:
    """The schema of each type, and the components that they refer to."""
    kinds = _told_apart(kinds)
    shapes = {shape.cls: shape for kind in kinds for shape in _shapes(inspect.type_info(kind))}
    found, components = msgspec.json.schema_components(
        [*kinds, *shapes], schema_hook=_foreign, ref_template=PLACE + "{name}"
    )
    for shape, reference in zip(shapes.values(), found[len(kinds) :], strict=True):
        _mark_moments(components[_component(reference)], shape)
    return [_tidied(each) for each in found[: len(kinds)]], _tidied(components)


def _told_apart(kinds: Sequence[Any]) -> list[Any]:
    """The same types, where pages of rows that two departments call alike have names of their own.

    msgspec names classes that are called alike by their module, and generic ones all by that of
    the generic.
    """
    alike: dict[str, set[Any]] = {}
    for kind in kinds:
        if _is_generic_struct(kind):
            names = "".join(getattr(each, "__name__", str(each)) for each in get_args(kind))
            alike.setdefault(f"{get_origin(kind)}{names}", set()).add(kind)
    confused = {
        kind: _written_out(kind) for each in alike.values() if len(each) > 1 for kind in each
    }
    return [confused.get(kind, kind) if _is_generic_struct(kind) else kind for kind in kinds]


def _is_generic_struct(kind: Any) -> bool:
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, msgspec.Struct)


def _written_out(kind: Any) -> type[msgspec.Struct]:
    """A generic record of one type as a record of its own, named after the module of that type."""
    origin, (of, *_more) = get_origin(kind), get_args(kind)
    fields: list[Any] = [
        (each.name, each.type)
        if each.required
        else (each.name, each.type, each.default)
        if each.default is not msgspec.NODEFAULT
        else (each.name, each.type, msgspec.field(default_factory=each.default_factory))
        for each in msgspec.structs.fields(kind)
    ]
    name = f"{origin.__name__}_{of.__module__}.{of.__name__}_"
    made = msgspec.defstruct(name, fields, kw_only=True, frozen=True, module=of.__module__)
    made.__doc__ = origin.__doc__
    return made


def resolved(schema: Json, components: Mapping[str, Json]) -> Json:
    """The schema itself where it is a reference."""
    return components[_component(schema)] if "$ref" in schema else schema


def needed(components: Mapping[str, Json], *roots: Any) -> dict[str, Json]:
    """Those components that something refers to, by name."""
    used: set[str] = set()
    waiting = list(roots)
    while waiting:
        for name in set(_references(waiting.pop())) - used:
            used.add(name)
            waiting.append(components[name])
    return {name: components[name] for name in sorted(used)}


def _foreign(kind: Any) -> Json:
    """Types that msgspec leaves to us."""
    if kind is object:
        return {"description": "what the action gives that was approved"}
    if isinstance(kind, type) and issubclass(kind, Promise):
        return {"type": "string"}  # A text in the reader's language.
    raise TypeError(f"the API can't carry {kind}: give a Struct")


def _shapes(kind: Any, seen: set[Any] | None = None) -> Iterator[Any]:
    """Every kind with fields within a type."""
    seen = set() if seen is None else seen
    if isinstance(kind, WITH_FIELDS):
        if kind.cls in seen:
            return
        seen.add(kind.cls)
        yield kind
        parts: Sequence[Any] = [field.type for field in kind.fields]
    else:
        parts = _parts(kind)
    for part in parts:
        yield from _shapes(part, seen)


def _parts(kind: Any) -> Sequence[Any]:
    names = ("type", "item_type", "key_type", "value_type")
    single = [getattr(kind, name) for name in names if hasattr(kind, name)]
    return [*single, *getattr(kind, "types", ()), *getattr(kind, "item_types", ())]


def _mark_moments(schema: Json, shape: Any) -> None:
    """msgspec leaves open whether a moment has its zone; ours have, both ways."""
    if "properties" in schema:
        fields = [schema["properties"][field.encode_name] for field in shape.fields]
    else:
        fields = schema["prefixItems"]
    for field, declared in zip(fields, shape.fields, strict=True):
        _mark(field, declared.type)


def _mark(schema: Json, kind: Any) -> None:
    if isinstance(kind, inspect.DateTimeType):
        schema["format"] = "date-time"
    elif isinstance(kind, inspect.UnionType):
        moments = [each for each in kind.types if isinstance(each, inspect.DateTimeType)]
        texts = [each for each in schema["anyOf"] if each == {"type": "string"}]
        for text, moment in zip(texts, moments, strict=False):
            _mark(text, moment)
    elif isinstance(kind, inspect.CollectionType) and "items" in schema:
        _mark(schema["items"], kind.item_type)


def _tidied(schema: Any) -> Any:
    """The schema with the bounds that hold for everything, and without the source's layout."""
    if isinstance(schema, list):
        return [_tidied(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {key: _tidied(value) for key, value in schema.items()}
    if schema.get("type") == "integer":
        tidy.setdefault("minimum", -LARGEST)
        tidy.setdefault("maximum", LARGEST)
    if isinstance(text := schema.get("description"), str):
        tidy["description"] = re.sub(r"(?<!\n)\n(?!\n)", " ", python.cleandoc(text))
    return tidy


def _component(reference: Json) -> str:
    return str(reference["$ref"]).removeprefix(PLACE)


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if str(schema.get("$ref", "")).startswith(PLACE):
            yield _component(schema)
        for each in schema.values():
            yield from _references(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _references(each)
