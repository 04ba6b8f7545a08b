"""Wage tax by the white monthly table, in exact integers, each step with its own rounding.

Source: Belastingdienst, "Rekenregels voor de geautomatiseerde loonadministratie" (white, month,
standard). Proved by the test that compares every cell of the published tables of 2023 to 2025.
"""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from kantoor.departments.hr.errors_pay import NotCovered
from kantoor.departments.hr.reckoning.nl.parameters import Taper, WageTaxRules
from kantoor.departments.hr.reckoning.scales import PERCENT, RATE

MONTHS = 12
DAYS = 260
"""Days of pay in a year, by which the table of days stands for it."""


class WageTax(NamedTuple):
    """Cents a month: the tax, and the labour credit that was taken into account in it."""

    tax: int
    labour_credit: int


def wage_tax_of_days(rules: WageTaxRules, wage: int, days: int, *, credit: bool) -> WageTax:
    """The tax on what was earned in so many days of pay, for who begins or ends within a month.

    By the table of days: the wage of one day, taken down to the cent, stands for 260 of them; its
    tax is that of the year by the same steps, a 260th of it, half a cent up; that times the days.
    No published table of days proves it here, so it is shown as not verified. NotCovered above the
    last row.
    """
    wage_of_year = year_wage(rules, wage // days, DAYS)
    tax = before_credits(rules, wage_of_year)
    general, elderly, labour = (
        credits_used(rules, wage_of_year, tax) if credit else (0, 0, 0)
    )  # fmt: skip
    of_day = period_cents(tax - general - elderly - labour, DAYS)
    return WageTax(of_day * days, period_cents(labour, DAYS) * days)


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps behind a tax, in whole euros a year, for who wants to see them."""

    year_wage: int
    tax_before_credits: int
    general_credit: int
    elderly_credit: int
    labour_credit: int


def wage_tax(rules: WageTaxRules, wage: int, *, credit: bool) -> WageTax:
    """The tax on a month's wage in cents; NotCovered above the last row of the table.

    A wage between two rows is taken down to the row below it.
    """
    wage_of_year = year_wage(rules, wage)
    tax = before_credits(rules, wage_of_year)
    if not credit:
        return WageTax(month_cents(tax), 0)
    general, elderly, labour = credits_used(rules, wage_of_year, tax)
    return WageTax(month_cents(tax - general - elderly - labour), month_cents(labour))


def steps(rules: WageTaxRules, wage: int, *, credit: bool) -> Steps:
    """The same reckoning with its steps in sight."""
    wage_of_year = year_wage(rules, wage)
    tax = before_credits(rules, wage_of_year)
    used = credits_used(rules, wage_of_year, tax) if credit else (0, 0, 0)
    return Steps(wage_of_year, tax, *used)


def year_wage(rules: WageTaxRules, wage: int, times: int = MONTHS) -> int:
    """Step 1: so many times the wage, taken down to a multiple of the table's step."""
    if wage < 0:
        raise NotCovered(_("A wage below zero has no wage tax."), field="wage")
    if times * wage > rules.highest * 100:
        raise NotCovered(
            _("A wage above {most} a month is above the last row of the table of {year}.").format(
                most=_euros(rules.highest * 100 // MONTHS), year=rules.year
            ),
            field="wage",
        )
    unit = rules.step * 100
    return times * wage // unit * rules.step


def before_credits(rules: WageTaxRules, wage_of_year: int) -> int:
    """Step 2: tax by bracket, the amount of each bracket taken down to a whole euro."""
    low, high = rules.borders
    first, second, third = rules.percentages
    if wage_of_year <= low:
        return wage_of_year * first // PERCENT
    tax = low * first // PERCENT
    if wage_of_year <= high:
        return tax + (wage_of_year - low) * second // PERCENT
    return tax + (high - low) * second // PERCENT + (wage_of_year - high) * third // PERCENT


def tapered(credit: Taper, wage_of_year: int) -> int:
    """Step 3: the most, less what tapers off, taken up to a whole euro, never below zero."""
    if wage_of_year <= credit.start:
        return credit.most
    if wage_of_year >= credit.end:
        return 0
    # Taking up what is left is taking down what goes off it.
    return max(0, credit.most - (wage_of_year - credit.start) * credit.rate // RATE)


def labour_credit(rules: WageTaxRules, wage_of_year: int) -> int:
    """Step 4: rising in three parts to a cap each, falling in a fourth, taken up to a whole euro.

    Rates have five decimals and wages are whole, so each product is exact at the five decimals
    it is to be rounded to.
    """
    (g1, g2, g3, _g4), (r1, r2, r3, r4) = rules.labour_borders, rules.labour_rates
    cap1, cap2, cap3 = rules.labour_caps
    amount = min(wage_of_year * r1, cap1 * RATE)
    if wage_of_year > g1:
        amount = min(amount + (wage_of_year - g1) * r2, cap2 * RATE)
    if wage_of_year > g2:
        amount = min(amount + (wage_of_year - g2) * r3, cap3 * RATE)
    if wage_of_year > g3:
        amount -= (wage_of_year - g3) * r4
    return max(0, -(-amount // RATE))


def credits_used(rules: WageTaxRules, wage_of_year: int, tax: int) -> tuple[int, int, int]:
    """Step 5: general, elderly and labour credit; where tax would go below zero, labour credit
    gives way first, then the elderly credit, then the general one.
    """
    general = min(tapered(rules.general, wage_of_year), tax)
    left = tax - general
    elderly = 0 if rules.elderly is None else min(tapered(rules.elderly, wage_of_year), left)
    left -= elderly
    return general, elderly, min(labour_credit(rules, wage_of_year), left)


def month_cents(euros_of_year: int) -> int:
    """Step 6: a twelfth of whole euros in cents, half a cent up."""
    return period_cents(euros_of_year, MONTHS)


def period_cents(euros_of_year: int, periods: int) -> int:
    """A year's whole euros by so many periods, in cents, half a cent up."""
    return (2 * 100 * euros_of_year + periods) // (2 * periods)


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
