"""`/leave-calendar/<token>`: who of the team is away, as an iCalendar feed for calendar programs.

The address has a token in it that opens this and nothing else (`hr.calendar_feed`), so that who
gets hold of it reads no payslip; a token of the API that is limited to `hr.use_own` does as well.
RFC 5545; each span of days is one event of whole days, whose end is the day after the last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.leave.calendar import Away, AwayDay, away_on_team
from kantoor.departments.hr.queries.leave.feed import FEED
from kantoor.departments.hr.queries.leave.whose import OWN
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.doors import Reply, Visit, machine_door

BACK, AHEAD = timedelta(days=92), timedelta(days=366)
DAY = timedelta(days=1)
NO_TOKEN = _("Use the address with its token in it.")


@machine_door("leave-calendar", largest=1024)
def leave_calendar(visit: Visit) -> Reply:
    """The feed; who shows no token, or one that may not, gets nothing."""
    if visit.method not in ("GET", "HEAD"):
        return Reply(body=b"", content_type="text/plain", status=405, headers={"Allow": "GET"})
    reader = _reader(visit.actor)
    if reader is None:
        said = f"{NO_TOKEN}\n".encode()
        return Reply(body=said, content_type="text/plain; charset=utf-8", status=401)
    today = timezone.localdate()
    with translation.override(reader.language):
        away = away_on_team(reader, first=today - BACK, last=today + AHEAD)
        body = as_feed(away)
    return Reply(
        body=body,
        content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "private, no-store"},
    )


def _reader(actor: Actor | None) -> Actor | None:
    """Who may read the feed: with the token of a feed just as far as they see the calendar."""
    if actor is not None and FEED in actor.scopes:
        actor = replace(actor, scopes=frozenset({OWN}))
    return actor if actor is not None and actor.may(OWN) else None


def as_feed(away: Sequence[Away]) -> bytes:
    """The days that people are away as a calendar, one event for days that follow each other."""
    from icalendar import Calendar, Event  # when somebody asks; the server is smaller until then

    found = Calendar()
    found.add("prodid", "-//Kantoor//Leave//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", gettext("Leave"))
    stamp = timezone.now()
    for person in away:
        for first, last, what in _spans(person.days):
            event = Event()
            key = sha256(f"{person.employee}/{first}/{what}".encode()).hexdigest()[:32]
            event.add("uid", f"{key}@kantoor")
            event.add("dtstamp", stamp)
            event.add("dtstart", first)
            event.add("dtend", last + DAY)
            said = gettext("%(name)s away") if what != "asked" else gettext("%(name)s away (asked)")
            event.add("summary", said % {"name": person.name})
            event.add("status", "TENTATIVE" if what == "asked" else "CONFIRMED")
            event.add("transp", "TRANSPARENT")
            found.add_component(event)
    return bytes(found.to_ical())


def _spans(days: list[AwayDay]) -> Iterator[tuple[date, date, str]]:
    """Days of one kind that follow each other, weekends between them not counted as a gap."""
    first = last = None
    what = ""
    for each in days:
        if last is not None and first is not None:
            gap = (each.day - last).days
            over_weekend = last.weekday() == 4 and gap <= 3
            if each.what == what and (gap == 1 or over_weekend):
                last = each.day
                continue
            yield first, last, what
        first = last = each.day
        what = each.what
    if first is not None and last is not None:
        yield first, last, what
