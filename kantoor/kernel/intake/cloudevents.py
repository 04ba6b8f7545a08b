"""CloudEvents 1.0: an event as a value, and the rules that make one valid.

The specification is that of cloudevents.io, version 1.0.2: spec.md for the attributes and their
types, formats/json-format.md for how they stand in JSON.
"""

import base64
import re
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.intake.problems import Problem, Refused, shown

EVENT_LIMIT = 1 << 20
"""Bytes of one event; the specification asks that 64 KiB be taken."""

LIMITS = {"id": 200, "source": 200, "type": 120, "specversion": 8, "subject": 200}
"""Characters of the attributes that are kept in columns."""

_OTHERS_LIMIT = 2000
_ATTRIBUTES_LIMIT = 100
_INT32 = range(-(2**31), 2**31)
_NAME = re.compile(r"[a-z0-9]{1,40}", re.ASCII)
# RFC 3986: what a reference may be made of; the schemes and what they mean are the source's own.
_REFERENCE = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:.+")
_RFC3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+\-]+/[A-Za-z0-9!#$&^_.+\-]+(?:\s*;.*)?")
_JSON_TYPE = re.compile(r"[^/;\s]+/(?:json|[^;\s]+\+json)\s*(?:;.*)?", re.IGNORECASE)
# Control characters, noncharacters and halves of surrogate pairs: "String" of the type system.
_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)

