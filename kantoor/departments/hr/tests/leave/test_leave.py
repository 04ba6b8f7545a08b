"""Leave from the grant to the ledger: asked, decided on, taken, lapsed, corrected; and proved."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from kantoor.departments.hr.actions.leave.asking import ask_leave, record_leave, record_leaves
from kantoor.departments.hr.actions.leave.correcting import correct_leave, correct_leaves
from kantoor.departments.hr.actions.leave.deciding import (
    approve_leave,
    approve_leaves,
    cancel_leave,
    refuse_leave,
    refuse_leaves,
    withdraw_leave,
)
from kantoor.departments.hr.actions.leave.granting import grant_leave
from kantoor.departments.hr.actions.leave.kinds import (
    add_leave_kind,
    add_leave_kinds,
    add_leave_rule,
    add_leave_rules,
    end_leave_rule,
    set_up_leave,
)
from kantoor.departments.hr.actions.leave.recounting import recount_leave
from kantoor.departments.hr.actions.leave.warning import warn_of_lapse
from kantoor.departments.hr.actions.people.contracts import change_contract
from kantoor.departments.hr.drafts_leave import (
    LeaveCorrection,
    LeaveDraft,
    LeaveKindDraft,
    LeaveRuleDraft,
)
from kantoor.departments.hr.drafts_people import ContractChange
from kantoor.departments.hr.errors_leave import (
    LeaveDecided,
    LeaveOverlaps,
    NotEmployed,
    NotEnoughLeave,
    NotTheirs,
    UnknownLeave,
    WarnedTooLate,
)
from kantoor.departments.hr.proofs_leave import leave_moves
from kantoor.departments.hr.queries.leave.balance import minutes_left
from kantoor.departments.hr.queries.leave.calendar import team_month
from kantoor.departments.hr.queries.leave.ledger import leave_of, my_leave
from kantoor.departments.hr.queries.leave.preview import leave_cost
from kantoor.departments.hr.queries.leave.register import leave_balances, leave_kinds
from kantoor.departments.hr.queries.leave.requests import (
    leave_request,
    leave_requests,
    leave_to_decide,
    my_requests,
)
from kantoor.departments.hr.tests.people.staff import Staff
from kantoor.kernel.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotFound

YEAR = timezone.localdate().year
DAY = timedelta(days=1)


@pytest.fixture
def office(staff: Staff) -> Staff:
    """The staff with Dutch leave granted for this year and the last."""
    set_up_leave(staff.helen)
    for year in (YEAR - 1, YEAR):
        grant_leave(staff.helen, year=year)
    return staff


def monday(month: int = 6, year: int = YEAR) -> date:
    """The first Monday of a month, in which nothing is free."""
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def left(office: Staff, code: str = "E1", on: date | None = None) -> int:
    return minutes_left(office.company_id, on or date(YEAR, 12, 31)).get(office.party(code), 0)


def proved(office: Staff) -> bool:
    return not list(leave_moves())


def test_a_year_is_granted_once_and_only_the_difference_after_a_change(office: Staff) -> None:
    assert left(office, on=date(YEAR, 1, 1)) == 2 * 5 * 2400
    assert grant_leave(office.helen, year=YEAR).lots == 0
    fewer = ContractChange(employee="E1", from_day=date(YEAR, 7, 1), hours_wed=Decimal(0))
    change_contract(office.helen, change=fewer)
    changed = grant_leave(office.helen, year=YEAR)
    # 184 days at 8 hours less a week: 4 and 1 weeks of them, each lot rounded up by itself.
    assert changed.lots == 2 and changed.minutes == -(4 * 480 * 184 // 365) - 480 * 184 // 365
    assert grant_leave(office.helen, year=YEAR, employees=["E1"]).lots == 0
    with pytest.raises(InvalidInput):
        grant_leave(office.helen, year=YEAR + 5)
    assert proved(office)


def test_leave_is_asked_and_approved_by_the_manager_and_not_by_oneself(office: Staff) -> None:
    day = monday()
    number = ask_leave(office.emma, first=day, last=day + 6 * DAY, note="Sea")
    assert left(office) == 2 * 5 * 2400
    assert [row.number for row in leave_to_decide(office.mo).rows] == [number]
    assert not leave_to_decide(office.emma).rows
    assert my_requests(office.emma).rows[0].minutes == 2400
    with pytest.raises(NotTheirs):
        approve_leave(office.emma, number=number)
    approve_leaves(office.mo, requests=[number])
    assert left(office) == 2 * 5 * 2400 - 2400
    with pytest.raises(LeaveDecided):
        approve_leave(office.mo, number=number)
    shown = leave_request(office.mo, number=number)
    assert shown.request.state == "approved" and shown.decides and len(shown.days) == 5
    cancel_leave(office.mo, number=number, why="Stocktaking")
    assert left(office) == 2 * 5 * 2400
    assert proved(office)


def test_a_request_is_refused_with_the_reason_or_taken_back(office: Staff) -> None:
    day = monday()
    one, other = (ask_leave(office.emma, first=d) for d in (day, day + DAY))
    refuse_leave(office.mo, number=one, why="Too busy")
    assert leave_request(office.emma, number=one).request.answer == "Too busy"
    withdraw_leave(office.emma, number=other)
    with pytest.raises(NotTheirs):
        withdraw_leave(office.mo, number=other)
    with pytest.raises(LeaveDecided):
        refuse_leaves(office.mo, requests=[other], why="No")
    third = ask_leave(office.emma, first=day)
    with pytest.raises(NotTheirs):
        refuse_leaves(office.emma, requests=[third], why="No")
    assert not {row.state for row in leave_requests(office.helen).rows} - {
        "refused", "withdrawn", "asked",
    }  # fmt: skip


def test_what_can_not_be_is_refused(office: Staff) -> None:
    day = monday()
    with pytest.raises(NotEmployed):
        record_leave(office.helen, leave=LeaveDraft(employee="E1", first=date(2023, 12, 31), last=date(2024, 1, 3)))  # fmt: skip
    with pytest.raises(NotEnoughLeave):
        ask_leave(office.emma, first=day, last=day + 250 * DAY)
    with pytest.raises(InvalidInput):
        ask_leave(office.emma, first=day, last=day - DAY)
    with pytest.raises(InvalidInput):
        ask_leave(office.emma, first=date(9999, 1, 1))
    with pytest.raises(InvalidInput):
        ask_leave(office.emma, first=day, hours=Decimal("1e30"))
    with pytest.raises(UnknownLeave):
        ask_leave(office.emma, first=day, kind="moon")
    with pytest.raises(DomainError):
        ask_leave(office.helen, first=day)
    ask_leave(office.emma, first=day, first_part="morning")
    ask_leave(office.emma, first=day, first_part="afternoon")
    with pytest.raises(LeaveOverlaps):
        ask_leave(office.emma, first=day)
    with pytest.raises(LeaveOverlaps):
        record_leaves(office.helen, leaves=[LeaveDraft(employee="E2", first=day)] * 2)
    with pytest.raises(NotAllowed):
        record_leave(office.emma, leave=LeaveDraft(employee="E1", first=day))


def test_a_day_off_and_a_holiday_cost_nothing(office: Staff) -> None:
    saturday = monday() + 5 * DAY
    assert leave_cost(office.emma, first=saturday, first_part="morning").minutes == 0
    assert leave_cost(office.emma, first=date(YEAR, 12, 25)).minutes == 0
    number = ask_leave(office.emma, first=saturday, first_part="morning")
    assert leave_request(office.emma, number=number).days == []
    half = leave_cost(office.emma, first=monday(), first_part="morning")
    assert half.minutes == 240 and half.left is not None


def test_leave_by_law_lapses_only_for_who_was_warned(office: Staff) -> None:
    july = date(YEAR, 7, 1)
    assert left(office, on=july) == 2 * 5 * 2400
    told = date(YEAR, 2, 1)
    if told <= timezone.localdate() < july or timezone.localdate() > july:
        assert warn_of_lapse(office.helen, year=YEAR - 1, employees=["E1"], on=told) == 1
    assert left(office, on=july - DAY) == 2 * 5 * 2400
    assert left(office, on=july) == 2 * 5 * 2400 - 4 * 2400
    assert left(office, "E2", on=july) == 2 * 5 * 2400
    # Leave of June that is told later is taken from what lapsed, so that less of it did.
    first = monday(6)
    record_leave(office.helen, leave=LeaveDraft(employee="E1", first=first, last=first + 4 * DAY))
    assert left(office, on=july) == 2 * 5 * 2400 - 4 * 2400
    with pytest.raises(WarnedTooLate):
        warn_of_lapse(office.helen, year=YEAR - 1, employees=["E2"], on=july)
    assert proved(office)


def test_a_correction_says_why_and_stands_in_the_ledger(office: Staff) -> None:
    on = date(YEAR, 3, 1)
    more = LeaveCorrection(employee="E1", hours=Decimal("7.5"), on=on, reason="Bought")
    correct_leave(office.helen, correction=more)
    less = LeaveCorrection(employee="E1", hours=Decimal(-8), on=on, reason="Sold")
    correct_leaves(office.helen, corrections=[less])
    assert left(office) == 2 * 5 * 2400 - 30
    lines = leave_of(office.helen, employee="E1").lines
    assert {"Bought", "Sold"} <= {line.reason for line in lines}
    assert lines[0].parts[0].week == 2400
    assert sum(line.minutes for line in lines) == 0  # what is left lapses in the end
    for wrong in (Decimal(0), Decimal("0.001"), Decimal("1e12"), Decimal("NaN")):
        with pytest.raises(InvalidInput):
            correct_leave(
                office.helen,
                correction=LeaveCorrection(employee="E1", hours=wrong, on=on, reason="x"),
            )
    assert proved(office)


def test_contracts_that_change_let_leave_to_come_cost_otherwise(office: Staff) -> None:
    day = monday(12)
    number = record_leave(
        office.helen, leave=LeaveDraft(employee="E1", first=day, last=day + 4 * DAY)
    )
    fewer = ContractChange(employee="E1", from_day=date(YEAR, 7, 1), hours_wed=Decimal(0))
    change_contract(office.helen, change=fewer)
    assert recount_leave(office.helen, since=date(YEAR, 1, 1)) == 1
    assert leave_request(office.helen, number=number).request.minutes == 4 * 480
    assert recount_leave(office.helen, since=date(YEAR, 1, 1)) == 0
    assert proved(office)


def test_people_see_their_own_leave_and_managers_that_of_their_people(office: Staff) -> None:
    assert my_leave(office.emma).employee == "E1"
    assert leave_of(office.mo, employee="E1").kinds[0].left == left(office, on=timezone.localdate())
    for code in ("M1", "E2"):
        with pytest.raises(NotFound):
            leave_of(office.emma, employee=code)
    number = ask_leave(office.mo, first=monday())
    with pytest.raises(UnknownLeave):
        leave_request(office.emma, number=number)
    with pytest.raises(NotAllowed):
        leave_balances(office.emma)
    rows = leave_balances(office.helen, on=date(YEAR, 1, 1)).rows
    assert {row.left for row in rows} == {24_000} and {row.statutory for row in rows} == {19_200}


def test_the_calendar_shows_who_is_away(office: Staff) -> None:
    day = monday()
    record_leave(office.helen, leave=LeaveDraft(employee="E2", first=day, first_part="morning"))
    month = team_month(office.emma, year=YEAR, month=6)
    away = {person.name: person.days for person in month.people}
    assert [(each.day, each.what, each.whole) for each in away["Piet Vos"]] == [
        (day, "leave", False)
    ]
    assert team_month(office.mo, year=YEAR, month=0).first == date(YEAR, 1, 1)


def test_kinds_and_rules_are_the_companys_own(staff: Staff) -> None:
    helen = staff.helen
    set_up_leave(helen, country="BE")
    set_up_leave(helen, country="BE")
    add_leave_kind(helen, kind=LeaveKindDraft(code="study", name="Study", counted=True))
    add_leave_kinds(helen, kinds=[])
    rule: dict[str, Any] = {"name": "Study", "kind": "study", "weeks": Decimal("0.4")}
    add_leave_rule(helen, rule=LeaveRuleDraft(code="study", **rule))
    with pytest.raises(Conflict):
        add_leave_rules(helen, rules=[LeaveRuleDraft(code="study", **rule)])
    with pytest.raises(InvalidInput):
        add_leave_rule(helen, rule=LeaveRuleDraft(code="far", **rule | {"weeks": Decimal(53)}))
    with pytest.raises(InvalidInput):
        set_up_leave(helen, country="FR")
    grant_leave(helen, year=YEAR)
    studied = minutes_left(staff.company_id, date(YEAR, 1, 1), kind="study")
    assert studied[staff.party("E1")] == 960
    end_leave_rule(helen, rule="study")
    assert grant_leave(helen, year=YEAR).lots == 0
    assert {row.code for row in leave_kinds(helen)} == {"holiday", "special", "unpaid", "study"}
