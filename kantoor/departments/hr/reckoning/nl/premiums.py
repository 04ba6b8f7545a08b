"""The employer's premiums, cumulative over the year up to a cap; figures are not verified.

Each month the premium of the year so far is reckoned anew and what was booked before comes off it
(voortschrijdend cumulatief rekenen), so that a high month after low ones is not cut off.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from kantoor.departments.hr.errors_pay import NotCovered
from kantoor.departments.hr.reckoning.scales import PERCENT, percent

MONTHS = 12
LOW, HIGH = "low", "high"
CODES = ("zvw", "awf", "aof", "wko", "whk")


@dataclass(frozen=True, slots=True)
class PremiumRules:
    """Percentages (of 1/10,000) by code, and the most wage of a year that counts, in cents."""

    year: int
    rates: tuple[tuple[str, int], ...]
    cap: int


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(files(__package__).joinpath("premiums.json").read_text())
    return document


@cache
def premium_rules(year: int, awf: str, aof: str, whk: int) -> PremiumRules:
    """The premiums of a year for a class of each; `whk` is the employer's own, of 1/10,000.

    NotCovered where the figures have no such year or class.
    """
    found = _document()["years"].get(str(year))
    if found is None:
        raise NotCovered(
            _("There are no premiums for {year} here.").format(year=year), field="year"
        )
    names = {"zvw": "zvw_employer", "awf": f"awf_{awf}", "aof": f"aof_{aof}", "wko": "wko"}
    for name in names.values():
        if name not in found:
            raise NotCovered(
                _("There is no figure for {premium} in {year} here.").format(
                    premium=name, year=year
                ),
                field=name,
            )
    rates = [(code, percent(found[name])) for code, name in names.items()]
    return PremiumRules(year, (*rates, ("whk", whk)), found["cap"] * 100)


def capped(rules: PremiumRules, wage_so_far: int, months: int) -> int:
    """The wage of the year so far that counts: at most a twelfth of the cap for each month."""
    return min(max(wage_so_far, 0), rules.cap * months // MONTHS)


def premium_so_far(rate: int, base_so_far: int) -> int:
    """The premium in cents of the year so far, half a cent up."""
    return (2 * base_so_far * rate + PERCENT) // (2 * PERCENT)
