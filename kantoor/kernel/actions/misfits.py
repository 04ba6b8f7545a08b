"""What msgspec finds wrong with input, in the reader's words and at the field it concerns."""

import re
from collections.abc import Callable
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import InvalidInput

_PLACE = re.compile(r" - at `(?:key in )?\$\.?(?P<place>[^`]*)`$")
_MISSING = re.compile(r"Object missing required field `(?P<field>[^`]*)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<field>.*)`", re.DOTALL)
_EXPECTED = re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<given>[^`]*)`")
_VALUE = re.compile(r"Invalid enum value (?P<value>.*)", re.DOTALL)

KINDS: dict[str, Any] = {
    "str": _("text"),
    "int": _("a whole number"),
    "float": _("a number with decimals"),
    "decimal": _("a number"),
    "bool": _("true or false"),
    "null": _("nothing"),
    "array": _("a list"),
    "object": _("an object"),
    "date": _("a day"),
    "datetime": _("a moment"),
    "time": _("a time"),
    "bytes": _("content in base64"),
    "uuid": _("a UUID"),
}
HINTS: tuple[tuple[str, Any], ...] = (
    ("Invalid RFC3339 encoded datetime", _("Write a moment as 2011-01-31T09:00:00Z.")),
    ("Invalid RFC3339 encoded date", _("Write a day that is in the calendar, as 2011-01-31.")),
    ("Invalid decimal string", _("Write a number with a point, as 12.50.")),
    ("Integer value out of range", _("The number is beyond 64 bits.")),
    ("Number out of range", _("The number is too large.")),
    ("Invalid base64 encoded string", _("Write the content in base64.")),
    ("Invalid UUID", _("Write a UUID.")),
)


def invalid(error: msgspec.ValidationError) -> InvalidInput:
    """The error as a sentence that says what to do, with the field (`entry.lines[0].account`)."""
    text = str(error)
    found = _PLACE.search(text)
    place = found["place"] if found else ""
    text = _PLACE.sub("", text)
    for pattern, say in _SENTENCES:
        if match := pattern.match(text):
            return say(match, place)
    for beginning, hint in HINTS:
        if text.startswith(beginning):
            return InvalidInput(hint, field=place)
    return InvalidInput(_("This does not fit here."), field=place)


def _missing(match: re.Match[str], place: str) -> InvalidInput:
    message = _("“{field}” is missing.").format(field=match["field"])
    return InvalidInput(message, field=_within(place, match["field"]))


def _unknown(match: re.Match[str], place: str) -> InvalidInput:
    field = match["field"][:100]
    message = _("There is nothing called “{field}” here.").format(field=field)
    return InvalidInput(message, field=_within(place, field))


def _expected(match: re.Match[str], place: str) -> InvalidInput:
    wanted = [str(KINDS.get(kind, kind)) for kind in match["wanted"].split(" | ")]
    given = KINDS.get(match["given"], match["given"])
    either = str(_(" or ")).join(wanted)
    message = _("This has to be {wanted}, not {given}.").format(wanted=either, given=given)
    return InvalidInput(message, field=place)


def _value(match: re.Match[str], place: str) -> InvalidInput:
    value = match["value"].strip("'\"")[:100]
    return InvalidInput(_("“{value}” is not one of the choices.").format(value=value), field=place)


def _within(place: str, field: str) -> str:
    return f"{place}.{field}" if place else field


_SENTENCES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], InvalidInput]], ...] = (
    (_MISSING, _missing),
    (_UNKNOWN, _unknown),
    (_EXPECTED, _expected),
    (_VALUE, _value),
)
