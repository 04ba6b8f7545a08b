"""An event as an invitation that mail programs put in one's calendar (RFC 5545, RFC 5546)."""

from datetime import timedelta

from django.utils import timezone

from kantoor.departments.communication.models import Item
from kantoor.kernel.mail.mass.composing import without_slots
from kantoor.kernel.mail.models import Mailbox

LASTS = timedelta(hours=1)
"""Of an event that says no end."""


def invitation(item: Item, organiser: Mailbox, attendee: str) -> str:
    """The request to take part, for one `attendee` (an address, or the slot of one)."""
    if item.event_from is None:
        return ""
    # 3 MB that a server has no use for until somebody is invited.
    from icalendar import Calendar, vCalAddress
    from icalendar import Event as CalendarEvent

    calendar = Calendar()
    calendar.add("prodid", "-//Kantoor//Communication//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST")
    event = CalendarEvent()
    event.add("uid", f"{item.uid}@{organiser.address.rpartition('@')[2]}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", item.event_from)
    event.add("dtend", item.event_until or item.event_from + LASTS)
    event.add("summary", without_slots(item.title))
    event.add("sequence", item.version)
    if item.place:
        event.add("location", without_slots(item.place))
    host = vCalAddress(f"mailto:{organiser.address}")
    host.params["cn"] = without_slots(organiser.sender_name)
    event.add("organizer", host)
    calendar.add_component(event)
    # Its line is written here, so that a slot in it is not folded away.
    line = f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{attendee}"
    text: str = calendar.to_ical().decode()
    return text.replace("END:VEVENT", f"{line}\r\nEND:VEVENT")
