"""The team calendar: a month, with who is away on which day."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from babel import dates
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.leave.calendar import Away, TeamMonth, team_month
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plain_view import PlainView
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.formats import day_in_full, reader_locale
from kantoor.kernel.ui.listing import Act

WHAT = {
    "leave": (_("leave"), "✓"),
    "asked": (_("asked"), "?"),
    "sick": (_("sick"), "z"),
    "away": (_("away"), "•"),
    "off": (_("day off"), ""),
    "holiday": (_("holiday"), ""),
}


def _content(actor: Actor, address: Address) -> Mapping[str, Any]:
    year, month = _month(address.get("month"))
    shown = team_month(actor, year=year, month=month)
    before, after = shown.first - timedelta(days=1), shown.last + timedelta(days=1)
    name = dates.format_date(shown.first, "LLLL yyyy", locale=reader_locale())
    days = _days(shown)
    ask = Act(gettext("Ask for leave"), "/hr/ask-leave", icon="plus", key="n")
    feed = Act(gettext("In my own calendar"), "/hr/leave-calendar-address", icon="calendar")
    return {
        "page": {"title": gettext("Team calendar"), "main_action": ask, "more": [feed]},
        "month": name,
        "urls": {
            "before": f"{CALENDAR.url}?month={before:%Y-%m}",
            "after": f"{CALENDAR.url}?month={after:%Y-%m}",
        },
        "days": [
            (day, dates.format_date(day, "EEEEE", locale=reader_locale()), day_in_full(day))
            for day in days
        ],
        "people": [_person(each, days, shown) for each in shown.people],
        "more": shown.more,
        "legend": [(code, word, sign) for code, (word, sign) in WHAT.items() if sign],
    }


def _month(text: str) -> tuple[int, int]:
    """The month in an address such as 2026-11; this month where it is none."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = timezone.localdate()
    return found.year, found.month


def _days(shown: TeamMonth) -> list[date]:
    count = (shown.last - shown.first).days + 1
    return [shown.first + timedelta(days=n) for n in range(count)]


def _person(person: Away, days: list[date], shown: TeamMonth) -> dict[str, Any]:
    away = {each.day: each for each in person.days}
    off, holidays = set(person.off), set(shown.holidays)
    cells = []
    for day in days:
        each = away.get(day)
        if each is not None:
            code = each.what
        elif day in holidays:
            code = "holiday"
        else:
            code = "off" if day in off else ""
        word, sign = WHAT.get(code, ("", ""))
        half = each is not None and not each.whole
        said = gettext("%(what)s, part of the day") % {"what": word} if half else word
        cells.append({"code": code, "sign": sign, "half": half, "words": said})
    return {"name": person.name, "cells": cells}


CALENDAR = PlainView(
    key="hr.leave_calendar",
    title=_("Team calendar"),
    permission="hr.use_own",
    template="hr/leave_calendar.html",
    content=_content,
)
