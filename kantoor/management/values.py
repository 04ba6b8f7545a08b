"""Values of figures as people write and read them: a fraction behind, a unit in front.

Exact until shown: what is shown is rounded half up, as the number of decimals says.
"""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext

from kantoor.kernel import money
from kantoor.kernel.figures import Figure, Kind, Value
from kantoor.kernel.ui import formats

HOUR_S = 3600
DAY_S = 86_400


def scale(kind: Kind, currency: str) -> Fraction:
    """What one in the unit that people write is in the figure's own: 100 for a euro in cents."""
    if kind == "money":
        return Fraction(10 ** money.exponent(currency))
    return {"percent": Fraction(1, 100), "duration": Fraction(HOUR_S)}.get(kind, Fraction(1))


def written(kind: Kind, value: Decimal, currency: str) -> Fraction:
    """What somebody wrote (euros, percents, hours, days) as the figure has it."""
    return Fraction(value) * scale(kind, currency)


def unit(kind: Kind, currency: str) -> str:
    """The unit in which one writes a value."""
    if kind == "money":
        return currency
    words = {"percent": "%", "duration": gettext("hours"), "days": gettext("days")}
    return words.get(kind, "")


def decimals(kind: Kind, currency: str) -> int:
    """How many decimals are shown."""
    if kind == "money":
        return money.exponent(currency)
    return 0 if kind == "number" else 1


def scaled(kind: Kind, value: Value, currency: str) -> int | None:
    """The value in its unit, as an integer with `decimals` decimals, half up; for charts."""
    if value is None:
        return None
    exact = Fraction(value) / scale(kind, currency) * 10 ** decimals(kind, currency)
    return money.half_up_ratio(exact.numerator, exact.denominator)


def shown(kind: Kind, value: Value, currency: str, *, whole: bool = False) -> str:
    """The value as somebody reads it, with its unit; money in whole units when `whole`."""
    found = scaled(kind, value, currency)
    if found is None:
        return "–"
    places = decimals(kind, currency)
    if kind == "money":
        how = formats.money_round if whole else formats.money
        return how(found, places, currency)
    if kind == "duration":
        return _lasting(Fraction(value or 0))
    text = formats.amount(found, places)
    if kind == "percent":
        return f"{text}%" if formats.reader_locale().language == "en" else f"{text}\u00a0%"
    return text if kind == "number" else gettext("%(n)s days") % {"n": text}


def brief(kind: Kind, value: Value, currency: str) -> str:
    """The same, money without cents where there are none: what somebody aims at is mostly round."""
    whole = value is not None and (Fraction(value) / scale(kind, currency)).denominator == 1
    return shown(kind, value, currency, whole=whole)


def _lasting(seconds: Fraction) -> str:
    """Hours up to two days, minutes under one hour."""
    if abs(seconds) < HOUR_S:
        minutes = money.half_up_ratio(*(seconds / 60).as_integer_ratio())
        return gettext("%(n)s min") % {"n": formats.number(minutes)}
    tenths = money.half_up_ratio(*(seconds * 10 / HOUR_S).as_integer_ratio())
    return gettext("%(n)s hours") % {"n": formats.amount(tenths, 1)}


def in_unit(kind: Kind, value: Value, currency: str) -> Decimal | None:
    """The value in the unit that one writes, to six decimals; for a form."""
    if value is None:
        return None
    exact = Fraction(value) / scale(kind, currency)
    found = Decimal(exact.numerator) / Decimal(exact.denominator)
    return found.quantize(Decimal("0.000001")).normalize() + 0


def changed(figure: Figure, now: Value, before: Value) -> str:
    """How a value differs from the one before, in words: by percent, or points of a percentage."""
    if now is None or before is None or now == before:
        return ""
    if figure.kind == "percent":
        points = scaled("percent", Fraction(now) - Fraction(before), "") or 0
        return gettext("%(n)s points") % {"n": f"{_sign(points)}{formats.amount(abs(points), 1)}"}
    if before == 0:
        return ""
    share = (Fraction(now) - Fraction(before)) / abs(Fraction(before))
    tenths = scaled("percent", share, "") or 0
    return f"{_sign(tenths)}{formats.amount(abs(tenths), 1)}\u00a0%"


def _sign(value: int) -> str:
    return "+" if value > 0 else formats.MINUS if value < 0 else ""


def is_better(figure: Figure, now: Value, before: Value) -> bool | None:
    """Whether a figure went the way that one wants; None where that can't be said."""
    if now is None or before is None or not figure.better or now == before:
        return None
    return (now > before) == (figure.better == "higher")
