"""What was typed, put together into the parameters of the action."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _
from msgspec import inspect as kinds

from kantoor.kernel.actions.bounds import refuse_out_of_bounds
from kantoor.kernel.actions.registry import Action
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.pages import shapes
from kantoor.kernel.pages.inputs import Input, Inputs, Lines

_PLACE = re.compile(r" - at `\$\.?(?P<place>[^`]*)`$")
EMPTY: tuple[Any, ...] = (None, "", [], ())
"""What an empty field gives."""


def gathered(
    inputs: Inputs,
    values: Mapping[str, Any],
    lines: Sequence[Mapping[str, Any]],
    before: Mapping[str, Any],
) -> dict[str, Any]:
    """What was typed as records within records, not yet as the action takes it.

    `before` are the values that were filled in when the form was opened: what is emptied of
    them is sent as empty, where an empty field otherwise means that nothing is said.
    """
    nested: dict[str, Any] = {}
    for asked in inputs.fields:
        if asked.path in values:
            value = values[asked.path]
            if value in EMPTY and not _says_empty(asked, before):
                continue
            _put(nested, asked.path, _emptied(asked) if value in EMPTY else value)
    if inputs.lines is not None and (lines or inputs.lines.required):
        _put(nested, inputs.lines.path, [_line(inputs.lines, line) for line in lines])
    _shape_records(nested, inputs)
    return nested


def converted(action: Action, nested: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the action takes them; raises InvalidInput with the place."""
    try:
        given = msgspec.convert(nested, action.parameters, strict=False)
    except msgspec.ValidationError as error:
        raise _refusal(str(error)) from None
    found = {name: getattr(given, name) for name in given.__struct_fields__}
    refuse_out_of_bounds(found)
    return found


def _refusal(said: str) -> InvalidInput:
    place = _PLACE.search(said)
    field = place["place"] if place else ""
    if missing := re.match(r"Object missing required field `(\w+)`", said):
        field = f"{field}.{missing[1]}" if field else missing[1]
        return InvalidInput(_("Fill this in."), field=field)
    return InvalidInput(_("This does not fit here."), field=field)


def _says_empty(asked: Input, before: Mapping[str, Any]) -> bool:
    """Whether an empty field empties something; what can't be empty falls back to its default."""
    if not isinstance(asked.kind, (kinds.StrType, *shapes.SEVERAL)) and not asked.nullable:
        return False
    if before.get(asked.path) not in EMPTY:
        return True
    return asked.default not in (*EMPTY, msgspec.NODEFAULT)


def _emptied(asked: Input) -> Any:
    if isinstance(asked.kind, kinds.StrType):
        return ""
    return None if asked.nullable else []


def _put(nested: dict[str, Any], path: str, value: Any) -> None:
    *above, last = path.split(".")
    for name in above:
        nested = nested.setdefault(name, {})
    nested[last] = value


def _line(lines: Lines, values: Mapping[str, Any]) -> Any:
    line: dict[str, Any] = {}
    for asked in lines.inputs:
        value = values.get(asked.name)
        if value not in EMPTY:
            line[asked.name] = value
    if any(field.name == "line" for field in lines.kind.fields):  # type: ignore[attr-defined]
        line["line"] = values.get("line")
    return _shaped(lines.kind, line)


def _shape_records(nested: dict[str, Any], inputs: Inputs) -> None:
    # The innermost first, so that an outer one holds them as they have to be.
    for path, (kind, needed) in sorted(inputs.records.items(), key=lambda item: -len(item[0])):
        *above, last = path.split(".")
        holder: Any = nested
        for name in above:
            holder = holder.get(name, {})
        if last in holder:
            holder[last] = _shaped(kind, holder[last])
        elif needed:
            holder[last] = _shaped(kind, {})


def _shaped(kind: kinds.Type, values: dict[str, Any]) -> Any:
    if isinstance(kind, kinds.NamedTupleType):
        return [values.get(field.name, field.default) for field in kind.fields]
    return values
