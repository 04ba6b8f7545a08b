"""The content calendar: what comes out when, what came out, and what takes place, by month."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_ITEMS
from kantoor.departments.communication.models import Item
from kantoor.departments.communication.models.items.item import EVENT, PUBLISHED, WITHDRAWN
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import query

MOST = 1_000
What = Literal["comes", "came", "event", "ends"]


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """Something of an item at a moment: it comes or came out, takes place, or leaves the pages."""

    at: datetime
    what: What
    code: str
    kind: str
    state: str
    title: str
    place: str


class PlannedDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the calendar, in the reader's zone, with what falls on it in order of time."""

    day: date
    within: bool
    planned: list[Planned]


class ContentMonth(msgspec.Struct, frozen=True, kw_only=True):
    """A month in whole weeks from Monday; `more` when not everything is in it."""

    first: date
    days: list[PlannedDay]
    more: bool


@query(permission=READ_ITEMS, title=_("Content calendar"), exposed=True)
def content_month(actor: Actor, /, *, year: int, month: int, kind: str = "") -> ContentMonth:
    """A month of what comes out, came out and takes place, as far as one may see it.

    Raises InvalidInput for a month that is none.
    """
    if not (1 <= month <= 12 and 1900 <= year <= 2200):
        raise InvalidInput(_("This is no month."), field="month")
    first = date(year, month, 1)
    start = first - timedelta(days=first.weekday())
    after = (first + timedelta(days=32)).replace(day=1)
    end = after + timedelta(days=-after.weekday() % 7)
    zone = ZoneInfo(actor.zone)
    begins, ends = (datetime.combine(day, time.min, zone).astimezone(UTC) for day in (start, end))
    span = (begins, ends - timedelta(microseconds=1))
    found = visible_items(actor).filter(
        Q(publish_at__range=span)
        | Q(published_at__range=span)
        | Q(event_from__range=span)
        | Q(ends_at__range=span)
    )
    rows = list((found.filter(kind=kind) if kind else found).order_by("-pk")[: MOST + 1])
    by_day: dict[date, list[Planned]] = {}
    for row in rows[:MOST]:
        for each in _of(row):
            if begins <= each.at < ends:
                by_day.setdefault(each.at.astimezone(zone).date(), []).append(each)
    count = (end - start).days
    return ContentMonth(
        first=first,
        days=[
            PlannedDay(
                day=day,
                within=day.month == month,
                planned=sorted(by_day.get(day, []), key=lambda each: (each.at, each.code)),
            )
            for day in (start + timedelta(days=n) for n in range(count))
        ],
        more=len(rows) > MOST,
    )


def _of(row: Item) -> list[Planned]:
    """All that the calendar says of an item."""
    at: list[tuple[What, datetime | None]] = []
    if row.published_at is not None:
        at.append(("came", row.published_at))
    else:
        at.append(("comes", row.publish_at))
    if row.kind == EVENT and row.state != WITHDRAWN:
        at.append(("event", row.event_from))
    if row.state == PUBLISHED:
        at.append(("ends", row.ends_at))
    return [
        Planned(
            at=moment, what=what, code=row.code, kind=row.kind, state=row.state, title=row.title,
            place=row.place,
        )
        for what, moment in at
        if moment is not None
    ]  # fmt: skip
