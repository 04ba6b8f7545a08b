"""Calendars: added and changed, each change a version of its own."""

from collections.abc import Sequence

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.calendars.events import CalendarChanged
from kantoor.kernel.calendars.models import Calendar, CalendarVersion
from kantoor.kernel.calendars.terms import CalendarTerms, OwnDays, Week, checked_terms
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound
from kantoor.kernel.queries import scoped

MANAGE = "kernel.manage_calendars"
OFFICE_HOURS = "09:00-17:00"
OFFICE_WEEK = Week(
    mon=OFFICE_HOURS, tue=OFFICE_HOURS, wed=OFFICE_HOURS, thu=OFFICE_HOURS, fri=OFFICE_HOURS
)


@action(permission=MANAGE, title=_("Add a calendar"))
def add_calendar(
    actor: Actor, /, *, code: str, name: str, week: Week = OFFICE_WEEK, zone: str = "",
    country: str = "", subdivision: str = "", days: Sequence[OwnDays] = (),
) -> str:  # fmt: skip
    """Add a calendar; gives its code. `zone` is the company's unless said.

    `country` gives its public holidays. Raises Conflict, or InvalidInput: also for a calendar
    without hours.
    """
    code = code.strip()
    if not code or not name.strip():
        raise InvalidInput(_("Give a code and a name."), field="name" if code else "code")
    if scoped(actor, Calendar).filter(code=code).exists():
        message = _("There is a calendar “{code}” already.").format(code=code)
        raise Conflict(message, field="code")
    calendar = Calendar.objects.create(company_id=actor.company_id, code=code, name=name.strip())
    terms = CalendarTerms(
        zone=zone or actor.zone, week=week, country=country, subdivision=subdivision, days=days
    )
    _add_version(actor, calendar, 1, terms)
    return code


@action(permission=MANAGE, title=_("Change a calendar"))
def change_calendar(
    actor: Actor, /, *, calendar: str, week: Week, zone: str, country: str = "",
    subdivision: str = "", days: Sequence[OwnDays] = (),
) -> int:  # fmt: skip
    """Give a calendar other hours; gives the number of its new version.

    What was begun under the version before it keeps that one. Raises NotFound, InvalidInput.
    """
    found = scoped(actor, Calendar).select_for_update().filter(code=calendar).first()
    if found is None:
        message = _("There is no calendar “{code}”.").format(code=calendar[:40])
        raise NotFound(message, field="calendar")
    last = found.versions.order_by("-number").values_list("number", flat=True).first() or 0
    terms = CalendarTerms(zone=zone, week=week, country=country, subdivision=subdivision, days=days)
    _add_version(actor, found, last + 1, terms)
    return last + 1


def _add_version(actor: Actor, calendar: Calendar, number: int, terms: CalendarTerms) -> None:
    text = msgspec.json.encode(checked_terms(terms)).decode()
    version = CalendarVersion.objects.create(
        calendar=calendar,
        number=number,
        terms=text,
        user_id=actor.user_id,
        made_at=timezone.now(),
    )
    concerns(f"kernel.calendar/{calendar.pk}")
    publish(CalendarChanged(actor.company_id, calendar.pk, version.pk))
