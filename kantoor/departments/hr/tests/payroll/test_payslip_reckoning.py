"""The pure payslip: premiums cumulative to their cap, holiday allowance, special rewards, both ways."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kantoor.departments.hr.errors_pay import NoPayslip, NotCovered
from kantoor.departments.hr.reckoning.formulas import read_formula
from kantoor.departments.hr.reckoning.nl.parameters import AgeClass
from kantoor.departments.hr.reckoning.nl.special import special_percentage, special_table
from kantoor.departments.hr.reckoning.payslip import reckon
from kantoor.departments.hr.reckoning.simulation import gross_for, net_of
from kantoor.departments.hr.reckoning.slips import Facts, Kind, Part, SoFar


def facts(wage: int = 400_000, month: int = 1, **changes: object) -> Facts:
    plain = Facts(
        party=1, month=date(2026, month, 1), pay=Fraction(wage), full=Fraction(wage),
        hour_wage=Fraction(wage * 12, 2080), hours=Fraction(173), days=22, weekdays=22,
        credit=True, age=AgeClass.BELOW_AOW, awf="low", aof="low", whk=122, holiday_rate=800,
        year_wage=wage * 12, pays_holiday=False,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def part(code: str, kind: Kind, formula: str, value: int = 0) -> Part:
    return Part(code, kind, read_formula(formula), Fraction(value))


def test_tax_and_net_of_a_plain_month() -> None:
    slip = reckon(facts(), SoFar())
    assert (slip.gross, slip.tax, slip.labour_credit, slip.net) == (
        400_000, 81_867, 46_100, 318_133,
    )  # fmt: skip
    amounts = {line.code: line.amount for line in slip.lines}
    assert amounts == {
        "salary": 400_000, "holiday": 32_000, "wage_tax": -81_867,
        "zvw": 24_400, "awf": 10_960, "aof": 25_080, "wko": 2_000, "whk": 4_880,
    }  # fmt: skip


def test_premiums_stop_at_the_cap_of_the_year_whatever_the_months() -> None:
    before, total = SoFar(), 0
    for month in range(1, 13):
        wage = 300_000 if month < 7 else 1_100_000
        slip = reckon(facts(wage, month), before)
        total += sum(line.amount for line in slip.lines if line.code == "zvw")
        before = slip.so_far
    assert total == 484_395  # 6.10 % of 79,409, half a cent up


def test_holiday_allowance_is_set_aside_and_paid_as_a_special_reward() -> None:
    before = SoFar()
    for month in range(1, 6):
        slip = reckon(facts(month=month, pays_holiday=month == 5), before)
        before = slip.so_far
    lines = {line.code: line for line in slip.lines}
    assert lines["holiday_paid"].amount == 5 * 32_000
    assert (lines["special_tax"].rate, lines["special_tax"].amount) == (5047, -80_752)
    assert before.holiday == 0


def test_no_holiday_allowance_is_set_aside_over_taxable_mileage() -> None:
    parts = (
        part("mileage_taxed", Kind.PAY, "value", 100),
        part("bonus", Kind.PAY, "value", 50),
    )  # fmt: skip
    slip = reckon(facts(parts=parts), SoFar())
    holiday = next(line for line in slip.lines if line.code == "holiday")
    assert (holiday.base, holiday.amount) == (405_000, 32_400)


@pytest.mark.parametrize(
    ("wage", "age", "credit", "percentage"),
    [
        (10_000, "below-aow", True, 0), (11_358, "below-aow", True, 2743),
        (20_000, "below-aow", True, 474), (35_000, "below-aow", True, 4020),
        (45_592, "below-aow", True, 4201), (45_593, "below-aow", True, 5047),
        (80_000, "below-aow", True, 5601), (150_000, "below-aow", False, 4950),
        (40_000, "aow", True, 3978), (40_000, "aow-born-before-1946", True, 2007),
        (50_000, "aow", True, 5901),
    ],
)  # fmt: skip
def test_special_rewards_by_the_table_of_2026(
    wage: int, age: str, credit: bool, percentage: int
) -> None:
    assert special_percentage(special_table(2026, AgeClass(age), credit), wage * 100) == percentage


def test_special_rewards_of_a_year_without_a_table_are_refused_by_name() -> None:
    with pytest.raises(NotCovered, match="special rewards for 2025"):
        special_table(2025, AgeClass.BELOW_AOW, True)


def test_premiums_without_figures_are_refused_by_name() -> None:
    with pytest.raises(NotCovered, match="premiums for 2024"):
        reckon(replace(facts(), month=date(2024, 1, 1)), SoFar())
    with pytest.raises(NotCovered, match="awf_high in 2025"):
        reckon(replace(facts(), month=date(2025, 1, 1), awf="high"), SoFar())


def test_components_use_each_other_and_what_they_round_to() -> None:
    parts = (
        part("pension_employer", Kind.EMPLOYER, "pension * 2"),
        part("pension", Kind.PRETAX, "max(0, full_salary - 1500) * 0.0333"),
        part("travel", Kind.NET, "days * value", 4),
    )
    slip = reckon(facts(parts=parts), SoFar())
    amounts = {line.code: line.amount for line in slip.lines}
    assert (amounts["pension"], amounts["pension_employer"]) == (-8_325, 16_650)
    assert amounts["travel"] == 8_800
    assert slip.taxable == 400_000 - 8_325


def test_more_taken_off_than_there_is_is_refused() -> None:
    with pytest.raises(NoPayslip):
        reckon(facts(parts=(part("loan", Kind.NET, "-9000"),)), SoFar())


@pytest.mark.parametrize("net", [0, 100, 99_999, 250_000, 318_133, 400_001])
def test_net_to_gross_finds_the_lowest_wage_that_leaves_it(net: int) -> None:
    found = gross_for(facts(), net)
    assert found.net >= net
    assert all(
        net_of(facts(), found.gross - less).net < net
        for less in (1, 2, 449, 450)
        if found.gross >= less
    )


def test_a_net_that_no_wage_leaves_is_refused() -> None:
    with pytest.raises(NotCovered):
        gross_for(facts(), 99_999_999)
