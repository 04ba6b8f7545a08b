"""In the first 52 weeks sick pay stays at the minimum wage (BW 7:629 lid 1), by hour, day and age."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from kantoor.departments.hr.actions.leave.sickness import report_sick
from kantoor.departments.hr.actions.payroll.components import set_standard_components
from kantoor.departments.hr.actions.payroll.runs import make_pay_run
from kantoor.departments.hr.actions.payroll.salaries import set_pay_settings
from kantoor.departments.hr.actions.people.files import change_person_file
from kantoor.departments.hr.drafts_pay import SettingsDraft
from kantoor.departments.hr.errors_pay import NoPayslip
from kantoor.departments.hr.queries.leave.absence import SICK, UNPAID, Absence
from kantoor.departments.hr.queries.payroll.knowing import Knowing, Worked
from kantoor.departments.hr.reckoning.formulas import read_formula
from kantoor.departments.hr.reckoning.nl.minimum_wage import adult_hour, age_on, hour_of_age
from kantoor.departments.hr.reckoning.standard import standard_components
from kantoor.departments.hr.tests.payroll.paying import Pay

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
WEEK = (480, 480, 480, 480, 480, 0, 0)
HOURS = 22 * 8
MONTH = Worked(FIRST, LAST, WEEK, Fraction(300_000), by_hour=False)


def least(
    *away: Absence, born: date | None = None, part: Worked = MONTH, told: int | None = None
) -> Fraction:
    knowing = Knowing(away={1: list(away)}, born={1: born})
    known = dict(knowing.of(1, part.start, [part], None, told))
    return known.get("sick_minimum", Fraction(0))


def sick(start: date = FIRST, end: date = LAST, percent: int = 100, counted: int = 0) -> Absence:
    return Absence(1, SICK, start, end, None, percent, counted)


@pytest.mark.parametrize(
    ("age", "cents"),
    [(67, 1471), (21, 1471), (20, 1177), (19, 883), (18, 736), (17, 581), (16, 507), (15, 441),
     (None, 1471)],
)  # fmt: skip
def test_the_minimum_of_each_age_is_as_it_was_published_for_2026(
    age: int | None, cents: int
) -> None:
    adult = adult_hour(date(2026, 1, 1))
    assert adult is not None
    assert hour_of_age(adult, age) == cents


def test_the_minimum_is_that_of_the_day_and_of_no_day_that_is_not_known() -> None:
    days = (date(2024, 1, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 6, 30))
    assert [adult_hour(day) for day in days] == [1327, 1406, 1440, 1471]
    assert adult_hour(date(2023, 12, 31)) is None
    assert adult_hour(date(2026, 7, 1)) is None


def test_a_birthday_counts_from_its_day() -> None:
    born = date(2005, 3, 16)
    assert [age_on(born, date(2026, 3, day)) for day in (15, 16)] == [20, 21]
    # Ten weekdays before the 16th at 20 years, twelve from then on at 21.
    assert least(sick(), born=born) == Fraction(80 * 1177 + 96 * 1471, 100)


def test_the_minimum_is_of_the_hours_away_sick_in_the_first_52_weeks_alone() -> None:
    assert least(sick()) == Fraction(HOURS * 1471, 100)
    assert least(sick(percent=50)) == Fraction(HOURS * 1471, 200)
    assert least(sick(counted=364 - 7)) == Fraction(5 * 8 * 1471, 100)
    assert least(sick(counted=364)) == 0
    monday = Absence(1, UNPAID, date(2026, 3, 2), date(2026, 3, 2), 480, None, 0)
    assert least(sick(), monday) == Fraction((HOURS - 8) * 1471, 100)
    assert least(sick(), told=1500) == Fraction(HOURS * 1500, 100)


def test_of_part_of_a_month_the_minimum_is_the_same_part_as_its_pay() -> None:
    # Four days a week: 18 of 22 weekdays are paid as 18/22, whichever of them are worked.
    part = Worked(FIRST, LAST, (480, 480, 480, 480, 0, 0, 0), Fraction(240_000), by_hour=False)
    away = sick(start=date(2026, 3, 5))
    known = dict(Knowing(away={1: [away]}, born={}).of(1, FIRST, [part], None))
    assert known["sick_pay"] == Fraction(2_400 * 19, 22)
    assert known["sick_minimum"] == Fraction(18 * 8 * 1471 * 19, 22 * 100)
    by_hour = Worked(FIRST, LAST, part.week, Fraction(18 * 8 * 2_000), by_hour=True)
    assert least(away, part=by_hour) == Fraction(15 * 8 * 1471, 100)


def test_a_day_of_which_nobody_knows_the_minimum_is_refused_by_name() -> None:
    july = Worked(date(2026, 7, 1), date(2026, 7, 31), WEEK, Fraction(300_000), by_hour=False)
    away = sick(july.start, july.end)
    with pytest.raises(NoPayslip, match="2026-07-01"):
        least(away, part=july)
    assert least(away, part=july, told=1500) > 0


@pytest.mark.parametrize(
    ("pay", "minimum", "unpaid"),
    [
        (3000, 2000, -900),  # 70 percent is above it
        (3000, 2500, -500),  # up to the minimum
        (3000, 3500, 0),  # never more than was earned
        (3000, 2100, -900),
    ],
)
def test_what_is_not_paid_leaves_the_minimum_and_no_more_than_was_earned(
    pay: int, minimum: int, unpaid: int
) -> None:
    formula = read_formula(standard_components(Decimal(70), Decimal(70))[0].formula)
    values = {
        "sick_pay": Fraction(pay), "sick_minimum": Fraction(minimum),
        "sick_pay_later": Fraction(1000), "sick_pay_beyond": Fraction(10),
    }  # fmt: skip
    assert formula.value(values) == unpaid - 300 - 10


def test_whoever_pays_in_full_needs_no_minimum() -> None:
    formula = read_formula(standard_components(Decimal(100), Decimal(70))[0].formula)
    assert "sick_minimum" not in formula.names


def test_a_payslip_at_seventy_percent_has_the_minimum_wage_of_the_age(pay: Pay) -> None:
    # 2,600 a month: 70 percent is 1,820, and 176 hours at 14.71 are 2,588.96.
    pay.salary("E2", 260_000, FIRST)
    set_standard_components(pay.paul, start=FIRST, first_year=Decimal(70))
    report_sick(pay.staff.helen, employee="E2", first=FIRST)
    pay.run(3)
    assert pay.amounts("E2", 3)["illness"] == 258_896 - 260_000
    # Who is 18 has a lower one: 176 hours at 7.36 are less than 70 percent.
    change_person_file(pay.staff.helen, employee="E2", birth_date=date(2007, 6, 1))
    pay.run(4)
    assert pay.amounts("E2", 4)["illness"] == -78_000
    assert pay.amounts("E2", 4)["illness@03"] == -78_000 - (258_896 - 260_000)


def test_a_run_of_a_month_without_a_known_minimum_says_so_and_pays_the_others(pay: Pay) -> None:
    set_standard_components(pay.paul, start=date(2026, 7, 1), first_year=Decimal(70))
    report_sick(pay.staff.helen, employee="E2", first=date(2026, 7, 6))
    made = make_pay_run(pay.paul, month=date(2026, 7, 1))
    assert (made.payslips, made.errors) == (2, 1)
    settings = SettingsDraft(
        start=date(2026, 7, 1), whk_percent=Decimal("1.22"), minimum_hour_minor=1500
    )
    set_pay_settings(pay.paul, settings=settings)
    assert make_pay_run(pay.paul, month=date(2026, 7, 1)).errors == 0
