"""Events for calendars: one as a file, or all of them to follow."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import pgettext

from kantoor.departments.communication.calendars import EventShown, calendar_of
from kantoor.departments.communication.queries.pages.telling import ItemTold
from kantoor.departments.communication.web.pages.feeds import TYPES
from kantoor.departments.communication.web.pages.showing import in_short
from kantoor.departments.communication.web.pages.words import news_url


def as_calendar(events: Sequence[ItemTold], root: str) -> bytes:
    """All these events as a calendar to follow."""
    shown = [event_shown(each, f"{root}{news_url(each.row.code)}") for each in events]
    return calendar_of(shown, name=pgettext("to come to", "Events"))


def event_file(told: ItemTold, address: str) -> HttpResponse:
    """One event as a file that calendar programs open."""
    body = calendar_of([event_shown(told, address)])
    answer = HttpResponse(body, content_type=TYPES["calendar"])
    answer["Content-Disposition"] = f'attachment; filename="{told.row.code}.ics"'
    return answer


def event_shown(told: ItemTold, address: str) -> EventShown:
    """An event as a calendar has it."""
    row = told.row
    assert row.event_from is not None, "an event has a time"
    return EventShown(
        uid=row.uid,
        title=row.title,
        begins=row.event_from,
        ends=row.event_until,
        place=row.place,
        text=in_short(told.text),
        address=address,
        sequence=len(told.text.corrections),
        changed=told.touched_at,
    )
