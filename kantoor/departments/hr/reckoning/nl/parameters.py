"""The dated figures behind the wage tax, read once from `wage-tax.json` into integers.

A year that is not in the file is not guessed: `rules_of` refuses it by name.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from kantoor.departments.hr.errors_pay import NotCovered
from kantoor.departments.hr.reckoning.scales import RATE, percent, scaled


class AgeClass(StrEnum):
    """Which columns of the table apply."""

    BELOW_AOW = "below-aow"
    AOW = "aow"
    AOW_BORN_BEFORE_1946 = "aow-born-before-1946"


@dataclass(frozen=True, slots=True)
class Taper:
    """A credit of `most` euros that shrinks from `start` on by `rate` of 1/100,000; 0 from `end`."""

    most: int
    start: int
    end: int
    rate: int


@dataclass(frozen=True, slots=True)
class WageTaxRules:
    """What one year says for one age class; euros a year, percentages of 1/10,000."""

    year: int
    step: int
    highest: int
    borders: tuple[int, int]
    percentages: tuple[int, int, int]
    general: Taper
    elderly: Taper | None
    labour_borders: tuple[int, int, int, int]
    labour_rates: tuple[int, int, int, int]
    labour_caps: tuple[int, int, int]


@cache
def _document() -> dict[str, Any]:
    text = files(__package__).joinpath("wage-tax.json").read_text()
    document: dict[str, Any] = json.loads(text)
    return document


@cache
def source() -> str:
    """Where the figures come from, as a payslip cites it."""
    return str(_document()["source"])


@cache
def years() -> tuple[int, ...]:
    """The years there are figures for."""
    return tuple(sorted(int(year) for year in _document()["years"]))


@cache
def rules_of(year: int, age: AgeClass) -> WageTaxRules:
    """The figures of a year and an age class; NotCovered for a year without figures."""
    if year not in years():
        raise NotCovered(
            _("There are no figures for {year}; wage tax is known for {years}.").format(
                year=year, years=", ".join(map(str, years()))
            ),
            field="year",
        )
    return _shaped(year, age, _document()["years"][str(year)])


def _shaped(year: int, age: AgeClass, found: dict[str, Any]) -> WageTaxRules:
    aow = age is not AgeClass.BELOW_AOW
    tail = "_aow" if aow else ""
    second = "second_bracket_from"
    if age is AgeClass.AOW_BORN_BEFORE_1946:
        second += "_born_before_1946"
    percentages = [percent(text) for text in found["percentages"]]
    if aow:
        percentages[0] = percent(found["first_percentage_aow"])
    general, elderly, labour = (
        found["general_credit"],
        found["elderly_credit"],
        found["labour_credit"],
    )
    r = [scaled(text, RATE) for text in labour["rates" + tail]]
    return WageTaxRules(
        year=year,
        step=found["step"],
        highest=found["highest"],
        borders=(found[second], found["third_bracket_from"]),
        percentages=(percentages[0], percentages[1], percentages[2]),
        general=_taper(general, tail),
        elderly=_taper(elderly, "") if aow else None,
        labour_borders=tuple(labour["until"]),
        labour_rates=(r[0], r[1], r[2], r[3]),
        labour_caps=tuple(labour["caps" + tail]),
    )


def _taper(found: dict[str, Any], tail: str) -> Taper:
    return Taper(
        most=found["most" + tail],
        start=found["from"],
        end=found["until"],
        rate=scaled(found["taper" + tail], RATE),
    )
