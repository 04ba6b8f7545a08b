"""Quantities, prices and amounts of the front office's files as whole numbers, without floats.

Quantities and prices are kept in millionths (`_e6`), amounts in minor units of their currency.
Reading is exact or refused: nothing is rounded but the amount of a line, where EN 16931 says so.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.intake.problems import Refused, shown
from kantoor.kernel.money import LARGEST, SCALE, half_up_ratio

_LENGTH_LIMIT = 64
_REMEMBERED = 1 << 15
_EXPONENT = re.compile(r"[+-]?[\d.,]+e[+-]?\d+", re.ASCII | re.IGNORECASE)
# Quantity and price in millionths make a product in 10^-12; by the decimals of the currency.
_DIVISORS: tuple[int, ...] = tuple(10 ** (2 * SCALE - decimals) for decimals in range(2 * SCALE))
_SPACES = str.maketrans("\u00a0\u202f\u2009", "   ")


@cache
def number_parser(decimal: str = ".", thousands: str = "") -> Callable[[str], int]:
    """A reader of numbers written with these separators; gives millionths, or raises Refused.

    Each number is read once and then remembered, since a shop's prices and quantities repeat.
    """
    assert len(decimal) == 1
    assert len(thousands) <= 1
    assert decimal != thousands

    @lru_cache(maxsize=_REMEMBERED)
    def parse(text: str) -> int:
        return _parse(text, decimal, thousands)

    return parse


parse_quantity = number_parser()
"""A quantity with a decimal point and no separators of thousands, in millionths; or Refused."""

parse_price = parse_quantity
"""A price of one unit, likewise."""


def _parse(text: str, decimal: str, thousands: str) -> int:
    if len(text) > _LENGTH_LIMIT:
        raise Refused("number.too_long", _("“{text}” is too long for a number."), text=shown(text))
    digits = text.strip()
    if not digits:
        raise Refused("number.missing", _("A number is missing here."))
    negative = digits[0] == "-"
    if digits[0] in "+-":
        digits = digits[1:]
    whole, point, fraction = digits.partition(decimal)
    if thousands and thousands in whole.translate(_SPACES):
        whole = _joined(whole.translate(_SPACES), thousands)
    if not _is_digits(whole or fraction) or (point and not _is_digits(fraction)):
        raise _no_number(text)
    if len(fraction) > SCALE:
        fraction = fraction.rstrip("0")
        if len(fraction) > SCALE:
            raise Refused(
                "number.decimals",
                _("{text} has more than {limit} decimals."),
                text=shown(text),
                limit=SCALE,
            )
    scaled = int(whole + fraction.ljust(SCALE, "0"))
    if scaled > LARGEST:
        raise Refused("number.too_large", _("{text} is too large."), text=shown(text))
    return -scaled if negative else scaled


def _is_digits(text: str) -> bool:
    # isdigit alone takes the digits of every script.
    return text.isascii() and text.isdigit()


def _joined(whole: str, thousands: str) -> str:
    """The digits of `1,234,567` joined; what is not in groups of three stays as it is."""
    first, *groups = whole.split(thousands)
    in_threes = 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)
    return first + "".join(groups) if in_threes else whole


def _no_number(text: str) -> Refused:
    if _EXPONENT.fullmatch(text.strip()):
        message = _("{text} is written with an exponent. Write it out in digits.")
        return Refused("number.exponent", message, text=shown(text))
    return Refused("number.unreadable", _("“{text}” is not a number."), text=shown(text))


def whole_code(text: str) -> str:
    """A code that a spreadsheet took for a number, as it was: `17850.0` is 17850."""
    code = text.strip()
    whole, _point, fraction = code.partition(".")
    return whole if fraction and not fraction.strip("0") and _is_digits(whole) else code


def line_amount(quantity_e6: int, price_e6: int, exponent: int = 2) -> int:
    """The net amount of a line in minor units: quantity times price, rounded half up.

    EN 16931 rounds each line by itself (BT-131, BR-DEC-23); half up is away from zero on both
    sides, so that a credit note takes back exactly what the invoice charged. `exponent` is the
    number of decimals of the currency (ISO 4217). Raises Refused beyond 64 bits.
    """
    amount = half_up_ratio(quantity_e6 * price_e6, _DIVISORS[exponent])
    if -LARGEST <= amount <= LARGEST:
        return amount
    raise Refused("amount.too_large", _("The amount of this line is too large."))
