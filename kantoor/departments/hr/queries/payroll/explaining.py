"""What each line of a payslip is called, by which rule it came about, and where that rule is from."""

from collections.abc import Mapping

import msgspec
from django.utils.translation import gettext as _

from kantoor.departments.hr.models import Component
from kantoor.departments.hr.reckoning.nl import parameters, special
from kantoor.departments.hr.reckoning.slips import (
    BY_DAYS,
    HOLIDAY,
    HOLIDAY_PAID,
    LABOUR_CREDIT,
    SALARY,
    SPECIAL_TAX,
    TAX,
    Line,
)
from kantoor.departments.hr.reckoning.standard import SOURCES

UNVERIFIED = "unverified"


class ExplainedLine(msgspec.Struct, frozen=True):
    """A line with its words; `rate` is a percentage as text, `unverified` figures are not proved."""

    code: str
    title: str
    kind: str
    amount: int
    base: int
    rate: str
    month: str
    rule: str
    source: str
    unverified: bool


def explained(line: Line, own: Mapping[str, Component]) -> ExplainedLine:
    """The line in the reader's language."""
    title, rule, source, unverified = _words(line, own)
    return ExplainedLine(
        line.code, title, line.kind, line.amount, line.base, _percent(line.rate), line.month,
        rule, source, unverified,
    )  # fmt: skip


def _percent(rate: int) -> str:
    return f"{rate // 100}.{rate % 100:02}" if rate else ""


def _words(line: Line, own: Mapping[str, Component]) -> tuple[str, str, str, bool]:
    contract = _("Employment contract")
    law = _("Minimum Wage Act (WML), article 15")
    fixed = {
        SALARY: (_("Salary"), _("The wage agreed, by weekdays for part of a month, half up to the cent"), contract, False),
        HOLIDAY: (_("Holiday allowance set aside"), _("A percentage of the month's pay, half up to the cent"), law, False),
        HOLIDAY_PAID: (_("Holiday allowance"), _("All that was set aside until now"), law, False),
        TAX: (_("Wage tax"), _("White monthly table, the wage taken down to the row below"), parameters.source(), False),
        SPECIAL_TAX: (_("Wage tax on special rewards"), _("White table of special rewards by the year's wage, down to the cent"), special.source(), True),
        LABOUR_CREDIT: (_("Labour credit taken into account"), _("Other than before, by the wage as it is now; no money"), parameters.source(), False),
        "zvw": (_("Health insurance levy (Zvw)"), *_premium()),
        "awf": (_("Unemployment premium (AWf)"), *_premium()),
        "aof": (_("Disability premium (Aof)"), *_premium()),
        "wko": (_("Childcare premium (Wko)"), *_premium()),
        "whk": (_("Return to work premium (Whk)"), *_premium()),
    }  # fmt: skip
    if line.code == TAX and line.told.startswith(BY_DAYS):
        return _by_days(line)
    if line.code in fixed:
        return fixed[line.code]
    component = own.get(line.code)
    if component is None:
        return line.code, "", "", False
    rule = f"{component.formula} ({line.told})" if line.told else component.formula
    source = SOURCES.get(line.code, _("The company's own component"))
    return component.name, rule, str(source), False


def _by_days(line: Line) -> tuple[str, str, str, bool]:
    days = line.told.removeprefix(BY_DAYS).strip()
    rule = _("White table of days, for {days} days of pay: part of a month").format(days=days)
    return _("Wage tax"), rule, parameters.source(), True


def _premium() -> tuple[str, str, bool]:
    return (
        _("Of the year so far up to the cap, less what was booked before"),
        _("Transcribed from secondary sources, not proved against an official example"),
        True,
    )
