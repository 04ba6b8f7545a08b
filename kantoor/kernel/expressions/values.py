"""What an expression reckons with: text, numbers, yes or no, days, moments, lists and records."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db import models
from django.utils.functional import Promise

Value = Any
"""None, bool, int, Decimal, str, date, datetime, or a list or record (by name) of these."""


def plain(value: object) -> Value:
    """What an action, query or event gave, as a value: Structs, rows and the like as records.

    Anything else becomes the text it says it is. Floats never come near money, and do not come in
    here either: they are read by the digits they show.
    """
    if value is None or isinstance(value, bool | int | str | Decimal | datetime | date):
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, models.Model):
        fields = value._meta.concrete_fields
        return {each.attname: plain(getattr(value, each.attname)) for each in fields}
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, bytes | Promise):
        return str(value) if isinstance(value, Promise) else value.hex()
    return _parts(value)


def _parts(value: object) -> Value:
    """Structs and dataclasses as records."""
    if isinstance(value, msgspec.Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    names = getattr(value, "__dataclass_fields__", None)
    if names is not None:
        return {name: plain(getattr(value, name)) for name in names}
    return str(value)
