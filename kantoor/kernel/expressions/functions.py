"""The functions that expressions know. Rounding is by name; nothing reads the world but the day."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from kantoor.kernel.expressions.values import Value

LONGEST_TEXT = 10_000
MOST_ITEMS = 10_000


def _length(value: Value) -> int:
    if not isinstance(value, str | Sequence | Mapping):
        raise TypeError
    return len(value)


def _day(value: Value) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(value)


def _days_after(day: Value, days: Value) -> date:
    if isinstance(days, bool) or not isinstance(days, int) or abs(days) > 40_000:
        raise TypeError
    return _day(day) + timedelta(days=days)


def _days_between(first: Value, last: Value) -> int:
    return (_day(last) - _day(first)).days


def _divide(left: Value, right: Value, places: Value) -> Decimal:
    if not isinstance(places, int) or not 0 <= places <= 12:
        raise TypeError
    quotient = Decimal(left) / Decimal(right)
    return quotient.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _round_half_up(value: Value, places: Value = 0) -> Decimal:
    return _divide(value, 1, places)


def _text(value: Value) -> str:
    if isinstance(value, Mapping | list):
        raise TypeError
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)[:LONGEST_TEXT]


def _total(values: Value) -> Value:
    total: Value = 0
    for each in values:
        if isinstance(each, bool) or not isinstance(each, int | Decimal):
            raise TypeError
        total += each
    return total


FUNCTIONS: dict[str, tuple[range, Callable[..., Value]]] = {
    "len": (range(1, 2), _length),
    "min": (range(1, 9), min),
    "max": (range(1, 9), max),
    "abs": (range(1, 2), abs),
    "sum": (range(1, 2), _total),
    "any": (range(1, 2), any),
    "all": (range(1, 2), all),
    "text": (range(1, 2), _text),
    "lower": (range(1, 2), lambda text: _text(text).lower()),
    "day": (range(1, 2), _day),
    "days_after": (range(2, 3), _days_after),
    "days_between": (range(2, 3), _days_between),
    "divide": (range(3, 4), _divide),
    "round_half_up": (range(1, 3), _round_half_up),
}
"""By name: how many arguments, and what it does. `today()` is the language's own."""
