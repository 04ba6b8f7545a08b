"""Timesheets: written, handed in, decided on, and changed only by lines that take others back."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from kantoor.departments.hr.actions.times.deciding import (
    approve_sheet,
    approve_sheets,
    correct_hours,
    refuse_sheet,
    refuse_sheets,
)
from kantoor.departments.hr.actions.times.writing import (
    record_hour,
    record_hours,
    submit_week,
    take_in_hours,
    withdraw_week,
    write_week,
)
from kantoor.departments.hr.drafts_times import HourCorrection, HourDraft, WeekRow
from kantoor.departments.hr.errors_times import (
    NotEmployedThen,
    OwnHours,
    SheetState,
    TooManyHours,
    UnknownSheet,
)
from kantoor.departments.hr.models import HourLine, HourSheet
from kantoor.departments.hr.queries.times.sheets import (
    my_sheets,
    my_week,
    sheets_to_decide,
    timesheet,
    timesheets,
)
from kantoor.departments.hr.tests.times.workers import MONDAY, Workers
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound, Refusals
from kantoor.kernel.parties.actions import link_user


def state_of(number: str) -> str:
    sheet = next(row for row in HourSheet.objects.select_related("party") if row.number == number)
    return sheet.state


def test_a_week_is_kept_as_it_was_written_and_again_in_place_of_it(workers: Workers) -> None:
    number = write_week(workers.emma, week=MONDAY, rows=[workers.row(tue=90)])
    assert number == "2026-W11-E1"
    rows = [workers.row(), WeekRow(text="Course", fri=240)]
    assert write_week(workers.emma, week=MONDAY + timedelta(days=3), rows=rows) == number
    week = my_week(workers.emma, week=MONDAY)
    assert [(row.project, row.minutes) for row in week.rows] == [
        ("P1", [480, 0, 0, 0, 0, 0, 0]),
        ("", [0, 0, 0, 0, 240, 0, 0]),
    ]
    assert my_sheets(workers.emma).rows[0].minutes == 720


def test_what_is_wrong_is_said_of_each_cell_and_nothing_is_kept(workers: Workers) -> None:
    rows = [
        workers.row(mon=1441, tue=-5),
        workers.row(project="P9", customer="K9", wed=900),
        WeekRow(billable=True, wed=600, text="x" * 300),
    ]
    with pytest.raises(Refusals) as refused:
        write_week(workers.emma, week=MONDAY, rows=rows)
    places = {(error.place.line, error.place.field) for error in refused.value.errors}
    assert places == {
        (1, "mon"), (1, "tue"), (2, "project"), (2, "customer"), (3, "customer"), (3, "text"),
        (3, "wed"),
    }  # fmt: skip
    assert not HourSheet.objects.exists()


def test_nobody_writes_hours_outside_their_employment(workers: Workers) -> None:
    with pytest.raises(NotEmployedThen) as refused:
        write_week(workers.emma, week=date(2024, 1, 1) - timedelta(days=7), rows=[workers.row()])
    assert refused.value.place.line == 1
    with pytest.raises(InvalidInput):
        write_week(workers.emma, week=date(1999, 1, 1), rows=[])


def test_a_day_has_24_hours_whoever_writes_them(workers: Workers) -> None:
    draft = HourDraft(employee="E1", day=MONDAY, minutes=1_000)
    assert record_hours(workers.helen, hours=[draft]) == ["2026-W11-E1"]
    with pytest.raises(TooManyHours):
        record_hour(workers.helen, hour=draft)
    record_hour(workers.helen, hour=HourDraft(employee="E1", day=MONDAY, minutes=440))


def test_many_hours_are_written_in_as_many_statements_as_few(
    workers: Workers, django_assert_max_num_queries: object
) -> None:
    from django.test.utils import CaptureQueriesContext

    counts = []
    for people, days in ((["E1"], 1), (["E1", "E2", "M1"], 40)):
        drafts = [
            HourDraft(employee=code, day=date(2026, 5, 4) + timedelta(days=n), minutes=60)
            for code in people
            for n in range(days)
        ]
        with CaptureQueriesContext(connection) as seen:
            record_hours(workers.helen, hours=drafts, submit=True)
        counts.append(len(seen))
        HourSheet.objects.model.objects.none()
        for row in HourSheet.objects.all():
            assert row.state == "submitted"
        refuse_sheets(
            workers.helen,
            sheets=[row.number for row in HourSheet.objects.select_related("party")],
            why="Again",
        )
    assert counts[1] <= counts[0] + 2


def test_the_manager_decides_and_nobody_on_their_own(workers: Workers) -> None:
    number = write_week(workers.emma, week=MONDAY, rows=[workers.row()])
    with pytest.raises(SheetState):
        approve_sheet(workers.mo, sheet=number)
    submit_week(workers.emma, week=MONDAY)
    assert [row.number for row in sheets_to_decide(workers.mo).rows] == [number]
    with pytest.raises(UnknownSheet):
        approve_sheet(workers.emma, sheet=number)
    approve_sheet(workers.mo, sheet=number)
    with pytest.raises(SheetState):
        write_week(workers.emma, week=MONDAY, rows=[])
    with pytest.raises(SheetState):
        approve_sheets(workers.mo, sheets=[number])


def test_hr_decides_on_all_but_its_own(workers: Workers) -> None:
    workers.staff.hire("H1", name="Helen")
    link_user(workers.staff.house.administrator, user="helen", party="H1")
    own = write_week(workers.helen, week=MONDAY, rows=[WeekRow(mon=60)])
    submit_week(workers.helen, week=MONDAY)
    with pytest.raises(OwnHours):
        approve_sheet(workers.helen, sheet=own)


def test_what_was_sent_back_is_changed_and_handed_in_again(workers: Workers) -> None:
    number = write_week(workers.emma, week=MONDAY, rows=[workers.row()])
    submit_week(workers.emma, week=MONDAY)
    refuse_sheet(workers.mo, sheet=number, why="Which mill?")
    assert my_week(workers.emma, week=MONDAY).why == "Which mill?"
    write_week(workers.emma, week=MONDAY, rows=[workers.row(text="The old one")])
    assert state_of(number) == "draft"
    submit_week(workers.emma, week=MONDAY)
    withdraw_week(workers.emma, week=MONDAY)
    assert state_of(number) == "draft"
    with pytest.raises(InvalidInput):
        refuse_sheet(workers.mo, sheet=number, why=" ")


def test_an_empty_week_is_not_handed_in(workers: Workers) -> None:
    with pytest.raises(UnknownSheet):
        submit_week(workers.emma, week=MONDAY)
    write_week(workers.emma, week=MONDAY, rows=[])
    with pytest.raises(SheetState):
        submit_week(workers.emma, week=MONDAY)


def test_approved_hours_change_only_by_lines_that_take_them_back(workers: Workers) -> None:
    number = workers.approved()
    line = HourLine.objects.get()
    for sql in ("UPDATE hr_hour_line SET minutes = 1", "DELETE FROM hr_hour_line"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with pytest.raises(OwnHours):
        correct_hours(workers.emma, corrections=[HourCorrection(line=line.pk, minutes=60)])
    assert correct_hours(workers.mo, corrections=[HourCorrection(line=line.pk, minutes=60)]) == 2
    shown = timesheet(workers.emma, number=number)
    assert [each.minutes for each in shown.lines] == [480, -480, 60]
    assert shown.sheet.minutes == 60
    with pytest.raises(SheetState):
        correct_hours(workers.mo, corrections=[HourCorrection(line=line.pk, minutes=0)])
    last = HourLine.objects.latest("pk")
    with pytest.raises(InvalidInput):
        correct_hours(workers.mo, corrections=[HourCorrection(line=last.pk, minutes=1_441)])


def test_others_see_nothing_of_a_week(workers: Workers) -> None:
    number = write_week(workers.emma, week=MONDAY, rows=[workers.row()])
    stranger = workers.staff.house.person("sara", "employee")
    for actor in (stranger, workers.mo):  # The manager sees it when it is handed in.
        with pytest.raises(UnknownSheet):
            timesheet(actor, number=number)
    assert timesheet(workers.helen, number=number).sheet.person == "Emma de Wit"
    assert timesheets(workers.helen, search="emma").rows
    with pytest.raises(NotAllowed):
        timesheets(stranger)
    for odd in ("", "x", "2026-W99-E1", "9" * 80):
        with pytest.raises(NotFound):
            timesheet(workers.helen, number=odd)


def test_who_writes_a_number_down_does_not_learn_whose_it_is(workers: Workers) -> None:
    rows = [workers.row(customer=code, project="") for code in ("K1", "E2")]
    number = write_week(workers.emma, week=MONDAY, rows=rows)
    seen = [line.customer for line in timesheet(workers.emma, number=number).lines]
    assert seen == ["Molen BV", "E2"]
    assert timesheet(workers.helen, number=number).lines[1].customer == "Piet Vos"


def test_a_list_of_hours_is_taken_in_whole_or_said_line_by_line(workers: Workers) -> None:
    heading = "employee;day;minutes;project;billable;customer;text\n"
    right = "E1;2026-03-09;1:30;P1;ja;K1;Mill\n\nE2;10-03-2026;90m;;;;\n"
    numbers = take_in_hours(workers.helen, rows=heading + right, submit=True)
    assert numbers == ["2026-W11-E1", "2026-W11-E2"] and state_of(numbers[0]) == "submitted"
    assert list(HourLine.objects.order_by("pk").values_list("minutes", "billable")) == [
        (90, True),
        (90, False),
    ]
    wrong = "E1;soon;1:30;;;;\nE1;2026-03-16;later;;perhaps;;\n"
    with pytest.raises(Refusals) as refused:
        take_in_hours(workers.helen, rows=heading + wrong)
    places = [(error.place.line, error.place.field) for error in refused.value.errors]
    assert places == [(2, "day"), (3, "minutes"), (3, "billable")]
    with pytest.raises(NotFound) as nobody:
        take_in_hours(workers.helen, rows=f"{heading}\nE9;2026-03-16;60m;;;;\n")
    assert nobody.value.place.line == 3
    with pytest.raises(InvalidInput):
        take_in_hours(workers.helen, rows="employee;hours\n")
    assert HourLine.objects.count() == 2
