"""What no parameter may be, whatever the action: beyond what the house can hold or reckon with.

The faces ask this once of everything that comes in, so that no action has to.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import LARGEST

EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
"""Days that a company has to do with; beyond these calendars and databases come to their end."""
BEFORE, AFTER = 15, 12
"""Digits before and after the point of a decimal: more than any column holds, and so few that
no multiplication of two runs out of Python's 28."""


def refuse_out_of_bounds(given: Mapping[str, Any]) -> None:
    """Refuse the first value that nothing here can hold, by its place (`entry.lines[0].amount`).

    Raises InvalidInput.
    """
    _check(given, "")


def _check(value: Any, place: str) -> None:
    if isinstance(value, str):
        _check_text(value, place)
    elif isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise InvalidInput(_("The number is beyond 64 bits."), field=place)
    elif isinstance(value, Decimal):
        _check_decimal(value, place)
    elif isinstance(value, date):
        _check_date(value, place)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            _check(getattr(value, name), f"{place}.{name}" if place else name)
    elif isinstance(value, Mapping):
        for name, each in value.items():
            _check(name, place)
            _check(each, f"{place}.{name}" if place else str(name))
    elif isinstance(value, (list, tuple, set, frozenset)):
        for number, each in enumerate(value):
            _check(each, f"{place}[{number}]")


def _check_text(value: str, place: str) -> None:
    if "\0" in value:
        raise InvalidInput(_("The text has a NUL character."), field=place)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            message = _("The text has half a character (a lone surrogate).")
            raise InvalidInput(message, field=place) from None


def _check_decimal(value: Decimal, place: str) -> None:
    if not value.is_finite():
        raise InvalidInput(_("This is no number."), field=place)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    if value.adjusted() >= BEFORE or exponent < -AFTER:
        raise InvalidInput(_("The number has too many digits."), field=place)


def _check_date(value: date, place: str) -> None:
    day = value.date() if isinstance(value, datetime) else value
    if not EARLIEST <= day <= LATEST:
        message = _("Give a day from {first} to {last}.")
        raise InvalidInput(
            message.format(first=EARLIEST.isoformat(), last=LATEST.isoformat()), field=place
        )
