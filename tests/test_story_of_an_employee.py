"""An employee's year: hired in mid-month, part time, raised in the past, ill, away, and leaving.

Everything is done where it belongs (people, leave, sickness, expenses, payroll), and what the house
knows is typed nowhere: it comes into the payslip by itself. The ledger balances, every line of
every payslip is explained, and the year statement equals the sum of payslips and differences.
"""

from datetime import date
from decimal import Decimal

import pytest

from kantoor.departments.finance.models import Line as LedgerLine
from kantoor.departments.hr.actions.expenses.claiming import claim_expenses, submit_claims
from kantoor.departments.hr.actions.expenses.deciding import approve_claims
from kantoor.departments.hr.actions.expenses.posting import post_claims
from kantoor.departments.hr.actions.leave.asking import ask_leave, record_leave
from kantoor.departments.hr.actions.leave.deciding import approve_leave
from kantoor.departments.hr.actions.leave.granting import grant_leave
from kantoor.departments.hr.actions.leave.kinds import set_up_leave
from kantoor.departments.hr.actions.leave.sickness import (
    note_partial_return,
    report_recovered,
    report_sick,
)
from kantoor.departments.hr.actions.payroll.components import (
    set_pay_component,
    set_standard_components,
)
from kantoor.departments.hr.actions.payroll.salaries import set_pay_settings
from kantoor.departments.hr.actions.people.contracts import change_contract
from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.drafts_expenses import ExpenseDraft
from kantoor.departments.hr.drafts_leave import LeaveDraft
from kantoor.departments.hr.drafts_pay import ComponentDraft, SettingsDraft
from kantoor.departments.hr.drafts_people import ContractChange, EndDraft
from kantoor.departments.hr.models import Payslip
from kantoor.departments.hr.queries.leave.balance import minutes_left
from kantoor.departments.hr.queries.payroll.slips import payslip
from kantoor.departments.hr.queries.payroll.years import year_statement
from kantoor.departments.hr.tests.expenses.office import begin_office
from kantoor.departments.hr.tests.payroll.paying import Pay, begin_pay
from kantoor.departments.hr.tests.people.staff import begin_staff
from kantoor.kernel.parties.actions import link_user

HIRED, LAST_DAY = date(2026, 1, 14), date(2026, 11, 13)


@pytest.fixture
def pay(db: None) -> Pay:
    """A company that pays three people, and is about to hire a fourth."""
    return begin_pay(begin_staff())


def ledger(code: str) -> int:
    return sum(LedgerLine.objects.filter(account__code=code).values_list("amount", flat=True))


def test_from_the_first_day_to_the_final_settlement(pay: Pay) -> None:
    staff = pay.staff
    sanne = staff.house.person("sanne", "employee")
    staff.hire("S1", HIRED, name="Sanne Bos", manager="M1")
    link_user(staff.house.administrator, party="S1", user="sanne")
    pay.salary("S1", 360_000, HIRED)
    set_up_leave(staff.helen)
    grant_leave(staff.helen, year=2026)
    pension = ComponentDraft(
        code="pension", name="Pensioen", kind="pretax", formula="max(0, salary - 1500) * 0.05",
        start=date(2026, 1, 1),
    )  # fmt: skip
    set_pay_component(pay.paul, component=pension)
    set_standard_components(pay.paul, start=date(2026, 1, 1), first_year=Decimal(70))

    # January: 13 of 22 weekdays, taxed by the table of days.
    pay.run(1)
    assert pay.amounts("S1", 1)["salary"] == 212_727
    tax = payslip(pay.paul, run="2026-01-1", employee="S1").lines[3]
    assert tax.code == "wage_tax" and "13 days of pay" in tax.rule and tax.unverified

    number = ask_leave(sanne, first=date(2026, 2, 16), last=date(2026, 2, 20))
    approve_leave(staff.mo, number=number)
    pay.run(2)
    assert set(pay.amounts("S1", 2)) & {"unpaid_leave", "leave_paid_out", "illness"} == set()

    # March: four days a week from now on, and a Monday of unpaid leave, one of 18 days of work.
    four_days = ContractChange(employee="S1", from_day=date(2026, 3, 1), hours_fri=Decimal(0))
    change_contract(staff.helen, change=four_days)
    away = LeaveDraft(employee="S1", first=date(2026, 3, 9), kind="unpaid")
    record_leave(staff.helen, leave=away)
    pay.run(3)
    assert pay.amounts("S1", 3)["salary"] == 288_000
    assert pay.amounts("S1", 3)["unpaid_leave"] == -16_000

    # April: a raise from February on; ill from the 7th, 18 of 22 weekdays, at 70 percent.
    pay.salary("S1", 380_000, date(2026, 2, 1))
    report_sick(staff.helen, employee="S1", first=date(2026, 4, 7))
    pay.run(4)
    amounts = pay.amounts("S1", 4)
    assert (amounts["salary"], amounts["salary@02"], amounts["salary@03"]) == (
        304_000,
        20_000,
        16_000,
    )
    assert amounts["unpaid_leave@03"] == 16_000 - 16_889
    assert amounts["illness"] == -74_618
    pay.run(5)
    assert pay.amounts("S1", 5)["illness"] == -91_200
    assert pay.amounts("S1", 5)["holiday_paid"] > 0
    pay.run(6)
    # Seventy percent stays at the minimum wage, which is not known here from July on.
    minimum = SettingsDraft(
        start=date(2026, 7, 1), whk_percent=Decimal("1.22"), minimum_hour_minor=14_71
    )
    set_pay_settings(pay.paul, settings=minimum)
    pay.run(7)
    # Half back in August, which is said after that month was paid.
    pay.run(8)
    note_partial_return(staff.helen, employee="S1", percent=50, first=date(2026, 8, 3))
    claim_mileage(pay)
    pay.run(9)
    amounts = pay.amounts("S1", 9)
    assert amounts["illness"] == -45_600
    assert amounts["illness@08"] == 45_600
    assert (amounts["mileage_taxed"], amounts["mileage_repaid"]) == (700, -700)
    report_recovered(staff.helen, employee="S1", back_on=date(2026, 10, 1))
    pay.run(10)
    assert "illness" not in pay.amounts("S1", 10)

    settle(pay)
    check_the_year(pay)


