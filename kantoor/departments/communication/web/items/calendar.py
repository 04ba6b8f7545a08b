"""The content calendar: a month with what comes out, came out and takes place."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.queries.items.planned import (
    Planned,
    PlannedDay,
    content_month,
)
from kantoor.departments.communication.web.items import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.plain_view import PlainView
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.formats import day_in_full, reader_locale

WHAT: dict[str, tuple[Any, str]] = {
    "comes": (_("comes out"), "clock"),
    "came": (_("came out"), "check"),
    "event": (_("takes place"), "calendar-event"),
    "ends": (_("leaves the pages"), "eye-off"),
}


def _content(actor: Actor, address: Address) -> Mapping[str, Any]:
    year, month = _month(address.get("month"))
    kind = address.get("kind") if address.get("kind") in words.KINDS else ""
    shown = content_month(actor, year=year, month=month, kind=kind)
    first = shown.first
    before, after = first - timedelta(days=1), (first + timedelta(days=32)).replace(day=1)
    asked = f"&kind={kind}" if kind else ""
    locale = reader_locale()
    days = [_day(actor, each) for each in shown.days]
    new = act_for(actor, "communication.write_item", icon="plus", key="n", back=CALENDAR.url)
    return {
        "page": {"title": gettext("Content calendar"), "main_action": new},
        "month": dates.format_date(first, "LLLL yyyy", locale=locale),
        "urls": {
            "before": f"{CALENDAR.url}?month={before:%Y-%m}{asked}",
            "now": CALENDAR.url + (f"?kind={kind}" if kind else ""),
            "after": f"{CALENDAR.url}?month={after:%Y-%m}{asked}",
        },
        "weekdays": [
            (
                dates.format_date(each.day, "EEEEEE", locale=locale),
                dates.format_date(each.day, "EEEE", locale=locale),
            )
            for each in shown.days[:7]
        ],
        "weeks": [days[start : start + 7] for start in range(0, len(days), 7)],
        "any": any(day["planned"] for day in days),
        "more": shown.more,
        "kinds": [
            ("", gettext("Everything"), not kind, f"{CALENDAR.url}?month={first:%Y-%m}"),
            *(
                (
                    key,
                    force_str(word),
                    key == kind,
                    f"{CALENDAR.url}?month={first:%Y-%m}&kind={key}",
                )
                for key, word in words.KINDS.items()
            ),
        ],
        "legend": [(icon, force_str(word)) for word, icon in WHAT.values()],
    }


def _day(actor: Actor, shown: PlannedDay) -> dict[str, Any]:
    return {
        "number": shown.day.day,
        "full": day_in_full(shown.day),
        "within": shown.within,
        "today": shown.day == timezone.localdate(),
        "planned": [_line(actor, each) for each in shown.planned],
    }


def _line(actor: Actor, each: Planned) -> dict[str, Any]:
    word, icon = WHAT[each.what]
    at = dates.format_time(each.at, "short", tzinfo=ZoneInfo(actor.zone), locale=reader_locale())
    unsure = each.what == "comes" and each.state != "approved"
    return {
        "url": words.item_url(each.code),
        "title": each.title,
        "at": at,
        "icon": icon,
        "what": force_str(word),
        "code": each.what,
        "kind": force_str(words.KINDS[each.kind]),
        "note": gettext("nobody agreed to it yet") if unsure else "",
        "place": each.place if each.what == "event" else "",
    }


def _month(text: str) -> tuple[int, int]:
    """The month in an address such as 2026-11; this month where it is none."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = timezone.localdate()
    return (found.year, found.month) if 1900 <= found.year <= 2200 else (2200, 12)


CALENDAR = PlainView(
    key="communication.content_calendar",
    title=_("Content calendar"),
    permission=READ_ITEMS,
    template="communication/items/calendar.html",
    content=_content,
)
