"""A signed contract is noted, and how somebody stands is told to who has to prepare."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.actions.people.signing import sign_contract
from kantoor.departments.hr.drafts_people import EndDraft
from kantoor.departments.hr.errors_people import NotEmployed, UnknownEmployee
from kantoor.departments.hr.models import PersonDocument
from kantoor.departments.hr.queries.people.documents import documents
from kantoor.departments.hr.queries.people.standing import employment_standing, pay_standing
from kantoor.departments.hr.tests.payroll.paying import begin_pay
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound
from kantoor.kernel.parties.employees import EmployeeDraft, add_employee


def test_a_signed_contract_is_kept_and_shown(staff: Staff) -> None:
    start = timezone.localdate() + timedelta(days=30)
    staff.hire("N1", start, name="Nina Bos", manager="M1", job_title="Planner")
    key = sign_contract(staff.helen, employee="N1", signed_on=timezone.localdate())
    paper = PersonDocument.objects.get(pk=key)
    assert (paper.kind, paper.signed_on) == ("contract", timezone.localdate())
    (row,) = documents(staff.helen, employee="N1").rows
    assert row.signed_on == timezone.localdate()
    standing = employment_standing(staff.helen, employee="N1")
    assert (standing.starts_on, standing.signed_on) == (start, timezone.localdate())
    assert (standing.manager, standing.manager_sign_in, standing.sign_in) == ("M1", "mo", "")
    assert (standing.job_title, standing.last_day) == ("Planner", None)


def test_nobody_signs_ahead_or_without_being_hired_or_after_leaving(staff: Staff) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(InvalidInput):
        sign_contract(staff.helen, employee="E1", signed_on=tomorrow)
    with pytest.raises(UnknownEmployee):
        sign_contract(staff.helen, employee="E9", signed_on=date(2026, 1, 1))
    add_employee(staff.helen, employee=EmployeeDraft(name="Loes", code="L1"))
    with pytest.raises(NotEmployed):
        sign_contract(staff.helen, employee="L1", signed_on=date(2026, 1, 1))
    with pytest.raises(NotFound):
        sign_contract(staff.helen, employee="E1", signed_on=date(2026, 1, 1), file=10**9)
    end = EndDraft(employee="E2", last_day=date(2025, 12, 31), reason="resigned")
    end_employment(staff.helen, end=end)
    with pytest.raises(NotEmployed):
        sign_contract(staff.helen, employee="E2", signed_on=date(2026, 1, 1))
    with pytest.raises(NotAllowed):
        sign_contract(staff.emma, employee="E1", signed_on=date(2026, 1, 1))


def test_who_leaves_stands_with_the_last_day(staff: Staff) -> None:
    last = timezone.localdate() + timedelta(days=10)
    end_employment(staff.helen, end=EndDraft(employee="E1", last_day=last, reason="resigned"))
    standing = employment_standing(staff.helen, employee="E1")
    assert (standing.last_day, standing.sign_in) == (last, "emma")
    with pytest.raises(UnknownEmployee):
        employment_standing(staff.helen, employee="E9")
    with pytest.raises(NotAllowed):
        employment_standing(staff.emma, employee="E1")


def test_whether_pay_is_arranged_is_told_without_an_amount(staff: Staff) -> None:
    assert not pay_standing(staff.helen, employee="E1").salary_set
    pay = begin_pay(staff)
    end = EndDraft(employee="E1", last_day=date(2026, 2, 15), reason="resigned")
    end_employment(staff.helen, end=end)
    pay.run(1)
    standing = pay_standing(staff.helen, employee="E1")
    assert standing.salary_set
    assert standing.account_known
    assert (standing.paid_until, standing.final_paid) == (date(2026, 1, 1), False)
    pay.run(2)
    assert pay_standing(staff.helen, employee="E1").final_paid
