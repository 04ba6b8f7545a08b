"""Periods of returns, and the payment reference of the Dutch Tax Administration."""

from datetime import date

import pytest

from kantoor.departments.finance.vat_periods import TaxPeriod, period_coded, period_holding
from kantoor.departments.finance.vat_reference import payment_reference
from kantoor.kernel.errors import InvalidInput


@pytest.mark.parametrize(
    ("code", "first", "last", "due", "number"),
    [
        ("2024-02", "2024-02-01", "2024-02-29", "2024-03-31", "02"),
        ("2023-12", "2023-12-01", "2023-12-31", "2024-01-31", "12"),
        ("2024-Q1", "2024-01-01", "2024-03-31", "2024-04-30", "21"),
        ("2024-Q4", "2024-10-01", "2024-12-31", "2025-01-31", "30"),
        ("2024", "2024-01-01", "2024-12-31", "2025-03-31", "40"),
    ],
)
def test_a_period_has_its_days(code: str, first: str, last: str, due: str, number: str) -> None:
    found = period_coded(code)
    assert (found.starts_on.isoformat(), found.ends_on.isoformat()) == (first, last)
    assert (found.due_on.isoformat(), found.number) == (due, number)
    assert period_holding(found.ends_on, found.rhythm) == found


@pytest.mark.parametrize("code", ["", "2024-13", "2024-Q5", "24-Q1", "2024-1", "0001", "２０２４"])
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(InvalidInput):
        period_coded(code)


@pytest.mark.parametrize(
    ("tax_number", "year", "number", "expected"),
    [
        # Of the Tax Administration's own examples.
        ("001041149B01", 2012, "08", "2001041141201080"),
        ("NL001041149B01", 2023, "24", "4001041141301240"),
        ("001041149B01", 2022, "40", "2001041141201400"),
        ("FR40303265045", 2022, "40", ""),
        ("", 2022, "40", ""),
    ],
)
def test_the_payment_reference(tax_number: str, year: int, number: str, expected: str) -> None:
    rhythm, month = {"08": ("month", 8), "24": ("quarter", 6), "40": ("year", 12)}[number]
    period: TaxPeriod = period_holding(date(year, month, 1), rhythm)
    assert period.number == number
    assert payment_reference(tax_number, period) == expected
