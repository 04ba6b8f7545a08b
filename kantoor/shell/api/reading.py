"""From a request to typed parameters: JSON bodies and query strings, each with its bounds."""

import re
from typing import Any

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import DomainError, InvalidInput
from kantoor.kernel.money import LARGEST

_PLACE = re.compile(r" - at `\$\.?(?P<place>[^`]*)`$")


class Malformed(DomainError):
    """The body is not JSON, or not UTF-8."""

    code = "malformed"
    status = 400


class TooLarge(DomainError):
    """The body is larger than the installation takes at once."""

    code = "too_large"
    status = 413


class WrongContent(DomainError):
    """The body is not announced as JSON."""

    code = "content_type"
    status = 415


def body_of(request: HttpRequest) -> bytes:
    """The request's body, refused beyond the limit of the settings."""
    try:
        return request.body
    except RequestDataTooBig:
        message = _("The body is too large; send it in parts, or as a file.")
        raise TooLarge(message) from None


def from_body(request: HttpRequest, shape: type[msgspec.Struct]) -> dict[str, Any]:
    """The parameters of an action from a JSON body."""
    body = body_of(request) or b"{}"
    if request.content_type not in ("application/json", ""):
        raise WrongContent(_("Send the parameters as application/json."))
    try:
        given = msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise invalid(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Malformed(_("The body is not JSON in UTF-8.")) from None
    return fields_of(given)


def from_query(request: HttpRequest, shape: type[msgspec.Struct]) -> dict[str, Any]:
    """The parameters of a query from the address; a name may stand there more than once."""
    given: dict[str, Any] = {}
    for name, values in request.GET.lists():
        several = len(values) > 1 or name.endswith("[]")
        given[name.removesuffix("[]")] = values if several else values[-1]
    try:
        return fields_of(msgspec.convert(given, shape, strict=False))
    except msgspec.ValidationError as error:
        raise invalid(error) from None


def invalid(error: msgspec.ValidationError) -> InvalidInput:
    """The validation error as one sentence, with the field it concerns."""
    text = str(error)
    place = _PLACE.search(text)
    field = place["place"] if place else ""
    return InvalidInput(_PLACE.sub("", text) + ".", field=field)


def fields_of(given: msgspec.Struct) -> dict[str, Any]:
    """The fields of checked parameters, none beyond what the database can hold."""
    found = {name: getattr(given, name) for name in given.__struct_fields__}
    _within_bounds(found, "")
    return found


def _within_bounds(value: Any, place: str) -> None:
    if isinstance(value, bool):
        return
    if isinstance(value, int) and not -LARGEST <= value <= LARGEST:
        raise InvalidInput(_("The number is beyond 64 bits."), field=place)
    if isinstance(value, str) and "\0" in value:
        raise InvalidInput(_("The text has a NUL character."), field=place)
    if isinstance(value, msgspec.Struct):
        value = {name: getattr(value, name) for name in value.__struct_fields__}
    if isinstance(value, dict):
        for name, each in value.items():
            _within_bounds(name, place)
            _within_bounds(each, f"{place}.{name}" if place else str(name))
    elif isinstance(value, (list, tuple, set, frozenset)):
        for number, each in enumerate(value):
            _within_bounds(each, f"{place}[{number}]")
