"""Which values a field gives to the database just as they are, so that nobody need ask it."""

from functools import cache
from typing import Any

from django.db import models

_KINDS: dict[type[Any], type[Any]] = {
    models.CharField: str,
    models.TextField: str,
    models.IntegerField: int,
    models.BigIntegerField: int,
    models.BigAutoField: int,
    models.ForeignKey: int,
}
"""By the very class of a field: what is made of one may do otherwise."""


@cache
def plain_type(field: "models.Field[Any, Any]") -> type[Any] | None:
    """The type whose values, of just this type, need no preparing; None where there is none."""
    return _KINDS.get(type(field))
