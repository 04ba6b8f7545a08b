"""CloudEvents as documents for the door, and refused documents as CloudEvents to be mended."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import DomainError
from kantoor.kernel.intake.cloudevents import Event, event_from_json
from kantoor.kernel.intake.incoming import Incoming
from kantoor.kernel.intake.mapping import Mapping
from kantoor.kernel.intake.mapping_files import find, shipped_directories
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.intake.rows import MENDED, Rows, as_data, from_mended
from kantoor.kernel.store.instants import canonical
from kantoor.kernel.store.tables import DIGEST_BYTES, encode

UNREADABLE = "kantoor.intake.unreadable"
"""The type of event that carries, as text, what could not be read as an event."""

_members = msgspec.json.Decoder(dict[str, msgspec.Raw])
"""Each value stays the JSON text that it was."""

_REASONS = ("refusalcode", "refusalmessage", "refusalfield", "refusalline")
"""The extension attributes that say why an event was refused; they are no part of its content."""

MappingFor = Callable[[str], Mapping]


def mapping_of_source(source: str) -> Mapping:
    """The mapping that comes with Kantoor for a source; raises NoMapping."""
    return find(source, shipped_directories())


def from_taken(
    taken: Event | Problem, line: int, source: str, mapping_for: MappingFor = mapping_of_source
) -> Incoming:
    """What was read at a line (or place), as the door takes it; `source` is whose it is if unsaid."""
    if isinstance(taken, Problem):
        return _unreadable(source, taken, line)
    if taken.type == UNREADABLE:
        text = _text_of(taken)
        again = event_from_json(text, line)
        if isinstance(again, Problem):
            return _unreadable(taken.source, again, line)
        taken = again
    if taken.type == MENDED:
        return _mended(taken, line, mapping_for)
    return _from_event(taken, line)


def _from_event(event: Event, line: int, problem: Problem | None = None) -> Incoming:
    try:
        digest = _digest(event)
    except (msgspec.MsgspecError, RecursionError):  # JSON, yet more than can be worked with
        digest = hashlib.sha256(event.raw + (event.data or b"")).digest()[:DIGEST_BYTES]
        message = _("The data has a number beyond 64 bits, or lists in lists without end.")
        problem = problem or Problem(line, "data", "event.data", message)
    return Incoming(
        source=event.source,
        event_id=event.id,
        type=event.type,
        digest=digest,
        raw=encode(event.raw),
        content=event,
        line=line,
        time=canonical(event.time) if event.time else None,
        problem=problem,
    )


def _digest(event: Event) -> bytes:
    """Over what the event says, however its JSON is laid out."""
    data = event.data
    if data is not None and event.holds_json:
        data = msgspec.json.encode(msgspec.json.decode(data), order="sorted")
    told = [event.type, event.subject, event.dataschema, event.datacontenttype, data]
    return hashlib.sha256(encode(told)).digest()[:DIGEST_BYTES]


def _mended(event: Event, line: int, mapping_for: MappingFor) -> Incoming:
    try:
        mapping = mapping_for(event.source)
    except DomainError as refusal:
        problem = Problem(line, "source", refusal.code, str(refusal.message))
        return _from_event(event, line, problem)
    document = from_mended(event.source, mapping, event.data or b"")
    if isinstance(document, Problem):
        return _from_event(event, line, replace(document, line=line))
    document.raw = encode(event.raw)
    return document


def _unreadable(source: str, problem: Problem, line: int) -> Incoming:
    given = problem.given if isinstance(problem.given, bytes) else repr(problem.given).encode()
    told = hashlib.sha256(given).digest()
    return Incoming(
        source=source,
        event_id=f"unreadable/{told.hex()[:16]}",
        type=UNREADABLE,
        digest=told[:DIGEST_BYTES],
        raw=encode(given),
        content=given,
        line=line,
        problem=problem,
    )


def _text_of(event: Event) -> bytes:
    if event.data is not None and event.holds_json:
        text = msgspec.json.decode(event.data)
        return text.encode() if isinstance(text, str) else event.data
    return event.data or b""


def as_event(document: Incoming, problem: Problem) -> bytes:
    """A refused document as a CloudEvent in JSON, with the reason, to be mended and handed in."""
    members: dict[str, Any]
    if isinstance(document.content, Rows):
        members = _wrapped(document, MENDED) | {"data": as_data(document.content, problem)}
    elif isinstance(document.content, Event):
        members = dict(_members.decode(document.content.raw))
    else:
        text = bytes(document.content).decode(errors="replace")
        members = _wrapped(document, UNREADABLE) | {"data": text}
    data = {name: members.pop(name) for name in ("data", "data_base64") if name in members}
    for name in _REASONS:
        members.pop(name, None)
    reasons = (problem.code, str(problem.message), problem.field, problem.line)
    said = {name: each for name, each in zip(_REASONS, reasons, strict=True) if each}
    return msgspec.json.encode(members | said | data)


def _wrapped(document: Incoming, kind: str) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": document.event_id,
        "source": document.source,
        "type": kind,
    }
