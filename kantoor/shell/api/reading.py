"""From a request to typed parameters: JSON bodies and query strings, each with its bounds."""

import json
from typing import Any

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError
from django.utils.translation import gettext_lazy as _
from msgspec import inspect

from kantoor.kernel.actions.bounds import refuse_out_of_bounds
from kantoor.kernel.actions.misfits import invalid
from kantoor.kernel.errors import DomainError, InvalidInput

SEVERAL = (
    inspect.ListType,
    inspect.SetType,
    inspect.FrozenSetType,
    inspect.VarTupleType,
    inspect.CollectionType,
)
"""Kinds of which a query string may give more than one."""


class Malformed(DomainError):
    """The body is not JSON, or not UTF-8."""

    code = "malformed"
    status = 400


class TooLarge(DomainError):
    """The body is larger than the installation takes at once."""

    code = "too_large"
    status = 413


class WrongContent(DomainError):
    """The body is not announced as JSON in UTF-8."""

    code = "content_type"
    status = 415


def body_of(request: HttpRequest) -> bytes:
    """The request's body. Raises TooLarge beyond the limit of the settings, Malformed."""
    try:
        return request.body
    except RequestDataTooBig:
        message = _("The body is too large; send it in parts, or as a file.")
        raise TooLarge(message) from None
    except UnreadablePostError:
        raise Malformed(_("The body broke off.")) from None


def from_body(request: HttpRequest, shape: type[msgspec.Struct]) -> dict[str, Any]:
    """The parameters of an action from a JSON body."""
    body = body_of(request)
    if body:
        _announced_as_json(request)
    try:
        given = msgspec.json.decode(body or b"{}", type=shape)
    except msgspec.ValidationError as error:
        raise invalid(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Malformed(_("The body is not JSON in UTF-8.")) from None
    _refuse_double_names(body or b"{}")
    return fields_of(given)


def _announced_as_json(request: HttpRequest) -> None:
    if request.content_type not in ("application/json", ""):
        raise WrongContent(_("Send the parameters as application/json."))
    # RFC 8259, 8.1: JSON between systems is UTF-8, whatever else is announced.
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.strip('"').lower() not in ("utf-8", "utf8", "us-ascii"):
        raise WrongContent(_("Send JSON in UTF-8."))


def _refuse_double_names(body: bytes) -> None:
    """Refuse an object that says the same name twice: which of the two is meant?"""

    def each_once(pairs: list[tuple[str, Any]]) -> None:
        seen: set[str] = set()
        for name, _value in pairs:
            if name in seen:
                message = _("“{name}” stands twice in one object.").format(name=name[:100])
                raise Malformed(message, field=name[:100])
            seen.add(name)

    try:
        # Numbers stay text: they were checked already, and a long one would take long again.
        json.loads(body.decode(), object_pairs_hook=each_once, parse_int=str, parse_float=str)
    except RecursionError:
        raise Malformed(_("The body is nested too deeply.")) from None


def from_query(request: HttpRequest, shape: type[msgspec.Struct]) -> dict[str, Any]:
    """The parameters of a query from the address; a list has its name there for each value."""
    info = inspect.type_info(shape)
    assert isinstance(info, inspect.StructType)
    several = {field.name for field in info.fields if is_several(field.type)}
    given: dict[str, Any] = {}
    for name, values in request.GET.lists():
        if name not in several and len(values) > 1:
            raise InvalidInput(_("Give this once only."), field=name[:100])
        given[name] = values if name in several else values[0]
    try:
        return fields_of(msgspec.convert(given, shape, strict=False))
    except msgspec.ValidationError as error:
        raise invalid(error) from None


def is_several(kind: inspect.Type) -> bool:
    """Whether a parameter takes a list, perhaps among other things."""
    if isinstance(kind, inspect.UnionType):
        return any(is_several(each) for each in kind.types)
    return isinstance(kind, SEVERAL)


def fields_of(given: msgspec.Struct) -> dict[str, Any]:
    """The fields of checked parameters, none beyond what the house can hold."""
    found = {name: getattr(given, name) for name in given.__struct_fields__}
    refuse_out_of_bounds(found)
    return found
