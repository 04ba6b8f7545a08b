"""The payment reference of the Dutch Tax Administration for a VAT return (betalingskenmerk).

Sixteen digits: a check digit, the first eight digits of the fiscal number, 1 for turnover tax, the
last digit of the year, the two digits behind the B, the two digits of the period and a nought. The
check is the elfproef of the Dutch payment reference with the weights below, from the right.
"""

import re

from kantoor.departments.finance.vat_periods import TaxPeriod

_NUMBER = re.compile(r"(?:NL)?([0-9]{9})B([0-9]{2})", re.ASCII)
_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)


def payment_reference(tax_number: str, period: TaxPeriod) -> str:
    """The reference for paying a return; empty where the number is no Dutch one."""
    found = _NUMBER.fullmatch(re.sub(r"[\s.]", "", tax_number.upper()))
    if found is None:
        return ""
    body = f"{found[1][:8]}1{period.ends_on.year % 10}{found[2]}{period.number}0"
    return f"{check_digit(body)}{body}"


def check_digit(body: str) -> int:
    """The check digit that goes before fifteen digits."""
    total = sum(int(digit) * _WEIGHTS[n % 10] for n, digit in enumerate(reversed(body)))
    left = 11 - total % 11
    return {10: 1, 11: 0}.get(left, left)