Value = str | int | bool


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the front office. Two of the same `source` and `id` are the same event.

    `data` is what it carries: JSON text where `datacontenttype` says JSON, else the bytes as they
    were. `time` is in UTC. `raw` is the whole event as JSON, as it came where it came as JSON.
    """

    id: str
    source: str
    type: str
    time: datetime | None = None
    subject: str = ""
    datacontenttype: str = "application/json"
    dataschema: str = ""
    data: bytes | None = None
    extensions: tuple[tuple[str, Value], ...] = ()
    raw: bytes = b""

    @property
    def holds_json(self) -> bool:
        """Whether `data` is JSON text."""
        return is_json(self.datacontenttype)


def is_json(media_type: str) -> bool:
    """Whether a media type declares JSON: */json or */*+json (json-format.md 3.1.1)."""
    return _JSON_TYPE.fullmatch(media_type) is not None


_members = msgspec.json.Decoder(dict[str, msgspec.Raw])
_value: msgspec.json.Decoder[Value] = msgspec.json.Decoder(bool | int | str)


def event_from_json(text: bytes, position: int = 1) -> Event | Problem:
    """The event in a JSON object (structured mode), or what is wrong with it.

    `position` is the line or the place in a batch that a problem names.
    """
    try:
        attributes, data, encoded = _taken_apart(text)
        event = build_event(attributes, None, text)
        if encoded is not None:
            data = _from_base64(encoded, data)
        elif data is not None and not event.holds_json:
            data = _from_string(data)
        return event if data is None else msgspec.structs.replace(event, data=data)
    except Refused as reason:
        return reason.at(line=position, given=text)


def build_event(attributes: Mapping[str, Value], data: bytes | None, raw: bytes) -> Event:
    """A valid event of these attributes (without null ones); raises Refused."""
    given = dict(attributes)
    version = _required(given, "specversion")
    if version != "1.0":
        message = _("This is CloudEvents {version}; Kantoor takes 1.0.")
        raise Refused("event.specversion", message, field="specversion", version=shown(version))
    return Event(
        id=_required(given, "id"),
        source=_matching(given, "source", _REFERENCE) or _missing("source"),
        type=_required(given, "type"),
        time=_time(given),
        subject=_string(given, "subject") or "",
        datacontenttype=_matching(given, "datacontenttype", _MEDIA_TYPE) or "application/json",
        dataschema=_matching(given, "dataschema", _ABSOLUTE) or "",
        data=data,
        extensions=_extensions(given),
        raw=raw,
    )


def structured(event: Event) -> bytes:
    """The event as a JSON object, in the order of the specification."""
    members: dict[str, object] = {
        "specversion": "1.0",
        "id": event.id,
        "source": event.source,
        "type": event.type,
    }
    if event.subject:
        members["subject"] = event.subject
    if event.time:
        members["time"] = event.time.isoformat().replace("+00:00", "Z")
    if event.dataschema:
        members["dataschema"] = event.dataschema
    members |= dict(event.extensions)
    members["datacontenttype"] = event.datacontenttype
    if event.data is not None and event.holds_json:
        members["data"] = msgspec.Raw(event.data)
    elif event.data is not None:
        members["data_base64"] = base64.b64encode(event.data).decode()
    return msgspec.json.encode(members)


# --- JSON -----------------------------------------------------------------------------------


def _taken_apart(text: bytes) -> tuple[dict[str, Value], bytes | None, bytes | None]:
    """Attributes, `data` as JSON text and `data_base64` as JSON text; null is the same as unset."""
    attributes: dict[str, Value] = {}
    data = encoded = None
    for name, member in _object(text).items():
        value = bytes(member)
        if name == "data":
            data = value
        elif value == b"null":
            continue
        elif name == "data_base64":
            encoded = value
        else:
            attributes[name] = _attribute(name, value)
    return attributes, data, encoded


def _object(text: bytes) -> dict[str, msgspec.Raw]:
    if len(text) > EVENT_LIMIT:
        message = _("This event is larger than {limit} bytes.")
        raise Refused("event.too_large", message, limit=EVENT_LIMIT)
    try:
        text.decode()
        return _members.decode(text)
    except UnicodeDecodeError:
        raise Refused("event.encoding", _("This event is not UTF-8.")) from None
    except msgspec.ValidationError:
        raise Refused("event.not_object", _("An event must be a JSON object.")) from None
    except (msgspec.DecodeError, RecursionError) as reason:
        message = _("This event is not JSON: {reason}.")
        raise Refused("event.malformed", message, reason=why_no_json(reason)) from None


def why_no_json(reason: Exception) -> str:
    """What the decoder found, in the reader's words where there are any."""
    if isinstance(reason, RecursionError):
        return gettext("it has lists in lists without end")
    if isinstance(reason, UnicodeDecodeError):
        return gettext("it is not UTF-8")
    if "truncated" in str(reason):
        return gettext("it ends too early")
    return str(reason)


def _attribute(name: str, value: bytes) -> Value:
    try:
        return _value.decode(value)
    except (msgspec.DecodeError, RecursionError):
        message = _("An attribute must be a text, a whole number, or true or false.")
        raise Refused("event.attribute_type", message, field=shown(name)) from None


def _from_base64(encoded: bytes, data: bytes | None) -> bytes:
    if data is not None:
        message = _("An event has “data” or “data_base64”, not both.")
        raise Refused("event.data_twice", message, field="data_base64")
    try:
        return base64.b64decode(msgspec.json.decode(encoded, type=str), validate=True)
    except ValueError:
        message = _("“data_base64” is not base64.")
        raise Refused("event.base64", message, field="data_base64") from None


def _from_string(data: bytes) -> bytes:
    try:
        return msgspec.json.decode(data, type=str).encode()
    except ValueError:
        message = _("“data” must be a text, unless “datacontenttype” says that it is JSON.")
        raise Refused("event.data", message, field="data") from None


# --- attributes -----------------------------------------------------------------------------


def _missing(name: str) -> str:
    message = _("An event needs the attribute “{name}”.")
    raise Refused("event.attribute_missing", message, field=name, name=name)


def _required(given: dict[str, Value], name: str) -> str:
    return _string(given, name) or _missing(name)


def _string(given: dict[str, Value], name: str) -> str | None:
    """A core attribute that is a text, taken out of what was given."""
    value = given.pop(name, None)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Refused("event.attribute_type", _("This attribute must be a text."), field=name)
    if not value:
        raise Refused("event.attribute_empty", _("This attribute is empty."), field=name)
    return _allowed(name, value)


def _allowed(name: str, value: str) -> str:
    limit = LIMITS.get(name, _OTHERS_LIMIT)
    if len(value) > limit:
        message = _("This attribute is longer than {limit} characters.")
        raise Refused("event.attribute_long", message, field=name, limit=limit)
    if _FORBIDDEN.search(value):
        message = _("This attribute has control characters in it.")
        raise Refused("event.attribute_text", message, field=name)
    return value


def _matching(given: dict[str, Value], name: str, pattern: re.Pattern[str]) -> str | None:
    value = _string(given, name)
    if value is not None and not pattern.fullmatch(value):
        message = _("“{value}” is not a valid “{name}”.")
        raise Refused("event.attribute_form", message, field=name, name=name, value=shown(value))
    return value


def _time(given: dict[str, Value]) -> datetime | None:
    text = _matching(given, "time", _RFC3339)
    if text is None:
        return None
    try:
        return msgspec.convert(text, datetime).astimezone(UTC)
    except (msgspec.ValidationError, OverflowError):
        message = _("There is no such day or time: {text}.")
        raise Refused("event.time", message, field="time", text=shown(text)) from None


def _extensions(given: dict[str, Value]) -> tuple[tuple[str, Value], ...]:
    """What is left once the attributes of the specification are taken."""
    if len(given) > _ATTRIBUTES_LIMIT:
        raise Refused("event.attributes", _("This event has too many attributes."))
    for name, value in given.items():
        if not _NAME.fullmatch(name):
            message = _("The name of an attribute may have small letters and digits, 40 at most.")
            raise Refused("event.attribute_name", message, field=shown(name))
        if isinstance(value, str):
            _allowed(name, value)
        elif value not in _INT32:
            message = _("A whole number in an attribute must fit in 32 bits.")
            raise Refused("event.attribute_type", message, field=name)
    return tuple(sorted(given.items()))