def claim_mileage(pay: Pay) -> None:
    """A hundred kilometres at 0.30, of which 0.07 each is taxable."""
    office = begin_office(pay.staff)
    sanne = pay.staff.house.again("sanne")
    driven = ExpenseDraft(category="km-high", date=date(2026, 9, 10), quantity=Decimal(100))
    number = claim_expenses(sanne, expenses=[driven])
    submit_claims(sanne, claims=[number])
    approve_claims(office.mo, claims=[number])
    post_claims(office.carla, claims=[number])


def left_at_end(pay: Pay) -> int:
    return minutes_left(pay.staff.company_id, date(2026, 12, 31))[pay.staff.party("S1")]


def settle(pay: Pay) -> None:
    """The last month: part of the salary, what was set aside, and the leave that is left."""
    end = EndDraft(employee="S1", last_day=LAST_DAY, reason="resigned")
    end_employment(pay.staff.helen, end=end)
    left = left_at_end(pay)
    pay.run(11)
    final = pay.amounts("S1", 11)
    assert final["salary"] == 144_762  # 10 of 21 weekdays, of 3,040.00
    # 46 days of 40 hours a week and 258 of 32, in weeks of leave each, less a week that was taken.
    earned = sum(-(-weeks * (2_400 * 46 + 1_920 * 258) // 365) for weeks in (4, 1))
    assert left == earned - 2_400
    assert left_at_end(pay) == 0  # It was paid.
    # An hour is 3,040.00 x 12 / (52 x 32).
    assert final["leave_paid_out"] == round(left * 304_000 * 12 / (60 * 52 * 32))
    assert final["holiday_paid"] > 0


def check_the_year(pay: Pay) -> None:
    slips = list(Payslip.objects.filter(party__code="S1").order_by("month"))
    assert len(slips) == 11
    found = year_statement(pay.paul, year=2026, employee="S1")
    assert found.wage == sum(slip.taxable for slip in slips)
    assert found.tax == sum(slip.tax for slip in slips)
    assert found.net == sum(slip.net for slip in slips)
    for slip in slips:
        card = payslip(pay.paul, run=str(slip.run), employee="S1")
        assert all(line.rule and line.source and line.title for line in card.lines)

    assert ledger("16101") == -sum(slip.net for slip in Payslip.objects.all())
    assert sum(LedgerLine.objects.values_list("amount", flat=True)) == 0
    # What stands for holidays is what the others have not been paid yet.
    others = [
        line
        for code in ("M1", "E1", "E2")
        for month in range(1, 12)
        for line in pay.lines(code, month)
    ]
    set_aside = sum(line.amount for line in others if line.code == "holiday")
    paid = sum(line.amount for line in others if line.code == "holiday_paid")
    assert ledger("16115") == paid - set_aside
