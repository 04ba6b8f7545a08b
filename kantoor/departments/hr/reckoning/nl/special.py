"""Special rewards (holiday allowance, bonuses, what is paid on leaving): a percentage by the year's wage.

The white table for special rewards is a table by itself: its borders don't follow from the
monthly table. It is here for the years in `special.json`; other years are refused by name.
"""

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from kantoor.departments.hr.errors_pay import NotCovered
from kantoor.departments.hr.reckoning.nl.parameters import AgeClass
from kantoor.departments.hr.reckoning.scales import PERCENT, percent


@dataclass(frozen=True, slots=True)
class SpecialTable:
    """The year's wage in euros from which each percentage (of 1/10,000) holds."""

    borders: tuple[int, ...]
    percentages: tuple[int, ...]


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(files(__package__).joinpath("special.json").read_text())
    return document


@cache
def source() -> str:
    """Where the table comes from, as a payslip cites it."""
    return str(_document()["source"])


@cache
def special_table(year: int, age: AgeClass, credit: bool) -> SpecialTable:
    """The table of a year; NotCovered where there is none."""
    rows = _document()["years"].get(str(year))
    if rows is None:
        raise NotCovered(
            _("There is no table of special rewards for {year} here, so that they can't be taxed.").format(year=year),
            field="year",
        )  # fmt: skip
    column = "with" if credit else "without"
    return SpecialTable(
        tuple(row["from"] for row in rows), tuple(percent(row[age][column]) for row in rows)
    )


def special_percentage(table: SpecialTable, year_wage: int) -> int:
    """The percentage (of 1/10,000) for a year's wage in cents."""
    return table.percentages[bisect_right(table.borders, year_wage // 100) - 1]


def special_tax(percentage: int, reward: int) -> int:
    """The tax in cents on a reward in cents, taken down to the cent, as the employee's favour is."""
    return reward * percentage // PERCENT if reward >= 0 else -(-reward * percentage // PERCENT)
