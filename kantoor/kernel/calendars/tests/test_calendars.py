"""Calendars are added and changed by versions, and shown with their holidays."""

from datetime import date

import pytest

from kantoor.kernel.calendars.actions import OFFICE_WEEK, add_calendar, change_calendar
from kantoor.kernel.calendars.models import CalendarVersion
from kantoor.kernel.calendars.queries import calendar, calendars
from kantoor.kernel.calendars.terms import Week
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound
from tests.founded import found


def test_a_change_is_a_version_and_the_one_before_it_stays(db: None) -> None:
    anne = found().administrator
    add_calendar(anne, code="office", name="Office hours", country="NL")
    before = calendar(anne, code="office")
    number = change_calendar(anne, calendar="office", week=Week(mon="09:00-12:00"), zone="UTC")
    after = calendar(anne, code="office")
    assert (before.calendar.version, number, after.calendar.version) == (1, 2, 2)
    assert before.terms.week == OFFICE_WEEK and before.terms.zone == "Europe/Amsterdam"
    assert after.terms.week == Week(mon="09:00-12:00")
    assert CalendarVersion.objects.get(pk=before.version_id).number == 1
    assert any(day == date(day.year, 12, 25) for day, _name in before.holidays)
    assert [row.code for row in calendars(anne, search="hours").rows] == ["office"]


def test_what_can_not_be_is_refused(db: None) -> None:
    anne = found().administrator
    add_calendar(anne, code="office", name="Office hours")
    with pytest.raises(Conflict):
        add_calendar(anne, code="office", name="Again")
    with pytest.raises(InvalidInput):
        add_calendar(anne, code="empty", name="Empty", week=Week())
    with pytest.raises(InvalidInput):
        add_calendar(anne, code="moon", name="Moon", zone="Moon/Base")
    with pytest.raises(InvalidInput):
        add_calendar(anne, code="far", name="Far", country="XX")
    with pytest.raises(NotFound):
        change_calendar(anne, calendar="none", week=OFFICE_WEEK, zone="UTC")
