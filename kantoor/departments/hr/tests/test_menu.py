"""What is one's own stands in the menu in groups that one sees at a glance."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.departments.hr.web.desk import DESK
from kantoor.departments.hr.web.own.menu import SECTIONS

MOST = 7


def test_no_group_of_ones_own_is_longer_than_seven_and_each_page_is_in_one(staff: Staff) -> None:
    _alone, shown = DESK.menu(staff.emma, "/hr/my-leave")
    assert [len(section.registers) <= MOST for section in shown] == [True] * len(SECTIONS)
    urls = [register.url for section in shown for register in section.registers]
    assert len(urls) == len(set(urls))
    assert {"/hr/my-leave", "/hr/my-claims", "/hr/my-file", "/hr/leave-to-decide"} <= set(urls)
    assert [section.active for section in shown] == [True, False, False, False]


def test_who_is_no_employee_sees_none_of_it_and_asking_takes_one_statement(staff: Staff) -> None:
    with CaptureQueriesContext(connection) as seen:
        _alone, shown = DESK.menu(staff.helen, "/hr")
    own = {view.url for section in SECTIONS for view in section.views}
    assert not own & {register.url for section in shown for register in section.registers}
    assert len(seen) == 1
