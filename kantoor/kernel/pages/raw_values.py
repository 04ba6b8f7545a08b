"""Parameters as an address or a button carries them (`?number=2011-004&on=2011-06-30`), read back."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from django.http import QueryDict
from msgspec import inspect as kinds

from kantoor.kernel.pages import shapes
from kantoor.kernel.pages.inputs import Inputs


def read_raw(inputs: Inputs, query: QueryDict) -> dict[str, Any]:
    """What the address says of the inputs, by path; what can't be read is left out."""
    found: dict[str, Any] = {}
    for asked in inputs.fields:
        if asked.path in query:
            value = _read(asked.kind, query.getlist(asked.path))
            if value is not None:
                found[asked.path] = value
    if inputs.lines is not None and inputs.lines.path in query:
        lines = _json(str(query[inputs.lines.path]))
        if isinstance(lines, list) and all(isinstance(line, Mapping) for line in lines):
            found[inputs.lines.path] = lines
    return found


def _read(kind: kinds.Type, values: list[str]) -> Any:
    text = values[-1]
    try:
        if isinstance(kind, kinds.BoolType):
            return text in ("1", "true", "on")
        if isinstance(kind, kinds.IntType):
            return int(text)
        if isinstance(kind, kinds.DecimalType):
            return Decimal(text)
        if isinstance(kind, kinds.DateType):
            return date.fromisoformat(text)
    except (ValueError, InvalidOperation):
        return None
    if isinstance(kind, shapes.SEVERAL):
        return _json(text) if text.startswith("[") else values
    if isinstance(kind, (kinds.StrType, kinds.LiteralType, kinds.EnumType)):
        return text
    return _json(text)


def _json(text: str) -> Any:
    try:
        return msgspec.json.decode(text.encode())
    except msgspec.DecodeError:
        return None
