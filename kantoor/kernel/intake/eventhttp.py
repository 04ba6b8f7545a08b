"""CloudEvents in an HTTP request: one in headers and body, one as JSON, or a batch.

bindings/http-protocol-binding.md of the specification: the content type tells the three apart.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote_to_bytes

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.intake.cloudevents import (
    EVENT_LIMIT,
    Event,
    Value,
    build_event,
    event_from_json,
    is_json,
    structured,
    why_no_json,
)
from kantoor.kernel.intake.eventfiles import Taken, batch_events
from kantoor.kernel.intake.problems import Problem, Refused, shown

STRUCTURED = "application/cloudevents"
BATCH = "application/cloudevents-batch"
PREFIX = "ce-"

_ESCAPED = re.compile(r"\\(.)")


def events_from_http(headers: Mapping[str, str], body: bytes) -> Iterator[Taken]:
    """The events of a request with their place in it, 1 for a single one."""
    given = {name.lower(): value for name, value in headers.items()}
    media_type = given.get("content-type", "").partition(";")[0].strip().lower()
    kind, _plus, form = media_type.partition("+")
    if kind not in (STRUCTURED, BATCH):
        yield 1, event_from_binary(given, body)
    elif form != "json":
        message = _("Kantoor takes CloudEvents as JSON, not as {form}.")
        reason = Refused("event.format", message, field="content-type", form=shown(media_type))
        yield 1, reason.at(line=1)
    elif kind == BATCH:
        yield from batch_events([body])
    else:
        yield 1, event_from_json(body)


def event_from_binary(headers: Mapping[str, str], body: bytes) -> Event | Problem:
    """The event whose attributes stand in `ce-` headers and whose data is the body."""
    given = {name.lower(): value for name, value in headers.items()}
    try:
        if len(body) > EVENT_LIMIT:
            message = _("This event is larger than {limit} bytes.")
            raise Refused("event.too_large", message, limit=EVENT_LIMIT)
        attributes = _attributes(given)
        content_type = str(attributes.get("datacontenttype", "application/json"))
        if body and is_json(content_type):
            _check_json(body)
        event = build_event(attributes, body or None, b"")
        return msgspec.structs.replace(event, raw=structured(event))
    except Refused as reason:
        return reason.at(line=1, given=body)


def _attributes(headers: Mapping[str, str]) -> dict[str, Value]:
    attributes: dict[str, Value] = {
        name.removeprefix(PREFIX): _decoded(name, value)
        for name, value in headers.items()
        if name.startswith(PREFIX)
    }
    for name in ("datacontenttype", "data", "data_base64"):
        if name in attributes:
            message = _("This header does not belong in a CloudEvent.")
            raise Refused("event.header", message, field=PREFIX + name)
    if content_type := headers.get("content-type", "").strip():
        attributes["datacontenttype"] = content_type
    return attributes


def _decoded(name: str, value: str) -> str:
    """A header's value without the quotes of older senders, percent-decoded once (3.1.3.2)."""
    text = value.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = _ESCAPED.sub(r"\1", text[1:-1])
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeError:
        message = _("This header is not percent-encoded UTF-8.")
        raise Refused("event.header", message, field=shown(name)) from None


def _check_json(body: bytes) -> None:
    try:
        body.decode()
        msgspec.json.decode(body)
    except (UnicodeDecodeError, msgspec.DecodeError, RecursionError) as reason:
        message = _("The data is not JSON: {reason}.")
        raise Refused("event.data", message, field="data", reason=why_no_json(reason)) from None
