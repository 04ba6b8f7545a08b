"""Leave that was cut short gives its hours back, and never takes them again."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kantoor.departments.hr.actions.leave.asking import ask_leave, record_leave
from kantoor.departments.hr.actions.leave.granting import grant_leave
from kantoor.departments.hr.actions.leave.kinds import set_up_leave
from kantoor.departments.hr.actions.leave.recounting import recount_leave
from kantoor.departments.hr.actions.leave.returning import end_leave_early, give_back_sick_leave
from kantoor.departments.hr.actions.leave.sickness import report_recovered, report_sick
from kantoor.departments.hr.drafts_leave import LeaveDraft
from kantoor.departments.hr.errors_leave import LeaveDecided, NotTheirs
from kantoor.departments.hr.proofs_leave import leave_moves
from kantoor.departments.hr.queries.leave.balance import minutes_left
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import InvalidInput, NotAllowed
from kantoor.kernel.parties.actions import link_user

DAY = timedelta(days=1)
YEAR = timezone.localdate().year - 1
MONDAY = next(day for day in (date(YEAR, 9, n) for n in range(1, 8)) if day.weekday() == 0)


@pytest.fixture
def office(staff: Staff) -> Staff:
    set_up_leave(staff.helen)
    grant_leave(staff.helen, year=YEAR)
    return staff


def left(office: Staff) -> int:
    return minutes_left(office.company_id, date(YEAR, 12, 31))[office.party("E1")]


def test_who_is_back_early_gets_the_rest_back(office: Staff) -> None:
    had = left(office)
    week = LeaveDraft(employee="E1", first=MONDAY, last=MONDAY + 4 * DAY)
    number = record_leave(office.helen, leave=week)
    assert left(office) == had - 5 * 480
    with pytest.raises(NotTheirs):
        end_leave_early(office.emma, number=number, back_on=MONDAY + 2 * DAY, why="Rain")
    for wrong in (MONDAY, MONDAY + 5 * DAY):
        with pytest.raises(InvalidInput):
            end_leave_early(office.mo, number=number, back_on=wrong, why="Rain")
    end_leave_early(office.mo, number=number, back_on=MONDAY + 2 * DAY, why="Rain")
    assert left(office) == had - 2 * 480
    recount_leave(office.helen, since=MONDAY)
    assert left(office) == had - 2 * 480 and not list(leave_moves())
    # The days are free again.
    record_leave(office.helen, leave=LeaveDraft(employee="E1", first=MONDAY + 2 * DAY))


def test_days_of_sickness_in_leave_come_back_and_stay_back(office: Staff) -> None:
    had = left(office)
    week = LeaveDraft(employee="E1", first=MONDAY, last=MONDAY + 4 * DAY)
    number = record_leave(office.helen, leave=week)
    report_sick(office.helen, employee="E1", first=MONDAY + DAY)
    report_recovered(office.helen, employee="E1", back_on=MONDAY + 3 * DAY)
    with pytest.raises(NotAllowed):
        give_back_sick_leave(office.mo, number=number)
    assert give_back_sick_leave(office.helen, number=number) == 2
    assert give_back_sick_leave(office.helen, number=number) == 0
    recount_leave(office.helen, since=MONDAY)
    assert left(office) == had - 3 * 480 and not list(leave_moves())
    waits = ask_leave(office.emma, first=MONDAY + 7 * DAY)
    with pytest.raises(LeaveDecided):
        give_back_sick_leave(office.helen, number=waits)


def test_nobody_gives_back_leave_of_their_own(office: Staff) -> None:
    office.hire("H1", name="Helen")
    link_user(office.house.administrator, user="helen", party="H1")
    grant_leave(office.house.administrator, year=YEAR)
    leave = LeaveDraft(employee="H1", first=MONDAY)
    number = record_leave(office.house.administrator, leave=leave)
    report_sick(office.helen, employee="H1", first=MONDAY)
    with pytest.raises(NotTheirs):
        give_back_sick_leave(office.helen, number=number)
    assert give_back_sick_leave(office.house.administrator, number=number) == 1
