"""An employee's two years: hired in mid-month, part time, raised in the past, ill, and leaving.

The ledger balances all along, every line of every payslip is explained, and the year statement
equals the sum of payslips and their differences.
"""

from datetime import date
from decimal import Decimal

from kantoor.departments.finance.models import Line as LedgerLine
from kantoor.departments.hr.actions.payroll.components import set_pay_component, set_pay_value
from kantoor.departments.hr.actions.people.contracts import change_contract
from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.drafts_pay import ComponentDraft, ValueDraft
from kantoor.departments.hr.drafts_people import ContractChange, EndDraft
from kantoor.departments.hr.models import Payslip
from kantoor.departments.hr.queries.payroll.slips import payslip
from kantoor.departments.hr.queries.payroll.years import year_statement
from kantoor.departments.hr.tests.payroll.paying import Pay

HIRED = date(2026, 1, 14)


def ledger(code: str) -> int:
    return sum(LedgerLine.objects.filter(account__code=code).values_list("amount", flat=True))


def component(pay: Pay, code: str, kind: str, formula: str, everyone: bool = False) -> None:
    set_pay_component(
        pay.paul,
        component=ComponentDraft(
            code=code, name=code.title(), kind=kind, formula=formula,  # type: ignore[arg-type]
            start=date(2026, 1, 1), everyone=everyone,
        ),
    )  # fmt: skip


def test_from_the_first_day_to_the_final_settlement(pay: Pay) -> None:
    staff = pay.staff
    staff.hire("S1", HIRED, name="Sanne Bos")
    pay.salary("S1", 360_000, HIRED)
    component(pay, "pension", "pretax", "max(0, salary - 1500) * 0.05", everyone=True)
    component(pay, "illness", "pay", "-salary * value")
    component(pay, "expenses", "net", "value")
    component(pay, "leave_paid_out", "special", "hour_wage * value")

    pay.run(1)
    assert pay.amounts("S1", 1)["salary"] == 212_727  # 13 of 22 weekdays

    four_days = ContractChange(employee="S1", from_day=date(2026, 3, 1), hours_fri=Decimal(0))
    pay.run(2)
    change_contract(staff.helen, change=four_days)
    pay.run(3)
    assert pay.amounts("S1", 3)["salary"] == 288_000

    pay.salary("S1", 380_000, date(2026, 2, 1))
    pay.run(4)
    amounts = pay.amounts("S1", 4)
    assert (amounts["salary"], amounts["salary@02"], amounts["salary@03"]) == (
        304_000,
        20_000,
        16_000,
    )

    def give(code: str, start: date, until: date, value: str) -> None:
        draft = ValueDraft(employee="S1", code=code, start=start, until=until, value=Decimal(value))
        set_pay_value(pay.paul, value=draft)

    give("illness", date(2026, 5, 1), date(2026, 10, 1), "0.3")
    pay.run(5)
    assert pay.amounts("S1", 5)["illness"] == -91_200
    holiday = pay.amounts("S1", 5)["holiday_paid"]
    for month in range(6, 9):
        pay.run(month)
    give("expenses", date(2026, 9, 1), date(2026, 9, 1), "86.40")
    pay.run(9)
    assert pay.amounts("S1", 9)["expenses"] == 8_640
    pay.run(10)

    end = EndDraft(employee="S1", last_day=date(2026, 11, 13), reason="resigned")
    end_employment(staff.helen, end=end)
    give("leave_paid_out", date(2026, 11, 1), date(2026, 11, 1), "24")
    pay.run(11)
    final = pay.amounts("S1", 11)
    assert final["salary"] == 144_762  # 10 of 21 weekdays, of 3,040.00
    assert final["leave_paid_out"] == 52_615  # 24 hours at 3,800 x 12 / 2,080
    assert final["holiday_paid"] > 0 and holiday > 0

    slips = list(Payslip.objects.filter(party__code="S1").order_by("month"))
    assert len(slips) == 11
    found = year_statement(pay.paul, year=2026, employee="S1")
    assert found.wage == sum(slip.taxable for slip in slips)
    assert found.tax == sum(slip.tax for slip in slips)
    assert found.net == sum(slip.net for slip in slips)
    for slip in slips:
        card = payslip(pay.paul, run=str(slip.run), employee="S1")
        assert all(line.rule and line.source and line.title for line in card.lines)

    everybody = Payslip.objects.all()
    assert ledger("16101") == -sum(slip.net for slip in everybody)
    assert sum(LedgerLine.objects.values_list("amount", flat=True)) == 0
    # What stands for holidays is what the others have not been paid yet.
    set_aside = sum(
        line.amount
        for code in ("M1", "E1", "E2")
        for month in range(1, 12)
        for line in pay.lines(code, month)
        if line.code == "holiday"
    )
    paid = sum(pay.amounts(code, 5)["holiday_paid"] for code in ("M1", "E1", "E2"))
    assert ledger("16115") == paid - set_aside
