"""What is said of pay: salaries, components and their values, the employer's settings."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

MOST = 10**12
"""No wage, in minor units, is larger: a rate of a trillion is a slip of the keyboard."""

Amount = Annotated[int, msgspec.Meta(ge=0, le=MOST)]
AgeClassName = Literal["below-aow", "aow", "aow-born-before-1946"]
ComponentKind = Literal["pay", "special", "pretax", "net", "employer"]
Class = Literal["low", "high"]


class SalaryDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What an employee earns from `start` on, in cents; who works fewer hours gets that part of it.

    `week_hours` is the full week that a month's amount is for; 0 pays it as it is. `year_wage` is
    the wage of the year before, which decides the percentage on special rewards.
    """

    employee: str
    start: date
    amount: Amount
    per: Literal["month", "hour"] = "month"
    week_hours: Decimal = Decimal(40)
    credit: bool = True
    age_class: AgeClassName = "below-aow"
    awf: Class = "low"
    year_wage: Amount | None = None


class ComponentDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A component from a month on: its formula in euros; `everyone` or those with a value."""

    code: str
    name: str
    kind: ComponentKind
    formula: str
    start: date
    everyone: bool = True
    account: str = ""
    ended: bool = False


class ValueDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A component for one employee, with its `value`, from a month to a month (both included)."""

    employee: str
    code: str
    start: date
    value: Decimal = Decimal(0)
    until: date | None = None


class SettingsDraft(msgspec.Struct, frozen=True, kw_only=True):
    """How the employer pays from a day on; accounts by their code in the chart.

    `minimum_hour_minor`: the statutory minimum wage of an hour from 21 years on, in minor units,
    for days of which Kantoor does not know it.
    """

    start: date
    whk_percent: Decimal
    aof: Class = "low"
    holiday_percent: Decimal = Decimal(8)
    holiday_month: Annotated[int, msgspec.Meta(ge=1, le=12)] = 5
    smallest_group: Annotated[int, msgspec.Meta(ge=2, le=100)] = 3
    minimum_hour_minor: Annotated[int, msgspec.Meta(ge=1, le=100_000)] | None = None
    dimension: str = "cost_centre"
    wages: str = "40110"
    social: str = "40310"
    holiday_cost: str = "40140"
    holiday_reserve: str = "16115"
    taxes_payable: str = "16230"
    net_payable: str = "16101"
    withheld: str = "16523"
    other_costs: str = "40740"


class RunMade(msgspec.Struct, frozen=True, kw_only=True):
    """A run as it was made: how many payslips, and how many employees got none."""

    run: str
    payslips: int
    errors: int


class WagesProposed(msgspec.Struct, frozen=True, kw_only=True):
    """A payment of wages: its number at finance, how many transfers, and their sum in cents."""

    payment: str
    people: int
    amount: int
