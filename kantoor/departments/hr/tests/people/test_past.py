"""The file of an employee as it was known: by a day, by what was replaced, and said clearly."""

import html
from datetime import date, datetime, timedelta
from decimal import Decimal
from unittest.mock import patch

from django.utils import timezone

from kantoor.departments.hr.actions.people.contracts import change_contract
from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.drafts_people import ContractChange, EndDraft
from kantoor.departments.hr.models import ContractVersion
from kantoor.departments.hr.queries.people.card import employee
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.departments.hr.tests.people.test_pages import page
from kantoor.departments.hr.web.people.past import past_of
from kantoor.departments.hr.web.people.words import just_before, past_url

JULY = date(2024, 7, 1)
URL = "/hr/employees/E1"


def change(staff: Staff, title: str, fri: str) -> None:
    draft = ContractChange(employee="E1", from_day=JULY, job_title=title, hours_fri=Decimal(fri))
    change_contract(staff.helen, change=draft)


def test_what_was_replaced_opens_the_file_as_it_was_known_then(staff: Staff) -> None:
    change(staff, "Apprentice", "0")
    change(staff, "Baker", "4")
    row = ContractVersion.objects.get(job_title="Apprentice")
    assert row.replaced_at is not None
    now = html.unescape(page(staff.helen, URL))
    way = past_url("E1", just_before(row.replaced_at))
    assert way in now
    assert "Je ziet de contracten zoals ze bekend waren op" not in now
    then = page(staff.helen, way)
    assert "Je ziet de contracten zoals ze bekend waren op" in then
    assert "Apprentice" in then
    assert "Baker" not in then
    assert "Kade 1" not in then, "an address has no versions: that of now is not shown as of then"
    assert "/hr/do/change-contract" not in then
    assert 'value="8"' not in then
    assert f'href="{URL}"' in then


def test_a_day_shows_what_was_known_at_its_end(staff: Staff) -> None:
    change(staff, "Apprentice", "0")
    tomorrow = timezone.now() + timedelta(days=1)
    with patch("django.utils.timezone.now", return_value=tomorrow):
        change(staff, "Baker", "4")
        end = EndDraft(employee="E1", last_day=date(2024, 8, 31), reason="resigned")
        end_employment(staff.helen, end=end)
    later = tomorrow + timedelta(days=2)
    today = timezone.localdate()
    with patch("django.utils.timezone.now", return_value=later):
        yesterday = page(staff.helen, f"{URL}?known={today}")
        assert "Apprentice" in yesterday
        assert "Laatste dag" not in yesterday
        after = page(staff.helen, f"{URL}?known={today + timedelta(days=1)}")
        assert "Baker" in after
        assert "Laatste dag 31 aug 2024" in after


def test_before_anything_was_known_the_page_says_so(staff: Staff) -> None:
    shown = page(staff.helen, f"{URL}?known=2001-01-01")
    assert "Er was nog geen dienstverband bekend." in shown
    assert "Nog niet bekend" in shown


def test_a_day_that_is_none_or_is_to_come_shows_now_and_says_so(staff: Staff) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    asked = ("x", "2024-13-45", str(tomorrow), "2024-01-01T00:00:00", "0001-01-01T00:00:00+14:00")
    for text in asked:
        assert past_of(text) is None, text
    shown = page(staff.helen, f"{URL}?known=2024-13-45")
    assert "kies een dag vóór vandaag" in shown
    assert "Kade 1" in shown


def test_as_it_was_known_says_of_what_held_then_that_it_was_not_replaced(staff: Staff) -> None:
    change(staff, "Apprentice", "0")
    moment: datetime = timezone.now()
    change(staff, "Baker", "4")
    versions = employee(staff.helen, code="E1", known_at=moment).employments[0].versions
    assert [each.job_title for each in versions] == ["Apprentice", ""]
    assert all(each.replaced_at is None for each in versions)
