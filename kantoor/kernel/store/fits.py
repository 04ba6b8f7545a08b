"""Whether values fit their columns: SQLite checks no lengths and PostgreSQL too late to explain."""

from collections.abc import Iterable
from functools import cache

from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import LARGEST


def refuse_misfits(objects: Iterable[models.Model]) -> None:
    """Refuse the first value that its column can't hold, by the name of its field."""
    for obj in objects:
        for name, longest in _texts(type(obj)):
            value = getattr(obj, name)
            if isinstance(value, str) and len(value) > longest:
                message = _("This is longer than {most} characters.").format(most=longest)
                raise InvalidInput(message, field=name)
            if isinstance(value, str) and "\0" in value:
                raise InvalidInput(_("The text has a NUL character."), field=name)
        for name, least, most in _integers(type(obj)):
            value = getattr(obj, name)
            if isinstance(value, int) and not least <= value <= most:
                raise InvalidInput(_("The number is too large."), field=name)


@cache
def _texts(model: type[models.Model]) -> tuple[tuple[str, int], ...]:
    fields = (f for f in model._meta.concrete_fields if isinstance(f, models.CharField))
    texts = [(f.attname, f.max_length) for f in fields if f.max_length]
    unbounded = (f for f in model._meta.concrete_fields if isinstance(f, models.TextField))
    return (*texts, *((f.attname, LARGEST) for f in unbounded))


@cache
def _integers(model: type[models.Model]) -> tuple[tuple[str, int, int], ...]:
    # The ranges of PostgreSQL, on SQLite too: what one takes the other must take.
    ranges = BaseDatabaseOperations.integer_field_ranges
    fields = (f for f in model._meta.concrete_fields if isinstance(f, models.IntegerField))
    return tuple((f.attname, *ranges[f.get_internal_type()]) for f in fields)
