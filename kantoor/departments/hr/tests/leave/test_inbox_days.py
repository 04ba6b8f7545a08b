"""What is due on a day, in the inbox: the day it is wherever one reads it, page by page."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from kantoor.departments.hr.actions.leave.asking import ask_leave
from kantoor.departments.hr.models import Employment
from kantoor.departments.hr.tests.leave.test_leave import DAY, monday, office
from kantoor.departments.hr.tests.people.staff import BEGAN, Staff
from kantoor.kernel.inboxes import LONG_AGO, NEVER, Ask, end_of, inbox

__all__ = ["office"]
ZONES = pytest.mark.parametrize(
    "zone", ["Europe/Amsterdam", "Pacific/Kiritimati", "Pacific/Pago_Pago"]
)


@ZONES
def test_leave_is_due_on_its_first_day_and_stands_in_the_inbox_once(
    office: Staff, zone: str
) -> None:
    first = monday()
    for n in range(5):
        ask_leave(office.emma, first=first + n * DAY)
    mo, rows, cursor = replace(office.mo, zone=zone), [], ""
    while True:
        page = inbox(mo, kind="hr.leave", cursor=cursor, limit=2)
        rows += page.rows
        if not (cursor := page.next_cursor):
            break
    due = [row.due.astimezone(ZoneInfo(zone)).date() for row in rows if row.due]
    assert due == [first + n * DAY for n in range(5)]
    assert len({row.key for row in rows}) == 5


@ZONES
def test_a_page_goes_on_within_a_day(staff: Staff, zone: str) -> None:
    staff.hire("N1", start=BEGAN + DAY)
    rows = Employment.objects.filter(company_id=staff.company_id)
    keys = list(rows.order_by("starts_on", "pk").values_list("pk", flat=True))

    def after(due: datetime, key: int) -> list[int]:
        asked = Ask(due, key, 10)
        return [row.pk for row in asked.page_by_day(rows, day="starts_on")]

    with timezone.override(zone):
        end = end_of(BEGAN)
        assert after(LONG_AGO, 0) == keys
        assert after(end, keys[0]) == keys[1:]
        assert after(end, keys[2]) == after(end + timedelta(seconds=1), 0) == keys[3:]
        assert after(end - timedelta(hours=3), keys[2]) == keys
        assert after(NEVER, 0) == []
