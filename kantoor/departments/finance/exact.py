"""Quantities, prices and rates as whole millionths, exactly or not at all."""

from decimal import Decimal

from kantoor.kernel.money import LARGEST, SCALE

MOST_DIGITS = 25
"""Nineteen before the decimal point, as 64 bits hold, and six behind it."""


def in_millionths(value: Decimal) -> int | None:
    """The value times 10**6; None for one that is no number, finer, or beyond 64 bits."""
    # Looked at before reckoning: 1E+999999 would be a number of a million digits, and one of
    # more digits than the context has would be rounded without a word.
    if not value.is_finite() or value.adjusted() > MOST_DIGITS - SCALE:
        return None
    value = value.normalize() if len(value.as_tuple().digits) <= MOST_DIGITS else value
    if len(value.as_tuple().digits) > MOST_DIGITS or int(value.as_tuple().exponent) < -SCALE:
        return None
    scaled = int(value.scaleb(SCALE))
    return scaled if -LARGEST <= scaled <= LARGEST else None
