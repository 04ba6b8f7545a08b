"""Every cell of the official white monthly tables, and what the tables don't cover."""

import csv
import os
from pathlib import Path

import pytest

from kantoor.departments.hr.errors_pay import NotCovered
from kantoor.departments.hr.reckoning.nl.parameters import AgeClass, rules_of, years
from kantoor.departments.hr.reckoning.nl.wage_tax import wage_tax

TABLES = Path(
    os.environ.get("KANTOOR_PAYROLL_TABLES")
    or Path(__file__).resolve().parents[5].parent / "shared" / "data" / "payroll-nl"
)
COLUMNS = (AgeClass.BELOW_AOW, AgeClass.AOW_BORN_BEFORE_1946, AgeClass.AOW)


def cents(text: str) -> int:
    euros, _, rest = text.partition(".")
    return int(euros) * 100 + int(rest.ljust(2, "0") or 0)


@pytest.mark.skipif(not TABLES.is_dir(), reason="the official tables are not on this machine")
@pytest.mark.parametrize(("year", "cells"), [(2023, 19260), (2024, 20835), (2025, 21555)])
def test_every_cell_of_the_official_table_comes_out(year: int, cells: int) -> None:
    with (TABLES / f"white-month-{year}.csv").open() as file:
        rows = list(csv.reader(file))[1:]
    compared, different = 0, []
    for row in rows:
        wage = cents(row[0])
        for place, age in enumerate(COLUMNS):
            rules = rules_of(year, age)
            wanted = [cents(cell) for cell in row[1 + 3 * place : 4 + 3 * place]]
            without, with_credit = (wage_tax(rules, wage, credit=on) for on in (False, True))
            ours = [without.tax, with_credit.tax, with_credit.labour_credit]
            compared += 3
            if ours != wanted:
                different.append((age, wage, ours, wanted))
    assert (compared, different) == (cells, [])


@pytest.mark.parametrize("year", years())
@pytest.mark.parametrize("age", AgeClass)
def test_a_wage_between_two_rows_is_taken_down_to_the_row_below(year: int, age: AgeClass) -> None:
    rules = rules_of(year, age)
    assert wage_tax(rules, 300_599, credit=True) == wage_tax(rules, 300_150, credit=True)
    assert wage_tax(rules, 449, credit=True).tax == 0


@pytest.mark.parametrize("year", years())
def test_a_wage_above_the_last_row_is_refused_by_name(year: int) -> None:
    rules = rules_of(year, AgeClass.BELOW_AOW)
    last = rules.highest * 100 // 12
    assert wage_tax(rules, last, credit=True).tax > 0
    with pytest.raises(NotCovered, match=f"last row of the table of {year}"):
        wage_tax(rules, last + 1, credit=True)


def test_a_year_without_figures_is_refused_by_name() -> None:
    with pytest.raises(NotCovered, match="2022"):
        rules_of(2022, AgeClass.AOW)
