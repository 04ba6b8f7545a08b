"""Who tries the clock: pressed twice, past the last day, in another zone, by who left or manages no more."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.actions.times.approving import approve_worked_week
from kantoor.departments.hr.actions.times.clock_corrections import add_clock_mark
from kantoor.departments.hr.actions.times.clocking import record_clock_marks
from kantoor.departments.hr.actions.times.deciding import approve_sheet
from kantoor.departments.hr.actions.times.writing import record_hours
from kantoor.departments.hr.drafts_people import EndDraft
from kantoor.departments.hr.drafts_times import ClockMarkDraft, HourDraft
from kantoor.departments.hr.errors_times import ClockFault, NotEmployedThen, UnknownClock
from kantoor.departments.hr.models import ClockMark, WorkedTime
from kantoor.departments.hr.models.times.sheets import week_name
from kantoor.departments.hr.queries.times.sheets import sheets_to_decide, sheets_waiting
from kantoor.departments.hr.queries.times.worked import my_clock, worked_to_approve, worked_week
from kantoor.departments.hr.tests.people.staff import Staff

ZONE = ZoneInfo("Europe/Amsterdam")


def last_but_one() -> date:
    """The Monday of a week that is over, whatever day it is."""
    today = timezone.localdate()
    return today - timedelta(days=today.weekday() + 14)


MONDAY = last_but_one()
FRIDAY = MONDAY + timedelta(days=4)
NUMBER = f"{week_name(MONDAY)}-E1"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of that week, by its day (0 is Monday)."""
    return datetime.combine(MONDAY + timedelta(days=day), time(hour, minute), ZONE)


def record(staff: Staff, *said: tuple[str, datetime], zone: str = "") -> int:
    drafts = [
        ClockMarkDraft(employee="E1", at=when, kind=kind, zone=zone)  # type: ignore[arg-type]
        for kind, when in said
    ]
    return record_clock_marks(staff.helen, marks=drafts)


def leave(staff: Staff, last_day: date, employee: str = "E1") -> None:
    end = EndDraft(employee=employee, last_day=last_day, reason="resigned")
    end_employment(staff.helen, end=end)


def test_who_presses_a_terminal_twice_comes_or_leaves_once(staff: Staff) -> None:
    record(staff, ("in", at(0, 8)), ("in", at(0, 8, 1)), ("out", at(0, 12)), ("out", at(0, 12, 1)))
    shown = worked_week(staff.helen, number=NUMBER).row
    assert (shown.state, shown.minutes, shown.faults) == ("waiting", 240, 0)
    # Half an hour later it is no second press: one of the two forgot something.
    record(staff, ("in", at(1, 8)), ("in", at(1, 8, 30)), ("out", at(1, 12)))
    assert worked_week(staff.helen, number=NUMBER).row.faults == 1


def test_a_forgotten_out_past_midnight_of_the_last_day_can_be_added(staff: Staff) -> None:
    leave(staff, FRIDAY)
    record(staff, ("in", at(4, 22)))
    with pytest.raises(NotEmployedThen):
        add_clock_mark(staff.helen, employee="E1", kind="in", at=at(5, 2), why="Night")
    add_clock_mark(staff.helen, employee="E1", kind="out", at=at(5, 2), why="Night")
    assert approve_worked_week(staff.helen, week=NUMBER) == 1
    assert WorkedTime.objects.get().minutes == 240


def test_a_terminal_takes_nobody_in_after_their_last_day(staff: Staff) -> None:
    leave(staff, FRIDAY)
    with pytest.raises(NotEmployedThen):
        record(staff, ("in", at(5, 8)), ("out", at(5, 12)))
    # A terminal that hands in each mark by itself says so after midnight.
    assert record(staff, ("in", at(4, 20))) == record(staff, ("out", at(5, 4))) == 1


def test_time_on_days_that_are_no_employment_any_more_is_not_approved(staff: Staff) -> None:
    record(staff, ("in", at(3, 8)), ("out", at(3, 12)), ("in", at(4, 8)), ("out", at(4, 12)))
    leave(staff, FRIDAY - timedelta(days=1))
    with pytest.raises(ClockFault, match=FRIDAY.isoformat()):
        approve_worked_week(staff.helen, week=NUMBER)
    assert not WorkedTime.objects.exists()


def test_the_manager_of_who_left_still_decides_on_their_last_weeks(staff: Staff) -> None:
    record(staff, ("in", at(0, 8)), ("out", at(0, 12)))
    hours = [HourDraft(employee="E1", day=MONDAY, minutes=240)]
    (sheet,) = record_hours(staff.helen, hours=hours, submit=True)
    leave(staff, FRIDAY)
    assert [row.number for row in worked_to_approve(staff.mo)] == [NUMBER]
    assert worked_week(staff.mo, number=NUMBER).may_decide
    assert approve_worked_week(staff.mo, week=NUMBER) == 1
    assert sheets_waiting(staff.mo) == len(sheets_to_decide(staff.mo).rows) == 1
    approve_sheet(staff.mo, sheet=sheet)


def test_who_left_long_ago_or_works_for_another_now_is_not_theirs(staff: Staff) -> None:
    record(staff, ("in", at(0, 8)), ("out", at(0, 12)))
    leave(staff, FRIDAY)
    staff.hire("M2", date(2024, 1, 1))
    staff.hire("E1", MONDAY + timedelta(days=7), name="Emma de Wit", manager="M2")
    with pytest.raises(UnknownClock):
        approve_worked_week(staff.mo, week=NUMBER)
    long_ago = timezone.localdate() - timedelta(days=100)
    leave(staff, long_ago, "E2")
    moment = datetime.combine(long_ago, time(9), ZONE)
    with pytest.raises(UnknownClock):
        add_clock_mark(staff.mo, employee="E2", kind="in", at=moment, why="Late")


def test_a_mark_that_is_added_is_in_the_zone_of_the_one_it_belongs_to(staff: Staff) -> None:
    record(staff, ("in", at(1, 1)), zone="America/New_York")
    key = add_clock_mark(staff.mo, employee="E1", kind="out", at=at(1, 5), why="Forgot")
    assert ClockMark.objects.get(pk=key).zone == "America/New_York"
    shares = worked_week(staff.mo, number=NUMBER).shares
    assert [(each.day, each.minutes) for each in shares] == [(MONDAY, 240)]


def test_a_terminal_whose_clock_is_ahead_shows_no_time_below_nought(staff: Staff) -> None:
    soon = timezone.now() + timedelta(minutes=4)
    record(staff, ("in", soon.astimezone(UTC)))
    assert my_clock(staff.emma).today == 0
