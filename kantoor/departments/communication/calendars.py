"""Events as iCalendar (RFC 5545): what calendar programs take, as a file or to follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event

WITHOUT_END = timedelta(hours=1)
"""How long an event is taken to be that says no end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventShown:
    """An event for a calendar; `sequence` counts its corrections, so that programs take the newest."""

    uid: str
    title: str
    begins: datetime
    ends: datetime | None
    place: str = ""
    text: str = ""
    address: str = ""
    sequence: int = 0
    changed: datetime


def calendar_of(events: Iterable[EventShown], *, name: str = "") -> bytes:
    """A calendar of events to subscribe to, or to open as a file."""
    from icalendar import Calendar  # when somebody asks; the server is smaller until then

    made = Calendar()
    made.add("prodid", "-//Kantoor//Communication//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if name:
        made.add("x-wr-calname", name)
    for each in events:
        made.add_component(_event(each))
    return bytes(made.to_ical())


def _event(shown: EventShown) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{shown.uid}@kantoor")
    event.add("dtstamp", shown.changed.astimezone(UTC))
    event.add("sequence", shown.sequence)
    event.add("dtstart", shown.begins.astimezone(UTC))
    event.add("dtend", (shown.ends or shown.begins + WITHOUT_END).astimezone(UTC))
    event.add("summary", shown.title)
    for key, said in (
        ("location", shown.place), ("description", shown.text), ("url", shown.address),
    ):  # fmt: skip
        if said:
            event.add(key, said)
    event.add("status", "CONFIRMED")
    return event
