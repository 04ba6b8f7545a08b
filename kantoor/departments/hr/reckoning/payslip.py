"""The pure function from an employee's month to a payslip: no database, no clock, exact.

Roundings: the salary of a month in parts is rounded once, half up to the cent; each component's
result likewise; tax, special tax and premiums as their own files say.
"""

from collections.abc import Mapping
from fractions import Fraction

from django.utils.translation import gettext as _

from kantoor.departments.hr.errors_pay import NoPayslip
from kantoor.departments.hr.reckoning.formulas import in_order
from kantoor.departments.hr.reckoning.formulas.language import bounded
from kantoor.departments.hr.reckoning.nl.parameters import rules_of
from kantoor.departments.hr.reckoning.nl.premiums import capped, premium_rules, premium_so_far
from kantoor.departments.hr.reckoning.nl.special import (
    special_percentage,
    special_table,
    special_tax,
)
from kantoor.departments.hr.reckoning.nl.wage_tax import wage_tax, wage_tax_of_days
from kantoor.departments.hr.reckoning.scales import PERCENT
from kantoor.departments.hr.reckoning.slips import (
    BY_DAYS,
    HOLIDAY,
    HOLIDAY_PAID,
    KNOWN_HERE,
    PAID,
    SALARY,
    SPECIAL_TAX,
    TAX,
    Facts,
    Kind,
    Line,
    Part,
    Slip,
    SoFar,
)
from kantoor.departments.hr.reckoning.standard import MILEAGE_TAXED

NOUGHT = Fraction(0)
_NOTHING_KNOWN = dict.fromkeys(sorted(KNOWN_HERE), NOUGHT)


def reckon(facts: Facts, before: SoFar) -> Slip:
    """The payslip of a month after what came before in the year.

    Raises NotCovered where a table or figure has no answer, WrongFormula where a component can't
    be reckoned, NoPayslip where more would be taken off than there is.
    """
    slip = Slip(facts.party, centres=facts.centres)
    month = f"{facts.month:%Y-%m}"
    salary = half_up(facts.pay)
    slip.lines.append(Line(SALARY, Kind.PAY, salary, half_up(facts.full), 0, month))
    _components(slip, facts, salary, before, month)
    # Mileage is repaid cost, taxed here but no wage that holiday allowance is owed over.
    mileage = sum(line.amount for line in slip.lines if line.code == MILEAGE_TAXED)
    regular = _sum(slip, Kind.PAY) - mileage
    reserved = half_up(Fraction(regular * facts.holiday_rate, PERCENT))
    slip.lines.append(Line(HOLIDAY, Kind.RESERVE, reserved, regular, facts.holiday_rate, month))
    saved = before.holiday + reserved
    if facts.pays_holiday and saved:
        slip.lines.append(Line(HOLIDAY_PAID, Kind.SPECIAL, saved, 0, 0, month))
        saved = 0
    _taxes(slip, facts, month)
    premiums = _premiums(slip, facts, before, month)
    slip.gross = _sum(slip, Kind.PAY) + _sum(slip, Kind.SPECIAL)
    slip.net = sum(line.amount for line in slip.lines if line.kind in PAID)
    slip.employer = _sum(slip, Kind.EMPLOYER) + _sum(slip, Kind.RESERVE)
    if slip.net < 0:
        raise NoPayslip(_("More would be taken off than is paid: look at the components."))
    slip.so_far = SoFar(
        before.months + 1, before.premium_wage + slip.taxable, premiums, saved
    )  # fmt: skip
    return slip


def half_up(value: Fraction) -> int:
    """To whole cents, half away from zero."""
    doubled = 2 * abs(value.numerator) + value.denominator
    whole = doubled // (2 * value.denominator)
    return whole if value >= 0 else -whole


def _components(slip: Slip, facts: Facts, salary: int, before: SoFar, month: str) -> None:
    if not facts.parts:
        return
    values: dict[str, Fraction] = {
        "salary": Fraction(salary, 100),
        "full_salary": facts.full / 100,
        "hour_wage": facts.hour_wage / 100,
        "hours": facts.hours,
        "days": Fraction(facts.days),
        "weekdays": Fraction(facts.weekdays),
        "months": Fraction(before.months + 1),
        "value": NOUGHT,
        **_NOTHING_KNOWN,
        **dict(facts.known),
    }
    parts = {part.code: part for part in facts.parts}
    for code in _order(facts.parts):
        part = parts[code]
        values["value"] = part.value
        cents = half_up(bounded(_value(part, values)) * 100)
        # What others see of a component is what stands on the payslip.
        values[code] = Fraction(cents, 100)
        if cents:
            amount = -cents if part.kind == Kind.PRETAX else cents
            told = _told(part, facts.known)
            slip.lines.append(Line(code, part.kind, amount, 0, 0, month, told))


def _told(part: Part, known: tuple[tuple[str, Fraction], ...]) -> str:
    """What HR knew that this component uses, such as `leave_left = 24.00`."""
    names = part.formula.names
    return ", ".join(f"{name} = {_hundredths(value)}" for name, value in known if name in names)


def _hundredths(value: Fraction) -> str:
    cents = half_up(value * 100)
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


def _value(part: Part, values: Mapping[str, Fraction]) -> Fraction:
    try:
        return part.formula.value(values)
    except KeyError as missing:
        raise NoPayslip(
            _("“{code}” uses {name}, which this employee has not.").format(
                code=part.code,
                name=missing.args[0],
            )
        ) from None


_orders: dict[tuple[tuple[str, str], ...], list[str]] = {}


def _order(parts: tuple[Part, ...]) -> list[str]:
    key = tuple((part.code, part.formula.text) for part in parts)
    found = _orders.get(key)
    if found is None:
        if len(_orders) > 10_000:
            _orders.clear()
        found = in_order({part.code: part.formula for part in parts})
        _orders[key] = found
    return found


def _sum(slip: Slip, kind: Kind) -> int:
    return sum([line.amount for line in slip.lines if line.kind == kind])


def _taxes(slip: Slip, facts: Facts, month: str) -> None:
    year = facts.month.year
    wage = _sum(slip, Kind.PAY) + _sum(slip, Kind.PRETAX)
    rules, told = rules_of(year, facts.age), ""
    if facts.pay_days:
        found = wage_tax_of_days(rules, wage, facts.pay_days, credit=facts.credit)
        told = f"{BY_DAYS} {facts.pay_days}"
    else:
        found = wage_tax(rules, wage, credit=facts.credit)
    slip.lines.append(Line(TAX, Kind.TAX, -found.tax, wage, 0, month, told))
    slip.labour_credit = found.labour_credit
    special, taken = _sum(slip, Kind.SPECIAL), 0
    if special:
        table = special_table(year, facts.age, facts.credit)
        rate = special_percentage(table, facts.year_wage)
        taken = special_tax(rate, special)
        slip.lines.append(Line(SPECIAL_TAX, Kind.TAX, -taken, special, rate, month))
    slip.taxable, slip.tax = wage + special, found.tax + taken


def _premiums(slip: Slip, facts: Facts, before: SoFar, month: str) -> dict[str, int]:
    rules = premium_rules(facts.month.year, facts.awf, facts.aof, facts.whk)
    base = capped(rules, before.premium_wage + slip.taxable, before.months + 1)
    so_far = {}
    for code, rate in rules.rates:
        so_far[code] = premium_so_far(rate, base)
        amount = so_far[code] - before.premiums.get(code, 0)
        if amount:
            slip.lines.append(Line(code, Kind.EMPLOYER, amount, slip.taxable, rate, month))
    return so_far
