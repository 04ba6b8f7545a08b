"""Corrections go as far back as they should, and no further: over years, starts and returns."""

from datetime import date
from decimal import Decimal

from kantoor.departments.hr.actions.payroll.salaries import set_pay_settings
from kantoor.departments.hr.actions.people.ending import end_employment
from kantoor.departments.hr.drafts_pay import SettingsDraft
from kantoor.departments.hr.drafts_people import EndDraft
from kantoor.departments.hr.models import Payslip
from kantoor.departments.hr.queries.payroll.past import lines_of
from kantoor.departments.hr.tests.payroll.paying import Pay

NO_HOLIDAY = SettingsDraft(
    start=date(2025, 1, 2), whk_percent=Decimal("1.22"), holiday_percent=Decimal(0)
)
"""Special rewards have no table for 2025, so that holiday allowance can't be paid in it."""


def corrections(pay: Pay, employee: str, month: int, year: int = 2026) -> dict[str, int]:
    """The salaries of other months on a payslip."""
    about = f"{year}-{month:02}"
    lines = lines_of(pay.slip(employee, month, year).lines)
    return {
        each.month: each.amount for each in lines if each.code == "salary" and each.month != about
    }


def paid_from(pay: Pay, year: int) -> None:
    for employee, amount in (("M1", 600_000), ("E1", 400_000), ("E2", 300_000)):
        pay.salary(employee, amount, date(year, 1, 1))


def test_a_change_in_this_year_takes_nothing_back_of_the_year_before(pay: Pay) -> None:
    set_pay_settings(pay.paul, settings=NO_HOLIDAY)
    paid_from(pay, 2025)
    for month, year in ((11, 2025), (12, 2025), (1, 2026), (2, 2026)):
        pay.run(month, year)
    pay.salary("E2", 320_000, date(2026, 2, 1))
    pay.run(3)
    assert corrections(pay, "E2", 3) == {"2026-02": 20_000}
    # And a change in the year before is corrected in that year, and in what follows from it.
    pay.salary("E1", 410_000, date(2025, 12, 1))
    pay.run(4)
    assert corrections(pay, "E1", 4) == {"2025-12": 10_000}


def test_holiday_allowance_of_a_corrected_year_goes_over_once(pay: Pay) -> None:
    paid_from(pay, 2025)
    for month, year in ((11, 2025), (12, 2025), (1, 2026)):
        pay.run(month, year)
    pay.salary("E2", 310_000, date(2025, 12, 1))
    pay.run(2)
    pay.salary("E2", 320_000, date(2026, 2, 1))
    for month in (3, 4, 5):
        pay.run(month)
    owed = (2 * 300_000 + 310_000 + 4 * 320_000) * 8 // 100
    assert pay.amounts("E2", 5)["holiday_paid"] == owed


def test_what_was_paid_before_the_first_run_is_not_paid_again(pay: Pay) -> None:
    pay.run(4)
    pay.salary("E2", 320_000, date(2026, 4, 1))
    pay.run(5)
    assert corrections(pay, "E2", 5) == {"2026-04": 20_000}


def test_who_comes_back_keeps_what_was_paid_at_leaving(pay: Pay) -> None:
    end_employment(
        pay.staff.helen, end=EndDraft(employee="E2", last_day=date(2026, 1, 31), reason="resigned")
    )
    pay.run(1)
    assert pay.amounts("E2", 1)["holiday_paid"] == 24_000
    pay.staff.hire("E2", date(2026, 3, 2))
    pay.run(2)
    pay.run(3)
    assert not [code for code in pay.amounts("E2", 3) if "@" in code]
    assert Payslip.objects.filter(party__code="E2").count() == 2
