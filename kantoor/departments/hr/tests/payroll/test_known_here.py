"""What comes into pay by itself, and what few people's runs and corrections show."""

import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from kantoor.departments.finance.models import Line as LedgerLine
from kantoor.departments.hr.actions.payroll.components import set_standard_components
from kantoor.departments.hr.actions.payroll.runs import (
    approve_pay_run,
    book_pay_runs,
    make_pay_run,
)
from kantoor.departments.hr.models import Component, PayRun
from kantoor.departments.hr.queries.leave.absence import SICK, UNPAID, Absence
from kantoor.departments.hr.queries.payroll.knowing import Knowing, Worked
from kantoor.departments.hr.queries.payroll.years import year_statement
from kantoor.departments.hr.queries.privacy.person_data import my_data
from kantoor.departments.hr.reckoning.nl.parameters import AgeClass, rules_of
from kantoor.departments.hr.reckoning.nl.wage_tax import wage_tax, wage_tax_of_days
from kantoor.departments.hr.tests.payroll.paying import Pay
from kantoor.kernel.errors import InvalidInput

JANUARY, JUNE = date(2026, 1, 1), date(2026, 6, 1)
WEEK = (480, 480, 480, 480, 0, 0, 0)
MONTH = Worked(JUNE, date(2026, 6, 30), WEEK, Fraction(304_000), by_hour=False)


def known(*away: Absence, part: Worked = MONTH) -> dict[str, Fraction]:
    return dict(Knowing(away={1: list(away)}).of(1, part.start, [part], None))


def sick(percent: int = 100, counted: int = 0, start: date = JUNE) -> Absence:
    return Absence(1, SICK, start, date(2026, 6, 30), None, percent, counted)


def test_a_whole_month_away_is_just_its_pay() -> None:
    assert known(sick())["sick_pay"] == 3_040
    assert known(sick(percent=50))["sick_pay"] == 1_520
    days = [date(2026, 6, n) for n in range(1, 31) if date(2026, 6, n).weekday() < 4]
    unpaid = [Absence(1, UNPAID, day, day, 480, None, 0) for day in days]
    assert known(*unpaid)["unpaid_pay"] == 3_040
    # Who is ill on unpaid leave is not paid for it, and nothing comes off twice.
    assert "sick_pay" not in known(sick(start=date(2026, 6, 29)), *unpaid)


def test_years_of_sickness_are_of_52_weeks_over_all_spells() -> None:
    first = known(sick(counted=364 - 14))
    assert first["sick_pay"] == Fraction(3_040 * 10, 22)
    assert first["sick_pay_later"] == Fraction(3_040 * 12, 22)
    assert known(sick(counted=728)) == {
        "sick_pay_beyond": Fraction(3_040),
        "sick_hours": Fraction(18 * 8),
    }


def test_an_hourly_wage_is_away_by_its_hours() -> None:
    by_hour = Worked(JUNE, date(2026, 6, 30), WEEK, Fraction(18 * 8 * 2_000), by_hour=True)
    found = known(Absence(1, SICK, JUNE, date(2026, 6, 5), None, 100, 0), part=by_hour)
    assert found["sick_pay"] == 4 * 8 * 20 and found["sick_hours"] == 32


def test_the_standard_components_are_set_once_and_anew_by_date(pay: Pay) -> None:
    assert set_standard_components(pay.paul, start=JANUARY) == 6
    assert set_standard_components(pay.paul, start=date(2026, 3, 9)) == 0
    assert set_standard_components(pay.paul, start=JUNE, first_year=Decimal("70.5")) == 1
    latest = Component.objects.filter(code="illness").latest("start")
    assert "sick_pay * 0.295 " in latest.formula
    for wrong in ("69.99", "100.1", "NaN", "80.001"):
        with pytest.raises(InvalidInput):
            set_standard_components(pay.paul, start=JUNE, second_year=Decimal(wrong))


def test_part_of_a_month_is_taxed_by_days_as_the_whole_would_be() -> None:
    rules = rules_of(2026, AgeClass("below-aow"))
    # 260 days are twelve months: a day's wage of 3,900 a month is 180.
    whole = wage_tax(rules, 390_000, credit=True)
    days = wage_tax_of_days(rules, 180_00 * 13, 13, credit=True)
    assert abs(days.tax * 260 - whole.tax * 12 * 13) < 260 * 13
    assert wage_tax_of_days(rules, 180_00 * 13, 13, credit=False).labour_credit == 0
    # Half a month by the monthly table would be taxed as a low wage is.
    assert days.tax > wage_tax(rules, 180_00 * 13, credit=True).tax


def entries() -> int:
    return LedgerLine.objects.values("entry").distinct().count()


def test_a_run_about_few_is_booked_with_the_next(pay: Pay) -> None:
    pay.staff.hire("E3", JANUARY)
    approve_pay_run(pay.cora, run=make_pay_run(pay.paul, month=JANUARY).run)
    pay.salary("E3", 250_000)
    assert entries() == 1
    late = make_pay_run(pay.paul, month=JANUARY).run
    assert approve_pay_run(pay.cora, run=late) == ""
    assert approve_pay_run(pay.cora, run=late) == "" and entries() == 1
    pay.run(2)
    assert entries() == 2
    numbers = list(PayRun.objects.order_by("month", "n").values_list("entry", flat=True))
    assert numbers[1] == numbers[2] != numbers[0]
    wages = LedgerLine.objects.filter(account__code="40110")
    assert sum(wages.values_list("amount", flat=True)) == sum(
        pay.slip(code, month).gross for code in ("M1", "E1", "E2", "E3") for month in (1, 2)
    )
    assert book_pay_runs(pay.cora) == ""


def test_runs_that_wait_are_booked_when_somebody_who_sees_pay_says_so(pay: Pay) -> None:
    pay.staff.hire("E3", JANUARY)
    approve_pay_run(pay.cora, run=make_pay_run(pay.paul, month=JANUARY).run)
    pay.salary("E3", 250_000)
    pay.run(1)
    number = book_pay_runs(pay.cora)
    assert number and number == PayRun.objects.get(n=2).entry
    assert book_pay_runs(pay.cora) == ""


def test_the_labour_credit_of_a_year_is_that_of_the_corrected_months(pay: Pay) -> None:
    pay.staff.hire("E3", JANUARY)
    pay.salary("E3", 300_000)
    pay.salary("E3", 420_000, date(2026, 2, 1))
    for month in (1, 2, 3):
        pay.run(month)
    pay.salary("E2", 420_000, date(2026, 2, 1))
    pay.run(4)
    assert pay.amounts("E2", 4)["labour_credit@02"] != 0
    late = year_statement(pay.paul, year=2026, employee="E2")
    known_before = year_statement(pay.paul, year=2026, employee="E3")
    assert late.labour_credit == known_before.labour_credit
    assert (late.wage, late.tax, late.net) == (
        known_before.wage, known_before.tax, known_before.net,
    )  # fmt: skip


def test_ones_own_data_has_the_payslips_that_count(pay: Pay) -> None:
    make_pay_run(pay.paul, month=JANUARY)
    pay.run(1)
    make_pay_run(pay.paul, month=date(2026, 2, 1))
    with my_data(pay.staff.emma) as archive, zipfile.ZipFile(io.BytesIO(archive.read())) as found:
        rows = json.loads(found.read("data/hr_payslip.json"))
    assert [row["month"] for row in rows] == ["2026-01-01"]
