"""What a calendar says, as people write it and as a version keeps it.

Hours are written `09:00-12:30, 13:00-17:00`; `00:00-24:00` is the whole day, nothing is closed.
"""

import re
from collections.abc import Sequence
from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.intake.moments import is_zone

DAY_S = 86_400
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST = 200
MOST_DAYS = 1000
LONGEST_CLOSURE = 366

Spans = tuple[tuple[int, int], ...]
"""Spans of a day in seconds after its midnight, by the clock on the wall."""

_SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*[-\u2013]\s*(\d{1,2}):(\d\d)", re.ASCII)


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """The hours of each day of the week."""

    mon: str = ""
    tue: str = ""
    wed: str = ""
    thu: str = ""
    fri: str = ""
    sat: str = ""
    sun: str = ""


class OwnDays(msgspec.Struct, frozen=True, kw_only=True):
    """A day or days of the company's own: closed, or with these hours (a half day).

    `last` is the first day again when left out; `yearly` is every year on those dates.
    """

    first: date
    last: date | None = None
    hours: str = ""
    name: str = ""
    yearly: bool = False


class CalendarTerms(msgspec.Struct, frozen=True, kw_only=True):
    """A whole calendar. `country` (ISO 3166) and `subdivision` give the public holidays."""

    zone: str
    week: Week
    country: str = ""
    subdivision: str = ""
    days: Sequence[OwnDays] = ()


def read_hours(text: str, field: str = "hours") -> Spans:
    """The spans of a day in their order; raises InvalidInput with what to write instead."""
    if len(text) > LONGEST:
        raise InvalidInput(_("These are too many hours for a day."), field=field)
    spans: list[tuple[int, int]] = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        found = _SPAN.fullmatch(part)
        if found is None:
            message = _("Write hours as 09:00-12:30, 13:00-17:00 instead of “{text}”.")
            raise InvalidInput(message.format(text=part[:40]), field=field)
        spans.append((_seconds(found[1], found[2]), _seconds(found[3], found[4])))
    spans.sort()
    ends = 0
    for start, end in spans:
        if not ends <= start < end <= DAY_S:
            message = _("Hours begin before they end, on one day, and do not overlap.")
            raise InvalidInput(message, field=field)
        ends = end
    return tuple(spans)


def checked_terms(terms: CalendarTerms) -> CalendarTerms:
    """The terms when they can be; raises InvalidInput, also for a calendar without any hours."""
    if not is_zone(terms.zone):
        said = _("There is no time zone “{name}”.").format(name=terms.zone[:40])
        raise InvalidInput(said, field="zone")
    week = [read_hours(getattr(terms.week, day), f"week.{day}") for day in WEEKDAYS]
    if not any(week):
        message = _("A calendar without hours would never come to an end; give some hours.")
        raise InvalidInput(message, field="week.mon")
    _check_holidays(terms)
    if len(terms.days) > MOST_DAYS:
        said = _("No more than {most} lines.").format(most=MOST_DAYS)
        raise InvalidInput(said, field="days")
    for place, each in enumerate(terms.days, 1):
        _check_days(each, place)
    return terms


def _check_days(days: OwnDays, place: int) -> None:
    read_hours(days.hours, "days.hours")
    last = days.last or days.first
    if not 0 <= (last - days.first).days < LONGEST_CLOSURE:
        message = _("The last day is not before the first, and at most a year after it.")
        raise InvalidInput(message, field="days.last", line=place)
    if days.yearly and last.year != days.first.year:
        message = _("Days of every year lie within one year; use two lines around New Year.")
        raise InvalidInput(message, field="days.last", line=place)


def _check_holidays(terms: CalendarTerms) -> None:
    if not terms.country:
        if terms.subdivision:
            raise InvalidInput(_("Give the country as well."), field="country")
        return
    from holidays import list_supported_countries

    known = list_supported_countries()
    if terms.country not in known:
        message = _("The holidays of “{country}” are not known; leave it empty or use NL, DE …")
        raise InvalidInput(message.format(country=terms.country[:10]), field="country")
    if terms.subdivision and terms.subdivision not in known[terms.country]:
        shown = ", ".join(known[terms.country][:20])
        said = _("Give one of: {known}.").format(known=shown or "–")
        raise InvalidInput(said, field="subdivision")


def _seconds(hours: str, minutes: str) -> int:
    return int(hours) * 3600 + (int(minutes) * 60 if int(minutes) < 60 else DAY_S * 2)
