"""Percentages and rates written as text, as integers of a scale: no float ever touches them."""

from decimal import Decimal

PERCENT = 10_000
"""An integer percentage here counts hundredths of a percent: 35.82 % is 3582 of 10,000."""
RATE = 100_000
"""Rates of credits have five decimals: 0.30030 is 30030 of 100,000."""


def scaled(text: str, scale: int) -> int:
    """The decimal number of a text as an integer of 1/scale; an assert where it is not exact."""
    value = Decimal(text) * scale
    assert value == value.to_integral_value(), f"{text} has more decimals than 1/{scale} holds"
    return int(value)


def percent(text: str) -> int:
    """ "35.82" (percent) as 3582 of 10,000."""
    return scaled(text, 100)
