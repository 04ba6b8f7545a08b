"""Leave that is paid out at the end of an employment is off its ledger, and stays paid once."""

from datetime import date

import pytest

from kantoor.departments.hr.actions.leave.granting import grant_leave
from kantoor.departments.hr.actions.leave.kinds import set_up_leave
from kantoor.departments.hr.actions.payroll.components import set_standard_components
from kantoor.departments.hr.actions.payroll.runs import make_pay_run
from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.drafts_people import EndDraft
from kantoor.departments.hr.models import LeaveMove, LeavePayout, Payslip
from kantoor.departments.hr.queries.leave.balance import minutes_left
from kantoor.departments.hr.queries.leave.reckoning.ledger import (
    PAID_OUT,
    TAKEN,
    Entry,
    Lot,
    left_on,
    replay,
)
from kantoor.departments.hr.tests.payroll.paying import START, Pay
from kantoor.kernel.record.verify.system import verify

YEAR_END, MARCH_END = date(2026, 12, 31), date(2026, 3, 31)


@pytest.fixture
def leaving(pay: Pay) -> Pay:
    """Everybody has leave for the year, and what is left of it is paid to who leaves."""
    set_up_leave(pay.staff.helen)
    grant_leave(pay.staff.helen, year=2026)
    set_standard_components(pay.paul, start=START)
    return pay


def end(pay: Pay, last_day: date, employee: str = "E2") -> None:
    draft = EndDraft(employee=employee, last_day=last_day, reason="resigned")
    end_employment(pay.staff.helen, end=draft)


def left(pay: Pay, on: date = YEAR_END) -> int:
    return minutes_left(pay.staff.company_id, on).get(pay.staff.party("E2"), 0)


def earned(days: int) -> int:
    """Minutes of four weeks by law and one beyond it, of so many days of 40 hours a week."""
    return sum(-(-weeks * 2_400 * days // 365) for weeks in (4, 1))


def test_what_is_paid_out_is_off_the_ledger_and_again_changes_nothing(leaving: Pay) -> None:
    end(leaving, MARCH_END)
    before = left(leaving)
    assert before >= earned(90)
    leaving.run(3)
    paid = leaving.amounts("E2", 3)["leave_paid_out"]
    assert paid > 0 and left(leaving) == 0
    assert LeaveMove.objects.filter(what=PAID_OUT).exists()
    leaving.run(4)
    assert not [code for code in leaving.amounts("E1", 4) if "@" in code]
    assert Payslip.objects.filter(party__code="E2").count() == 1
    assert LeavePayout.objects.count() == 1
    assert verify().faults == []


def test_an_end_that_moves_gives_it_back_and_pays_what_is_left_then(leaving: Pay) -> None:
    end(leaving, MARCH_END)
    leaving.run(3)
    first = leaving.amounts("E2", 3)["leave_paid_out"]
    end(leaving, date(2026, 4, 30))
    leaving.run(4)
    amounts = leaving.amounts("E2", 4)
    assert amounts["leave_paid_out@03"] == -first
    assert amounts["leave_paid_out"] > first
    assert left(leaving) == 0
    leaving.run(5)
    assert Payslip.objects.filter(party__code="E2").count() == 2
    assert verify().faults == []


def test_who_is_hired_again_keeps_what_was_paid_and_earns_anew(leaving: Pay) -> None:
    end(leaving, MARCH_END)
    leaving.run(3)
    leaving.staff.hire("E2", date(2026, 9, 1), name="Piet Vos")
    grant_leave(leaving.staff.helen, year=2026)
    again = earned(90 + 122)
    assert left(leaving) == pytest.approx(again - earned(90), abs=2)
    leaving.salary("E2", 300_000, date(2026, 9, 1))
    for month in (4, 9):
        made = make_pay_run(leaving.paul, month=date(2026, month, 1))
        assert made.errors == 0
        leaving.run(month)
    assert [code for code in leaving.amounts("E2", 9) if "@" in code] == []
    # At the second end only what came since is left.
    end(leaving, YEAR_END)
    leaving.run(12)
    assert leaving.amounts("E2", 12)["leave_paid_out"] > 0
    assert left(leaving) == 0
    assert verify().faults == []


def test_it_is_taken_from_lots_after_leave_of_that_day_and_paid_by_what_comes_later() -> None:
    lot, day = Lot(1, date(2027, 7, 1), True), date(2026, 3, 31)
    entries = [
        Entry(START, 600, lot=1),
        Entry(day, 200, what=PAID_OUT),
        Entry(day, 480, request=7, what=TAKEN),
    ]
    moves = replay([lot], entries)
    assert [(each.what, each.minutes, each.lot) for each in moves] == [
        ("granted", 600, 1), ("taken", -480, 1), ("paid_out", -120, 1), ("paid_out", -80, None),
    ]  # fmt: skip
    assert left_on(replay([lot], [*entries, Entry(date(2026, 4, 2), 80, lot=1)]), YEAR_END) == 0
