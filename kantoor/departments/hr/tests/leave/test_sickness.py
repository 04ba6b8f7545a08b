"""Sickness: the steps of the law by day, relapses that count on, partial return, and who sees it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kantoor.departments.hr.actions.leave.asking import record_leave
from kantoor.departments.hr.actions.leave.kinds import set_up_leave
from kantoor.departments.hr.actions.leave.sickness import (
    note_partial_return,
    note_sickness_step,
    report_recovered,
    report_sick,
)
from kantoor.departments.hr.drafts_leave import LeaveDraft
from kantoor.departments.hr.errors_leave import NotEmployed, SicknessOverlaps, UnknownSpell
from kantoor.departments.hr.queries.leave.absence import absences
from kantoor.departments.hr.queries.leave.calendar import team_month
from kantoor.departments.hr.queries.leave.reckoning.sickness import due_days
from kantoor.departments.hr.queries.leave.sickness import sick_spell, sick_spells
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import InvalidInput, NotAllowed

DAY = timedelta(days=1)
TODAY = timezone.localdate()
BEGAN = TODAY - 60 * DAY


def test_the_steps_of_the_law_have_their_days() -> None:
    first = date(2025, 1, 6)
    days = due_days(first)
    assert days["analysis"] == date(2025, 2, 17)
    assert days["plan"] == date(2025, 3, 3)
    assert days["report_uwv"] == date(2025, 10, 27)
    assert days["end_of_pay"] == date(2027, 1, 4)
    assert due_days(first, counted_days=50)["plan"] == first + 6 * DAY
    assert "analysis" not in due_days(first, counted_days=50)


def test_a_relapse_within_four_weeks_counts_on(staff: Staff) -> None:
    report_sick(staff.helen, employee="E1", first=BEGAN)
    report_recovered(staff.helen, employee="E1", back_on=BEGAN + 10 * DAY)
    again = report_sick(staff.helen, employee="E1", first=BEGAN + 37 * DAY)
    shown = sick_spell(staff.helen, spell=again)
    assert shown.counted_days == 10
    assert shown.duties[0].due == BEGAN + 37 * DAY + 32 * DAY
    report_recovered(staff.helen, employee="E1", back_on=BEGAN + 38 * DAY)
    assert sick_spells(staff.helen, open=True).rows == []


def test_after_four_weeks_it_begins_anew(staff: Staff) -> None:
    report_sick(staff.helen, employee="E1", first=BEGAN)
    report_recovered(staff.helen, employee="E1", back_on=BEGAN + 10 * DAY)
    again = report_sick(staff.helen, employee="E1", first=BEGAN + 38 * DAY)
    assert sick_spell(staff.helen, spell=again).counted_days == 0


def test_partial_return_and_steps_are_noted(staff: Staff) -> None:
    spell = report_sick(staff.helen, employee="E1", first=BEGAN)
    note_partial_return(staff.helen, employee="E1", percent=40, first=BEGAN + 14 * DAY)
    note_sickness_step(
        staff.helen, employee="E1", step="analysis", done_on=BEGAN + 40 * DAY, evidence="Cabinet 3"
    )
    shown = sick_spell(staff.helen, spell=spell)
    assert shown.spell.away_percent == 60 and shown.spell.next_step == "plan"
    found = absences(staff.company_id, BEGAN, BEGAN + 20 * DAY)[staff.party("E1")]
    assert [(each.start, each.end, each.percent, each.counted_days) for each in found] == [
        (BEGAN, BEGAN + 13 * DAY, 100, 0),
        (BEGAN + 14 * DAY, BEGAN + 20 * DAY, 60, 14),
    ]
    with pytest.raises(InvalidInput):
        note_partial_return(staff.helen, employee="E1", percent=100, first=BEGAN)
    with pytest.raises(UnknownSpell):
        note_sickness_step(staff.helen, employee="E1", step="party", done_on=TODAY, evidence="x")


def test_what_can_not_be_is_refused(staff: Staff) -> None:
    report_sick(staff.helen, employee="E1")
    with pytest.raises(SicknessOverlaps):
        report_sick(staff.helen, employee="E1", first=BEGAN)
    with pytest.raises(SicknessOverlaps):
        report_recovered(staff.helen, employee="E1", back_on=TODAY)
    with pytest.raises(UnknownSpell):
        report_recovered(staff.helen, employee="E2", back_on=TODAY)
    with pytest.raises(NotEmployed):
        report_sick(staff.helen, employee="E2", first=date(2023, 1, 1))
    with pytest.raises(InvalidInput):
        report_sick(staff.helen, employee="E2", first=TODAY + DAY)


def test_a_manager_sees_that_somebody_is_away_and_not_that_they_are_sick(staff: Staff) -> None:
    report_sick(staff.helen, employee="E1", first=TODAY)
    for actor, what in ((staff.helen, "sick"), (staff.mo, "away"), (staff.emma, "away")):
        people = team_month(actor, year=TODAY.year, month=TODAY.month).people
        seen = next(person for person in people if person.employee == "E1")
        assert [each.what for each in seen.days if each.day == TODAY] == [what]
    with pytest.raises(NotAllowed):
        sick_spells(staff.mo)


def test_unpaid_leave_is_an_absence_by_the_day(staff: Staff) -> None:
    set_up_leave(staff.helen)
    day = date(2025, 6, 2)
    record_leave(
        staff.helen,
        leave=LeaveDraft(employee="E1", first=day, last=day + DAY, last_part="morning", kind="unpaid"),
    )  # fmt: skip
    found = absences(staff.company_id, day, day + 30 * DAY)[staff.party("E1")]
    assert [(each.start, each.minutes) for each in found] == [(day, 480), (day + DAY, 240)]
