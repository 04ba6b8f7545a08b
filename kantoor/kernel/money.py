"""Money: integers of minor units with an ISO 4217 currency, and rounding by name."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.numbers import get_currency_precision

LARGEST = 2**63 - 1
"""The largest amount in minor units that a column holds."""
SCALE = 6
"""Quantities, unit prices and rates are kept as integers of 10**-6."""
MICRO = 10**SCALE


@cache
def exponent(currency: str) -> int:
    """How many decimals a currency has (ISO 4217, by way of CLDR): EUR 2, JPY 0, BHD 3."""
    return get_currency_precision(currency)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units of a currency: Money(1250, "EUR") is € 12.50."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        assert self.currency == other.currency, "amounts of two currencies don't add up"
        return Money(self.minor + other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exactly."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))


def half_up(value: Decimal, places: int = 0) -> int:
    """Round half away from zero to an integer of 10**-places (EN 16931, BR-DEC rules)."""
    return int(value.scaleb(places).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def half_up_ratio(numerator: int, denominator: int) -> int:
    """numerator / denominator rounded half away from zero, in integers throughout."""
    if numerator < 0:
        return -((-2 * numerator + denominator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)
