"""Calendars as people see them, and the versions that others reckon with."""

from datetime import date, datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import EVERYONE, Actor
from kantoor.kernel.calendars.engine import holidays_of
from kantoor.kernel.calendars.models import Calendar, CalendarVersion
from kantoor.kernel.calendars.terms import CalendarTerms
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class CalendarRow(msgspec.Struct, frozen=True):
    """A calendar as listed, with what its last version says."""

    id: int
    code: str
    name: str
    version: int
    zone: str
    country: str
    made_at: datetime


class CalendarShown(msgspec.Struct, frozen=True):
    """A calendar with its hours and the holidays of this year and the next."""

    calendar: CalendarRow
    version_id: int
    terms: CalendarTerms
    holidays: list[tuple[date, str]]


@query(permission=EVERYONE, title=_("Calendars"), exposed=True)
def calendars(
    actor: Actor, /, *, search: str = "", sort: str = "code", cursor: str = "", limit: int = PAGE
) -> Page[CalendarRow]:
    """The calendars of the company."""
    found = scoped(actor, Calendar)
    if search:
        found = found.filter(name__icontains=search)
    order = sorted_by(sort, {"code": ("code",), "name": ("name",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    latest = latest_versions([row.pk for row in page.rows])
    return page.map(lambda row: _row(row, latest[row.pk]))


@query(permission=EVERYONE, title=_("A calendar"), exposed=True)
def calendar(actor: Actor, /, *, code: str) -> CalendarShown:
    """One calendar by its code. Raises NotFound."""
    found = scoped(actor, Calendar).filter(code=code).first()
    if found is None:
        message = _("There is no calendar “{code}”.").format(code=code[:40])
        raise NotFound(message, field="code")
    version = latest_versions([found.pk])[found.pk]
    terms = msgspec.json.decode(version.terms, type=CalendarTerms)
    days: list[tuple[date, str]] = []
    if terms.country:
        this = version.made_at.year
        for year in (this, this + 1):
            days += sorted(holidays_of(terms.country, terms.subdivision, year).items())
    return CalendarShown(_row(found, version), version.pk, terms, days)


def latest_versions(calendar_ids: list[int]) -> dict[int, CalendarVersion]:
    """The version in force of each of these calendars."""
    rows = CalendarVersion.objects.filter(calendar_id__in=calendar_ids).order_by("number")
    return {row.calendar_id: row for row in rows}


def _row(calendar: Calendar, version: CalendarVersion) -> CalendarRow:
    terms = msgspec.json.decode(version.terms, type=CalendarTerms)
    return CalendarRow(
        calendar.pk, calendar.code, calendar.name, version.number, terms.zone, terms.country,
        version.made_at,
    )  # fmt: skip
