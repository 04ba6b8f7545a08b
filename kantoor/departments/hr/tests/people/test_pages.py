"""Pages of people: what HR, a manager and an employee see, and what they don't."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.actions.people.files import change_own_file, change_person_file
from kantoor.departments.hr.drafts_people import EndDraft
from kantoor.departments.hr.errors_people import WrongNumber
from kantoor.departments.hr.models import PersonFile
from kantoor.departments.hr.queries.people.card import employee, my_file
from kantoor.departments.hr.queries.people.register import employees, my_people
from kantoor.departments.hr.queries.people.waiting import contracts_ending, without_manager
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.departments.hr.web.people.words import week
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import NotAllowed, Refusals
from kantoor.shell.signing_in import session

PRIVATE = ("111222333", "NL91ABNA0417164300", "Kade 1", "1990")


def page(actor: Actor, path: str, status: int = 200) -> str:
    """A page as somebody sees it."""
    client = Client()
    person = User.objects.get(pk=actor.user_id or 0)
    store = client.session
    store[session.USER], store[session.SALT] = person.pk, person.session_salt
    store.save()
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_hr_sees_the_register_and_the_whole_file(staff: Staff) -> None:
    shown = page(staff.helen, "/hr/employees")
    assert "Emma de Wit" in shown
    card = page(staff.helen, "/hr/employees/E1")
    assert all(private in card for private in PRIVATE)
    assert "Mo Haddad" in card
    form = page(staff.helen, "/hr/do/change-contract?change.employee=E1")
    assert 'value="E1"' in form
    assert 'value="8"' not in form, "what isn't changed is not said again"
    assert 'value="8"' in page(staff.helen, "/hr/do/hire-employee")


def test_people_see_their_own_file_and_managers_their_people_without_what_is_private(
    staff: Staff,
) -> None:
    assert all(private in page(staff.emma, "/hr/my-file") for private in PRIVATE)
    listed = page(staff.mo, "/hr/my-people")
    assert "Emma de Wit" in listed
    assert not any(private in listed for private in PRIVATE)
    assert [row.code for row in my_people(staff.mo).rows] == ["E1", "E2"]
    assert my_people(staff.emma).rows == []
    page(staff.mo, "/hr/employees/E1", status=403)
    page(staff.mo, "/hr/employees", status=403)
    page(staff.helen, "/hr/my-file", status=404)


def test_a_reader_without_the_right_to_manage_sees_nothing_private(staff: Staff) -> None:
    reader = staff.house.person("paul", "payroll_officer")
    assert employee(reader, code="E1").private is None
    card = page(reader, "/hr/employees/E1")
    assert not any(private in card for private in PRIVATE)
    with pytest.raises(NotAllowed):
        my_file(staff.house.person("ria", "bookkeeper"))


def test_people_change_their_own_address_but_not_their_bank_account(staff: Staff) -> None:
    change_own_file(staff.emma, street="Gracht 5", private_phone="06 1")
    file = PersonFile.objects.get(party_id=staff.party("E1"))
    assert (file.street, file.city, file.iban) == ("Gracht 5", "Utrecht", "NL91ABNA0417164300")
    with pytest.raises(NotAllowed):
        change_person_file(staff.emma, employee="E2", street="X")
    change_own_file(staff.mo, country="be")
    assert PersonFile.objects.get(party_id=staff.party("M1")).country == "BE"


def test_hr_changes_private_data_and_each_field_is_checked(staff: Staff) -> None:
    change_person_file(staff.helen, employee="E2", bsn="123456782", city="Ede")
    file = PersonFile.objects.get(party_id=staff.party("E2"))
    assert (file.national_number, file.city) == ("123456782", "Ede")
    with pytest.raises(Refusals) as refused:
        change_person_file(staff.helen, employee="E2", iban="NL00", birth_date=date(1800, 1, 1))
    assert {each.place.field for each in refused.value.errors} == {"iban", "birth_date"}
    with pytest.raises(WrongNumber):
        change_person_file(staff.helen, employee="E2", bsn="123456789")


def test_the_register_is_narrowed(staff: Staff) -> None:
    today = timezone.localdate()
    staff.hire("N1", start=today + timedelta(days=9), name="New")
    end_employment(
        staff.helen,
        end=EndDraft(employee="E2", last_day=today - timedelta(days=1), reason="agreed"),
    )

    def codes(**asked: str) -> list[str]:
        return [row.code for row in employees(staff.helen, **asked).rows]  # type: ignore[arg-type]

    assert codes(state="here") == ["E1", "M1"]
    assert codes(state="coming") == ["N1"]
    assert codes(state="left") == ["E2"]
    assert codes(manager="M1") == ["E1", "E2"]
    assert codes(search="emma") == ["E1"]
    assert employees(staff.helen, search="N1").rows[0].weekly_minutes == 2400


def test_terms_that_end_and_managers_that_left_are_told(staff: Staff) -> None:
    today = timezone.localdate()
    for code, days in (("F1", 30), ("F2", 300)):
        staff.hire(code, name=code, kind="fixed", until=today + timedelta(days=days))
    assert [each.code for each in contracts_ending(staff.helen)] == ["F1"]
    assert without_manager(staff.helen) == 0
    draft = EndDraft(employee="M1", last_day=today - timedelta(days=1), reason="retired")
    end_employment(staff.helen, end=draft)
    assert without_manager(staff.helen) == 2
    assert "F1" in page(staff.helen, "/hr")


def test_weeks_are_said_in_few_words() -> None:
    assert week([480] * 5 + [0, 0]) == "Mon–Fri 8"
    assert week([480, 480, 0, 456, 240, 0, 50]) == "Mon–Tue 8, Thu 7.6, Fri 4, Sun 0:50"
    assert week([0] * 7) == "no fixed hours"
