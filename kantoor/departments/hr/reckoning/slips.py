"""What a payslip is reckoned from, and what comes out: plain values, amounts in cents."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

import msgspec

from kantoor.departments.hr.reckoning.formulas import Formula
from kantoor.departments.hr.reckoning.nl.parameters import AgeClass


class Kind(StrEnum):
    """What a line does to pay."""

    PAY = "pay"
    """Adds to the wage that the monthly table taxes."""
    SPECIAL = "special"
    """Adds to pay, taxed as a special reward."""
    PRETAX = "pretax"
    """Comes off pay before tax, such as the employee's part of a pension."""
    TAX = "tax"
    """Wage tax withheld."""
    NET = "net"
    """Adds to what is paid without tax, or takes off it when below zero."""
    RESERVE = "reserve"
    """Set aside by the employer: holiday allowance."""
    EMPLOYER = "employer"
    """The employer's own cost: premiums, the employer's part of a pension."""
    CREDIT = "credit"
    """Told only: another labour credit than was taken into account before, in a correction."""


OWN_KINDS = (Kind.PAY, Kind.SPECIAL, Kind.PRETAX, Kind.NET, Kind.EMPLOYER)
"""The kinds that a company's own components can have."""
PAID = frozenset({Kind.PAY, Kind.SPECIAL, Kind.PRETAX, Kind.TAX, Kind.NET})
"""What adds up to net pay."""

SALARY, HOLIDAY, HOLIDAY_PAID, TAX, SPECIAL_TAX, LABOUR_CREDIT = (
    "salary", "holiday", "holiday_paid", "wage_tax", "special_tax", "labour_credit",
)  # fmt: skip
BY_DAYS = "days"
"""How a line of wage tax begins that was taken by the table of days; their number follows."""
RESERVED_CODES = frozenset(
    {SALARY, HOLIDAY, HOLIDAY_PAID, TAX, SPECIAL_TAX, LABOUR_CREDIT, "zvw", "awf", "aof", "wko",
     "whk"}
)  # fmt: skip
SICK_PAY, SICK_PAY_LATER, SICK_PAY_BEYOND, SICK_HOURS, SICK_MINIMUM = (
    "sick_pay", "sick_pay_later", "sick_pay_beyond", "sick_hours", "sick_minimum",
)  # fmt: skip
UNPAID_PAY, UNPAID_HOURS, LEAVE_LEFT, TAXABLE_MILEAGE = (
    "unpaid_pay", "unpaid_hours", "leave_left", "taxable_mileage",
)  # fmt: skip
WORKED_HOURS, OVERTIME_HOURS, OVERTIME_PAID = "worked_hours", "overtime_hours", "overtime_paid"
KNOWN_HERE = frozenset(
    {SICK_PAY, SICK_PAY_LATER, SICK_PAY_BEYOND, SICK_HOURS, SICK_MINIMUM, UNPAID_PAY, UNPAID_HOURS,
     LEAVE_LEFT, TAXABLE_MILEAGE, WORKED_HOURS, OVERTIME_HOURS, OVERTIME_PAID}
)  # fmt: skip
"""What HR knows of a month by itself, from sickness, leave and claims; nought where there is none.

The pay of the time away sick: in the first 52 weeks, the 52 after them, and beyond; and its hours.
`sick_minimum` is the statutory minimum wage of that time in the first 52 weeks.
Likewise of unpaid leave. `leave_left` are the hours of holiday left on the last day of who leaves.
`worked_hours` are the approved hours of the clock at the normal wage, `overtime_hours` those beyond,
`overtime_paid` the same times their percentage: an hour at 150 percent is 1.5.
"""
VARIABLES = KNOWN_HERE | {
    "salary", "full_salary", "hour_wage", "hours", "days", "weekdays", "months", "value",
}  # fmt: skip
"""What a formula may use, beside other components by their code; money in euros."""


class Line(NamedTuple):
    """A line of a payslip; what is withheld is below zero. `month` is `YYYY-MM` it is about.

    `told` says what HR knew by itself and the line was reckoned from.
    """

    code: str
    kind: str
    amount: int
    base: int
    rate: int
    month: str
    told: str = ""


class SoFar(msgspec.Struct, frozen=True):
    """What came before in the year (cents), and the holiday allowance set aside and not paid."""

    months: int = 0
    premium_wage: int = 0
    premiums: dict[str, int] = {}
    holiday: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A company's component as it holds for an employee in a month."""

    code: str
    kind: Kind
    formula: Formula
    value: Fraction


@dataclass(frozen=True, slots=True)
class Facts:
    """An employee's month. `pay` and `full` are exact cents; `full` is a whole month's pay.

    `year_wage` (cents) decides the percentage of special rewards. `centres` are the cost centres
    with the weekdays spent on each. `pays_holiday`: what was set aside is paid this month.
    `known` is what HR knows by itself (`KNOWN_HERE`), where it is not nought. `pay_days` are the
    days of pay of who began or ended within the month, whom the table of days taxes; else nought.
    `leaves_on` is the last day of who leaves in the month.
    """

    party: int
    month: date
    pay: Fraction
    full: Fraction
    hour_wage: Fraction
    hours: Fraction
    days: int
    weekdays: int
    credit: bool
    age: AgeClass
    awf: str
    aof: str
    whk: int
    holiday_rate: int
    year_wage: int
    pays_holiday: bool
    parts: tuple[Part, ...] = ()
    centres: tuple[tuple[str, int], ...] = ()
    known: tuple[tuple[str, Fraction], ...] = ()
    pay_days: int = 0
    leaves_on: date | None = None

    @property
    def left(self) -> dict[str, int]:
        """The minutes of leave that are paid out, by the last day; of nobody else anything."""
        if self.leaves_on is None or not any(
            LEAVE_LEFT in each.formula.names for each in self.parts
        ):
            return {}
        hours = dict(self.known).get(LEAVE_LEFT, Fraction(0))
        return {self.leaves_on.isoformat(): max(0, int(hours * 60))}


@dataclass(slots=True)
class Slip:
    """A reckoned payslip: its lines, the sums people ask for, and the year with it."""

    party: int
    lines: list[Line] = field(default_factory=list)
    gross: int = 0
    taxable: int = 0
    tax: int = 0
    labour_credit: int = 0
    net: int = 0
    employer: int = 0
    so_far: SoFar = field(default_factory=SoFar)
    centres: tuple[tuple[str, int], ...] = ()
