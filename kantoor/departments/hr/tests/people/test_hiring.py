"""Hiring: all or none, with a message for each row and field."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kantoor.departments.hr.actions.people.hiring import hire_employee, hire_employees
from kantoor.departments.hr.drafts_people import HireDraft
from kantoor.departments.hr.errors_people import ManagerLoop, Overlap, WrongNumber
from kantoor.departments.hr.models import ContractVersion, Employment, PersonFile
from kantoor.departments.hr.tests.people.staff import BEGAN, Staff
from kantoor.kernel.errors import NotAllowed, Refusals
from kantoor.kernel.parties.models import Party


def test_hiring_writes_employment_contract_and_file(staff: Staff) -> None:
    employment = Employment.objects.get(party_id=staff.party("E1"))
    version = ContractVersion.objects.get(employment=employment)
    assert (employment.starts_on, employment.ends_on) == (BEGAN, None)
    assert (version.mon, version.sat, version.manager_id) == (480, 0, staff.party("M1"))
    file = PersonFile.objects.get(party_id=staff.party("E1"))
    assert (file.national_kind, file.national_number) == ("bsn", "111222333")
    assert file.subject_id == Party.objects.get(pk=file.party_id).subject_id


def test_each_wrong_row_and_field_gets_a_message_and_nothing_is_done(staff: Staff) -> None:
    before = Party.objects.count()
    rows = [
        HireDraft(name="Good", start=BEGAN),
        HireDraft(name="", start=BEGAN, bsn="111222334", iban="NL91ABNA0417164301"),
        HireDraft(name="Hours", start=BEGAN, hours_mon=Decimal(25), hours_tue=Decimal("7.333")),
        HireDraft(name="Who", start=BEGAN, manager="X9", unit="none", cost_centre="999"),
        HireDraft(name="Fixed", start=BEGAN, kind="fixed"),
        HireDraft(name="Born", start=BEGAN, birth_date=date(2999, 1, 1), nrn="85073003329"),
        HireDraft(employee="E1", start=date(2025, 1, 1)),
        HireDraft(name="Long", start=BEGAN, job_title="x" * 121, country="Netherlands"),
    ]
    with pytest.raises(Refusals) as refused:
        hire_employees(staff.helen, employees=rows)
    places = [(e.place.line, e.place.field) for e in refused.value.errors]
    assert places == [
        (2, "name"), (2, "bsn"), (2, "iban"), (3, "hours_mon"), (3, "hours_tue"),
        (4, "cost_centre"), (4, "manager"), (4, "unit"), (5, "until"), (6, "nrn"),
        (6, "birth_date"), (7, "start"), (8, "job_title"), (8, "country"),
    ]  # fmt: skip
    assert Party.objects.count() == before


@pytest.mark.parametrize("nrn", ["85.07.30-033 28", "17073003384", "00012511148"])
def test_a_belgian_national_number_is_kept_as_digits(staff: Staff, nrn: str) -> None:
    staff.hire("B1", nrn=nrn)
    digits = "".join(each for each in nrn if each.isdigit())
    assert PersonFile.objects.get(party_id=staff.party("B1")).national_number == digits


def test_a_number_of_somebody_else_is_refused_without_repeating_it(staff: Staff) -> None:
    with pytest.raises(Exception, match="Somebody else") as refused:
        staff.hire("E9", bsn="111222333")
    assert "111222333" not in str(refused.value)
    with pytest.raises(WrongNumber) as wrong:
        staff.hire("E9", bsn="123456789")
    assert "123456789" not in str(wrong.value)


def test_who_works_here_is_not_hired_again_and_who_left_is(staff: Staff) -> None:
    with pytest.raises(Overlap):
        hire_employee(staff.helen, employee=HireDraft(employee="E1", start=date(2025, 1, 1)))
    with pytest.raises(Overlap):
        hire_employee(staff.helen, employee=HireDraft(employee="E1", start=date(2020, 1, 1)))


def test_the_database_refuses_employments_that_overlap(staff: Staff) -> None:
    key = Employment.objects.get(party_id=staff.party("E1")).pk
    sql = """INSERT INTO hr_employment (id, company_id, party_id, starts_on, ends_on, end_reason,
        recorded_at) SELECT 99999, company_id, party_id, %s, %s, '', recorded_at
        FROM hr_employment WHERE id = %s"""
    for span in ((date(2023, 1, 1), BEGAN), (date(2026, 1, 1), None)):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, [*span, key])
    with connection.cursor() as cursor:
        cursor.execute(sql, [date(2023, 1, 1), BEGAN - timedelta(days=1), key])


def test_managers_of_one_batch_may_name_each_other_but_not_in_a_ring(staff: Staff) -> None:
    def draft(code: str, manager: str) -> HireDraft:
        return HireDraft(name=code, employee=code, start=BEGAN, manager=manager)

    hire_employees(staff.helen, employees=[draft("R1", "R2"), draft("R2", "M1")])
    version = ContractVersion.objects.get(employment__party_id=staff.party("R1"))
    assert version.manager_id == staff.party("R2")
    ring = [draft("Q1", "Q2"), draft("Q2", "Q3"), draft("Q3", "Q1"), draft("Q4", "Q4")]
    with pytest.raises(Refusals) as refused:
        hire_employees(staff.helen, employees=ring)
    assert all(isinstance(each, ManagerLoop) for each in refused.value.errors)
    assert [each.place.line for each in refused.value.errors] == [1, 2, 3, 4]


def test_statements_do_not_grow_with_people(staff: Staff) -> None:
    def statements(first: int, count: int) -> int:
        drafts = [
            HireDraft(name=f"P{n}", employee=f"P{n}", start=BEGAN, manager="M1")
            for n in range(first, first + count)
        ]
        with CaptureQueriesContext(connection) as caught:
            hire_employees(staff.helen, employees=drafts)
        return len(caught)

    statements(0, 2)
    assert statements(200, 200) <= statements(100, 20)


def test_only_who_manages_people_hires(staff: Staff) -> None:
    with pytest.raises(NotAllowed):
        hire_employee(staff.emma, employee=HireDraft(name="Friend", start=BEGAN))
