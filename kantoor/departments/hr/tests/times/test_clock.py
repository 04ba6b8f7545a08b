"""The clock: pressed, taken in from a terminal, corrected, approved, and paid."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from kantoor.departments.hr.actions.times.approving import (
    approve_worked_week,
    approve_worked_weeks,
)
from kantoor.departments.hr.actions.times.clock_corrections import (
    add_clock_mark,
    take_back_clock_mark,
)
from kantoor.departments.hr.actions.times.clocking import (
    clock_in,
    clock_out,
    record_clock_mark,
    record_clock_marks,
)
from kantoor.departments.hr.actions.times.shifts import (
    plan_shift,
    plan_shifts,
    set_overtime_rule,
    set_overtime_rules,
    set_shift,
)
from kantoor.departments.hr.drafts_times import (
    ClockMarkDraft,
    OvertimeRuleDraft,
    ShiftDraft,
    ShiftPlan,
)
from kantoor.departments.hr.errors_times import (
    ClockFault,
    ClockState,
    NotEmployedThen,
    OwnHours,
    UnknownClock,
)
from kantoor.departments.hr.models import ClockMark, PlannedShift, WorkedTime
from kantoor.departments.hr.queries.payroll.knowing import read_knowing
from kantoor.departments.hr.queries.times.rota import overtime_rules, planned_shifts, shifts
from kantoor.departments.hr.queries.times.worked import (
    my_clock,
    worked_between,
    worked_to_approve,
    worked_week,
    worked_weeks,
)
from kantoor.departments.hr.reckoning.slips import OVERTIME_HOURS, OVERTIME_PAID, WORKED_HOURS
from kantoor.departments.hr.tests.people.staff import BEGAN, Staff
from kantoor.departments.hr.tests.times.test_pages import signed_in
from kantoor.kernel.errors import InvalidInput, NotAllowed, Refusals

MONDAY = date(2026, 3, 9)
ZONE = ZoneInfo("Europe/Amsterdam")
NUMBER = "2026-W11-E1"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the week of Monday 9 March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


def marks(*said: tuple[str, datetime], employee: str = "E1") -> list[ClockMarkDraft]:
    return [ClockMarkDraft(employee=employee, at=when, kind=kind) for kind, when in said]  # type: ignore[arg-type]


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def clocked(staff: Staff) -> None:
    """Nine hours on Monday, and four on Sunday, with overtime set."""
    set_overtime_rules(
        staff.helen,
        rules=[
            OvertimeRuleDraft(kind="day", percent=150, start=BEGAN, after=480),
            OvertimeRuleDraft(kind="sunday", percent=200, start=BEGAN),
        ],
    )
    said = (("in", at(9, 8)), ("out", at(9, 17)), ("in", at(15, 10)), ("out", at(15, 14)))
    assert record_clock_marks(staff.helen, marks=marks(*said)) == 4


def test_the_button_is_pressed_twice_and_means_it_once(staff: Staff) -> None:
    since = clock_in(staff.emma)
    assert clock_in(staff.emma) == since and since.second == 0
    assert my_clock(staff.emma).since == since
    left = clock_out(staff.emma)
    assert clock_out(staff.emma) == left
    assert [mark.kind for mark in my_clock(staff.emma).marks] == ["in", "out"]
    with pytest.raises(ClockState):
        clock_out(staff.mo)
    with pytest.raises(DatabaseError), transaction.atomic():
        execute("UPDATE hr_clock_mark SET kind = 'out'")


def test_a_terminal_is_taken_in_once_whole_or_not_at_all(staff: Staff) -> None:
    clocked(staff)
    assert record_clock_mark(staff.helen, mark=marks(("in", at(9, 8)))[0]) == 0
    soon = datetime.now(UTC) + timedelta(hours=1)
    wrong = [
        *marks(("in", at(10, 8)), ("in", soon)),
        ClockMarkDraft(employee="E1", at=at(10, 9), kind="out", zone="Mars/Base"),
        ClockMarkDraft(employee="E1", at=datetime(2026, 3, 10, 9), kind="out"),  # noqa: DTZ001
    ]
    with pytest.raises(Refusals) as refused:
        record_clock_marks(staff.helen, marks=wrong)
    assert [error.place.line for error in refused.value.errors] == [2, 3, 4]
    with pytest.raises(NotEmployedThen):
        record_clock_marks(staff.helen, marks=marks(("in", datetime(2020, 1, 1, tzinfo=UTC))))
    with pytest.raises(NotAllowed):
        record_clock_marks(staff.emma, marks=marks(("in", at(10, 8))))
    assert ClockMark.objects.count() == 4


def test_a_week_is_corrected_with_reason_then_approved_and_again_by_difference(
    staff: Staff,
) -> None:
    clocked(staff)
    record_clock_mark(staff.helen, mark=marks(("in", at(10, 9)))[0])
    assert [row.state for row in worked_to_approve(staff.mo)] in ([], ["faulty"])
    with pytest.raises(ClockFault):
        approve_worked_week(staff.mo, week=NUMBER)
    with pytest.raises(OwnHours):
        add_clock_mark(staff.emma, employee="E1", kind="out", at=at(10, 17), why="Forgot")
    with pytest.raises(UnknownClock):
        add_clock_mark(staff.emma, employee="E2", kind="out", at=at(10, 17), why="Forgot")
    with pytest.raises(InvalidInput):
        add_clock_mark(staff.mo, employee="E1", kind="out", at=at(10, 17), why=" ")
    add_clock_mark(staff.mo, employee="E1", kind="out", at=at(10, 17), why="Forgot")
    assert approve_worked_weeks(staff.mo, weeks=[NUMBER]) == 4
    assert approve_worked_week(staff.mo, week=NUMBER) == 0
    shown = worked_week(staff.mo, number=NUMBER)
    assert (shown.row.state, shown.row.minutes, shown.row.overtime) == ("approved", 960, 300)
    wrong = next(mark for mark in shown.marks if mark.at == at(10, 17))
    with pytest.raises(OwnHours):
        take_back_clock_mark(staff.emma, mark=wrong.id, why="No")
    take_back_clock_mark(staff.mo, mark=wrong.id, why="Left at noon")
    with pytest.raises(ClockState):
        take_back_clock_mark(staff.mo, mark=wrong.id, why="Again")
    add_clock_mark(staff.mo, employee="E1", kind="out", at=at(10, 12), why="Left at noon")
    assert approve_worked_week(staff.helen, week=NUMBER) == 1
    found = worked_between(staff.helen, start=MONDAY, end=MONDAY + timedelta(days=6))
    assert [(row.percent, row.minutes, row.approved) for row in found] == [
        (100, 660, 660),
        (150, 60, 60),
        (200, 240, 240),
    ]
    known = read_knowing(
        staff.company_id, date(2026, 3, 1), date(2026, 3, 31), frozenset({OVERTIME_PAID})
    ).of(staff.party("E1"), date(2026, 3, 1), [], None)
    assert dict(known) == {
        WORKED_HOURS: Fraction(11), OVERTIME_HOURS: Fraction(5), OVERTIME_PAID: Fraction(19, 2),
    }  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        execute("UPDATE hr_worked_time SET minutes = 1")


def test_nobody_approves_their_own_or_of_others(staff: Staff) -> None:
    clocked(staff)
    with pytest.raises(OwnHours):
        approve_worked_week(staff.emma, week=NUMBER)
    with pytest.raises(UnknownClock):
        approve_worked_week(staff.emma, week="2026-W11-E2")
    with pytest.raises(UnknownClock):
        worked_week(staff.emma, number="2026-W11-M1")
    assert worked_week(staff.emma, number=NUMBER).may_decide is False
    rows = worked_weeks(staff.helen, week=MONDAY).rows
    assert [(row.number, row.state) for row in rows] == [(NUMBER, "waiting")]


def test_a_planned_break_that_nobody_clocked_comes_off(staff: Staff) -> None:
    clocked(staff)
    day = ShiftDraft(code="day", name="Day", starts="08:00", ends="17:00", pause=30)
    set_shift(staff.helen, shift=day)
    set_shift(staff.helen, shift=day)
    assert [(row.starts, row.ends) for row in shifts(staff.helen)] == [("08:00", "17:00")]
    plan = ShiftPlan(employee="E1", week=MONDAY, shift="day")
    assert plan_shifts(staff.helen, plans=[plan]) == 5
    assert plan_shift(staff.helen, plan=plan) == 0
    assert plan_shift(staff.helen, plan=ShiftPlan(employee="E1", week=MONDAY, fri=False)) == 4
    assert PlannedShift.objects.filter(withdrawn_at=None).count() == 1
    plan_shift(staff.helen, plan=plan)
    row = worked_week(staff.helen, number=NUMBER).row
    assert (row.minutes, row.overtime) == (480, 270)
    assert [each.day.day for each in planned_shifts(staff.emma, week=MONDAY).rows] == [
        9,
        10,
        11,
        12,
        13,
    ]
    with pytest.raises(UnknownClock):
        plan_shift(staff.helen, plan=ShiftPlan(employee="E1", week=MONDAY, shift="night"))
    for wrong in (
        ShiftDraft(code="!", name="Day", starts="8:00", ends="9:00"),
        ShiftDraft(code="x", name="Day", starts="25:00", ends="9:00"),
        ShiftDraft(code="x", name="Day", starts="8:00", ends="9:00", pause=60),
    ):
        with pytest.raises(InvalidInput):
            set_shift(staff.helen, shift=wrong)


def test_a_rule_of_overtime_ends_on_its_day(staff: Staff) -> None:
    clocked(staff)
    set_overtime_rule(
        staff.helen, rule=OvertimeRuleDraft(kind="sunday", percent=100, start=date(2026, 3, 15))
    )
    assert worked_week(staff.helen, number=NUMBER).row.overtime == 60
    assert len(overtime_rules(staff.helen)) == 3
    with pytest.raises(InvalidInput):
        set_overtime_rule(
            staff.helen, rule=OvertimeRuleDraft(kind="sunday", percent=200, start=BEGAN, after=9)
        )


def test_pages_from_the_button_to_approval(staff: Staff) -> None:
    clocked(staff)
    emma, mo, helen = signed_in("emma"), signed_in("mo"), signed_in("helen")
    assert b'name="in"' in emma.get("/hr/my-clock").content
    assert emma.post("/hr/my-clock", {"in": "1"}).status_code == 302
    assert b'name="out"' in emma.get("/hr/my-clock").content
    assert emma.post("/hr/my-clock", {"out": "1"}).status_code == 302
    assert emma.post("/hr/my-clock", {"in": "1"}).status_code == 302
    url = f"/hr/worked-time/{NUMBER}"
    page = mo.get(url).content.decode()
    assert "/hr/do/add-clock-mark" in page and ", 08:00" in page
    mo.post("/hr/do/approve-worked-week", {"week": NUMBER, "at_once": "1", "next": url})
    assert WorkedTime.objects.exists()
    opened(helen, "/hr/worked-time", "/hr/worked-by-rate", "/hr/shifts", "/hr/overtime", "/hr/rota")
    opened(
        helen,
        "/hr/do/plan-shifts",
        "/hr/do/set-shift",
        "/hr/do/set-overtime-rule",
        "/hr/do/record-clock-marks",
    )
    opened(mo, "/hr/worked-to-approve", "/hr/do/add-clock-mark", "/hr/rota")
    assert emma.get("/hr/worked-time").status_code == 403


def opened(browser: Client, *paths: str) -> None:
    for path in paths:
        assert browser.get(path).status_code == 200, path


def test_weeks_of_many_cost_as_many_statements(staff: Staff, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    clocked(staff)
    record_clock_marks(staff.helen, marks=marks(("in", at(9, 8)), ("out", at(9, 9)), employee="E2"))
    with django_assert_max_num_queries(12):
        assert len(worked_weeks(staff.helen, week=MONDAY).rows) == 2
    assert Decimal(worked_between(staff.helen, start=MONDAY, end=MONDAY)[-1].minutes) == 60
