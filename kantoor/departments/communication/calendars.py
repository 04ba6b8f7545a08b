"""Events as iCalendar (RFC 5545): what calendar programs take, by file, by feed or by mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from icalendar import Calendar, Event, vCalAddress

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
WITHOUT_END = timedelta(hours=1)
"""How long an event is taken to be that says no end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventShown:
    """An event for a calendar. `sequence` counts what was published of it, so that programs take the
    newest; `cancelled` ones stay in the calendar as that.
    """

    uid: str
    title: str
    begins: datetime
    ends: datetime | None
    place: str = ""
    text: str = ""
    address: str = ""
    sequence: int = 0
    changed: datetime
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Who invites or is invited, by e-mail address."""

    name: str
    address: str


def calendar_of(events: Iterable[EventShown], *, name: str) -> bytes:
    """A calendar of events to subscribe to, or to open as a file."""
    return bytes(_calendar(events, "PUBLISH", name, None, ()).to_ical())


def invitation(event: EventShown, *, organizer: Person, invited: Iterable[Person]) -> bytes:
    """An invitation to answer, for a mail (RFC 5546); for a cancelled event that it is off."""
    method: Method = "CANCEL" if event.cancelled else "REQUEST"
    return bytes(_calendar([event], method, "", organizer, invited).to_ical())


def _calendar(
    events: Iterable[EventShown],
    method: Method,
    name: str,
    organizer: Person | None,
    invited: Iterable[Person],
) -> "Calendar":
    from icalendar import Calendar  # when somebody asks; the server is smaller until then

    made = Calendar()
    made.add("prodid", "-//Kantoor//Communication//EN")
    made.add("version", "2.0")
    made.add("method", method)
    if name:
        made.add("x-wr-calname", name)
    people = list(invited)
    for each in events:
        made.add_component(_event(each, organizer, people))
    return made


def _event(shown: EventShown, organizer: Person | None, invited: list[Person]) -> "Event":
    from icalendar import Event, vText

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
    event.add("status", "CANCELLED" if shown.cancelled else "CONFIRMED")
    if organizer is not None:
        event.add("organizer", _address(organizer))
    for person in invited:
        who = _address(person)
        who.params["RSVP"] = vText("TRUE")
        who.params["PARTSTAT"] = vText("NEEDS-ACTION")
        event.add("attendee", who)
    return event


def _address(person: Person) -> "vCalAddress":
    from icalendar import vCalAddress, vText

    made = vCalAddress(f"mailto:{person.address}")
    if person.name:
        made.params["CN"] = vText(person.name)
    return made
