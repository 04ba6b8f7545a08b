"""Who begins in the last weekend of a month is taxed by the days they worked, not as a whole month."""

from datetime import date
from decimal import Decimal

from kantoor.departments.hr.reckoning.nl.parameters import AgeClass, rules_of
from kantoor.departments.hr.reckoning.nl.wage_tax import wage_tax, wage_tax_of_days
from kantoor.departments.hr.tests.payroll.paying import Pay

SATURDAY = date(2026, 5, 30)
"""The last two days of May are a weekend."""


def tax_of(pay: Pay, days: int) -> int:
    return wage_tax_of_days(
        rules_of(2026, AgeClass("below-aow")), pay_minor(), days, credit=True
    ).tax


def pay_minor() -> int:
    return 2 * 8 * 2_500


def test_two_days_of_a_weekend_are_taxed_as_two_days(pay: Pay) -> None:
    hours = {f"hours_{day}": Decimal(8) for day in ("fri", "sat", "sun")}
    pay.staff.hire("W1", SATURDAY, name="Wim", **hours)
    pay.salary("W1", 2_500, SATURDAY, per="hour")
    pay.run(5)
    amounts = pay.amounts("W1", 5)
    assert amounts["salary"] == pay_minor()
    assert -amounts["wage_tax"] == tax_of(pay, 2)
    whole = wage_tax(rules_of(2026, AgeClass("below-aow")), pay_minor(), credit=True)
    assert tax_of(pay, 2) > whole.tax


def test_a_weekend_without_work_is_one_day_of_no_pay(pay: Pay) -> None:
    pay.staff.hire("W2", SATURDAY, name="Wies")
    pay.salary("W2", 400_000, SATURDAY)
    pay.run(5)
    assert pay.amounts("W2", 5).get("salary", 0) == 0
    assert pay.amounts("W2", 5).get("wage_tax", 0) == 0
