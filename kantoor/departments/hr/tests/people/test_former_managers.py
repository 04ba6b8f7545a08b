"""Who managed somebody once, or left, sees and decides nothing of them any more."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kantoor.departments.hr.actions.leave.correcting import correct_leave
from kantoor.departments.hr.actions.leave.kinds import set_up_leave
from kantoor.departments.hr.actions.leave.sickness import report_recovered, report_sick
from kantoor.departments.hr.actions.people.contracts import change_contract
from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.drafts_leave import LeaveCorrection
from kantoor.departments.hr.drafts_people import ContractChange, EndDraft
from kantoor.departments.hr.queries.leave.calendar import team_month
from kantoor.departments.hr.queries.leave.ledger import leave_of
from kantoor.departments.hr.queries.people.own import people_of
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import NotFound

THEN = date(2024, 6, 3)


def days_away(staff: Staff) -> dict[str, int]:
    shown = team_month(staff.mo, year=THEN.year, month=THEN.month)
    return {each.employee: len(each.days) for each in shown.people}


def test_who_managed_somebody_once_sees_nothing_of_now(staff: Staff) -> None:
    set_up_leave(staff.helen)
    report_sick(staff.helen, employee="E1", first=THEN)
    report_recovered(staff.helen, employee="E1", back_on=THEN + timedelta(days=3))
    assert days_away(staff)["E1"] == 3
    assert leave_of(staff.mo, employee="E1", on=THEN).employee == "E1"
    staff.hire("M2")
    change_contract(
        staff.helen,
        change=ContractChange(employee="E1", from_day=date(2025, 1, 1), manager="M2"),
    )
    correct_leave(
        staff.helen,
        correction=LeaveCorrection(
            employee="E1", kind="holiday", hours=Decimal(8), on=date(2025, 2, 3), reason="Of now"
        ),
    )
    with pytest.raises(NotFound):
        leave_of(staff.mo, employee="E1")
    with pytest.raises(NotFound):
        leave_of(staff.mo, employee="E1", on=THEN)
    assert days_away(staff).get("E1", 0) == 0


def test_a_manager_who_left_manages_nobody(staff: Staff) -> None:
    today = timezone.localdate()
    last = today - timedelta(days=1)
    assert people_of(staff.mo, today)
    for day in (today, last):
        end_employment(staff.helen, end=EndDraft(employee="M1", last_day=day, reason="resigned"))
        assert bool(people_of(staff.mo, today)) is (day == today)
    assert people_of(staff.mo, THEN) == set()
