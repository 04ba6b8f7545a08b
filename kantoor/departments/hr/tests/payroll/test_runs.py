"""Runs: made by one, approved by another; errors by employee, corrections as differences."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.finance.models import Line as LedgerLine
from kantoor.departments.hr.actions.payroll.components import set_pay_component, set_pay_value
from kantoor.departments.hr.actions.payroll.runs import (
    approve_pay_run,
    drop_pay_run,
    make_pay_run,
)
from kantoor.departments.hr.actions.payroll.salaries import set_salary
from kantoor.departments.hr.actions.people.contracts import change_contract
from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.drafts_pay import ComponentDraft, SalaryDraft, ValueDraft
from kantoor.departments.hr.drafts_people import ContractChange, EndDraft
from kantoor.departments.hr.errors_pay import PayState, UnknownPay, WrongFormula
from kantoor.departments.hr.models import PayError, PayRun, Payslip
from kantoor.departments.hr.tests.payroll.paying import MARKER, Pay
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound

MAY = date(2026, 5, 20)


def ledger() -> dict[str, int]:
    found: dict[str, int] = {}
    for code, amount in LedgerLine.objects.values_list("account__code", "amount"):
        found[code] = found.get(code, 0) + amount
    return {code: amount for code, amount in found.items() if amount}


def test_a_run_is_made_approved_and_booked(pay: Pay) -> None:
    run = pay.run(1)
    assert run == "2026-01-1"
    slips = list(Payslip.objects.order_by("party__code"))
    assert [(slip.party.code, slip.gross) for slip in slips] == [
        ("E1", MARKER), ("E2", 300_000), ("M1", 600_000),
    ]  # fmt: skip
    assert pay.slip("E1", 1).tax == -pay.amounts("E1", 1)["wage_tax"]
    booked = ledger()
    assert sum(booked.values()) == 0
    assert booked["16101"] == -sum(slip.net for slip in slips)
    assert booked["40110"] == MARKER + 900_000
    premiums = sum(slip.employer for slip in slips) - booked["40140"]
    assert booked["16230"] == -sum(slip.tax for slip in slips) - premiums
    assert booked["16115"] == -booked["40140"]


def test_approving_again_gives_the_same_entry(pay: Pay) -> None:
    run = pay.run(1)
    assert approve_pay_run(pay.cora, run=run) == PayRun.objects.get().entry


def test_who_made_a_run_does_not_approve_it(pay: Pay) -> None:
    administrator = pay.staff.house.administrator
    made = make_pay_run(administrator, month=MAY)
    with pytest.raises(NotAllowed, match="somebody else"):
        approve_pay_run(administrator, run=made.run)
    with pytest.raises(NotAllowed):
        approve_pay_run(pay.paul, run=made.run)


def test_making_an_open_run_again_makes_it_anew(pay: Pay) -> None:
    assert make_pay_run(pay.paul, month=MAY).run == "2026-05-1"
    assert make_pay_run(pay.paul, month=MAY).run == "2026-05-2"
    assert list(PayRun.objects.order_by("n").values_list("state", flat=True)) == ["dropped", "made"]
    with pytest.raises(PayState, match="2026-05-2 is open"):
        make_pay_run(pay.paul, month=date(2026, 6, 1))
    with pytest.raises(PayState, match="dropped"):
        approve_pay_run(pay.cora, run="2026-05-1")


def test_a_dropped_run_counts_for_nothing(pay: Pay) -> None:
    made = make_pay_run(pay.paul, month=MAY)
    drop_pay_run(pay.paul, run=made.run)
    drop_pay_run(pay.paul, run=made.run)
    assert pay.run(4) == "2026-04-1"
    with pytest.raises(PayState):
        drop_pay_run(pay.paul, run="2026-04-1")
    with pytest.raises(UnknownPay):
        drop_pay_run(pay.paul, run="2026-13-1")


def test_months_go_forward_and_nobody_is_paid_twice(pay: Pay) -> None:
    pay.run(5)
    with pytest.raises(PayState, match="nobody"):
        make_pay_run(pay.paul, month=MAY)
    with pytest.raises(PayState, match="later month"):
        make_pay_run(pay.paul, month=date(2026, 4, 1))


def test_who_cannot_be_paid_stops_nobody_else_and_is_paid_later(pay: Pay) -> None:
    pay.staff.hire("E3", date(2026, 1, 1))
    pay.salary("E2", 1_200_000, date(2026, 1, 1))
    made = make_pay_run(pay.paul, month=date(2026, 1, 1))
    assert (made.payslips, made.errors) == (2, 2)
    errors = {each.party.code: each for each in PayError.objects.all()}
    assert "no salary on 2026-01-01" in errors["E3"].message
    assert errors["E2"].code == "hr.not_covered"
    approve_pay_run(pay.cora, run=made.run)
    pay.salary("E3", 250_000)
    pay.salary("E2", 300_000)
    assert pay.run(1) == "2026-01-2"
    assert pay.slip("E3", 1).gross == 250_000
    assert Payslip.objects.count() == 4


def test_a_joiner_in_mid_month_is_paid_by_weekdays(pay: Pay) -> None:
    pay.staff.hire("E3", date(2026, 6, 15))
    pay.salary("E3", 330_000, date(2026, 6, 15))
    pay.run(6)
    assert pay.slip("E3", 6).gross == 330_000 * 12 // 22


def test_other_hours_in_mid_month_are_paid_by_their_part(pay: Pay) -> None:
    change_contract(
        pay.staff.helen,
        change=ContractChange(employee="E2", from_day=date(2026, 6, 15), hours_fri=Decimal(0)),
    )
    pay.run(6)
    assert pay.slip("E2", 6).gross == 300_000 * 10 // 22 + 240_000 * 12 // 22 + 1


def test_a_leaver_gets_the_holiday_allowance_set_aside(pay: Pay) -> None:
    pay.run(6)
    end_employment(
        pay.staff.helen, end=EndDraft(employee="E2", last_day=date(2026, 7, 31), reason="resigned")
    )
    pay.run(7)
    assert pay.amounts("E2", 7)["holiday_paid"] == 2 * 24_000
    pay.run(8)
    assert Payslip.objects.filter(party__code="E2").count() == 2


def test_a_raise_two_months_back_is_paid_as_differences(pay: Pay) -> None:
    for month in (1, 2, 3):
        pay.run(month)
    pay.salary("E2", 320_000, date(2026, 2, 1))
    pay.run(4)
    amounts = pay.amounts("E2", 4)
    assert (amounts["salary"], amounts["salary@02"], amounts["salary@03"]) == (
        320_000,
        20_000,
        20_000,
    )
    assert amounts["wage_tax@02"] == amounts["wage_tax@03"] < 0
    assert "salary@01" not in amounts
    assert amounts["holiday@02"] == 1_600
    pay.run(5)
    assert not [code for code in pay.amounts("E2", 5) if "@" in code]
    assert pay.amounts("E2", 5)["holiday_paid"] == 24_000 + 4 * 25_600
    # What was paid is what would have been, had it been known.
    total = sum(slip.net for slip in Payslip.objects.filter(party__code="E2"))
    assert total == sum(each.amount for month in range(1, 6) for each in pay.lines("E2", month)
                        if each.kind in ("pay", "special", "tax"))  # fmt: skip


def test_an_employment_ended_in_the_past_takes_back_what_was_paid(pay: Pay) -> None:
    pay.run(1)
    pay.run(2)
    end_employment(
        pay.staff.helen, end=EndDraft(employee="E2", last_day=date(2026, 1, 31), reason="resigned")
    )
    made = make_pay_run(pay.paul, month=date(2026, 3, 1))
    assert made.errors == 1
    assert "agree how it is paid back" in PayError.objects.get().message


def test_components_hold_for_all_or_for_those_with_a_value(pay: Pay) -> None:
    pension = ComponentDraft(
        code="pension", name="Pensioen", kind="pretax", start=date(2026, 1, 1),
        formula="max(0, full_salary - 1500) * 0.08",
    )  # fmt: skip
    set_pay_component(pay.paul, component=pension)
    set_pay_component(
        pay.paul,
        component=ComponentDraft(code="bonus", name="Bonus", kind="special", formula="value",
                                 start=date(2026, 1, 1), everyone=False),
    )  # fmt: skip
    set_pay_value(
        pay.paul,
        value=ValueDraft(
            employee="E2", code="bonus", start=MAY, until=MAY, value=Decimal("500.25")
        ),
    )
    pay.run(4)
    pay.run(5)
    assert pay.amounts("E2", 5)["bonus"] == 50_025
    assert pay.amounts("E2", 5)["pension"] == -12_000
    assert "bonus" not in pay.amounts("E2", 4) and "bonus" not in pay.amounts("E1", 5)
    assert ledger()["16523"] == -2 * (12_000 + 36_000 + round((MARKER - 150_000) * 8 / 100))


def test_wrong_components_and_salaries_are_refused(pay: Pay) -> None:
    def component(code: str, formula: str) -> ComponentDraft:
        return ComponentDraft(code=code, name=code, kind="pay", formula=formula, start=MAY)

    set_pay_component(pay.paul, component=component("extra", "salary * 0.1"))
    set_pay_component(pay.paul, component=component("bonus", "extra * 2"))
    with pytest.raises(WrongFormula, match="circle"):
        set_pay_component(pay.paul, component=component("extra", "bonus / 2"))
    with pytest.raises(WrongFormula, match="salry"):
        set_pay_component(pay.paul, component=component("extra", "salry"))
    with pytest.raises(InvalidInput):
        set_pay_component(pay.paul, component=component("wage_tax", "1"))
    with pytest.raises(UnknownPay):
        set_pay_value(pay.paul, value=ValueDraft(employee="E1", code="none", start=MAY))
    with pytest.raises(NotFound):
        set_salary(pay.paul, salary=SalaryDraft(employee="E9", start=MAY, amount=1))
    with pytest.raises(InvalidInput):
        set_salary(pay.paul, salary=SalaryDraft(employee="E1", start=date(1926, 1, 1), amount=1))


@pytest.mark.databases
def test_statements_of_a_run_do_not_grow_with_employees(pay: Pay) -> None:
    pay.run(1)
    with CaptureQueriesContext(connection) as few:
        make_pay_run(pay.paul, month=date(2026, 2, 1))
    for n in range(20):
        pay.staff.hire(f"X{n}", date(2026, 2, 1))
        pay.salary(f"X{n}", 250_000 + n)
    with CaptureQueriesContext(connection) as many:
        make_pay_run(pay.paul, month=date(2026, 2, 1))
    assert len(many) <= len(few) + 4
