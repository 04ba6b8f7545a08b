"""How figures, dates and times read in the language of the reader (CLDR through Babel)."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale, dates, numbers
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

MINUS = "\u2212"
"""The minus sign: as wide as a figure, so that columns stay straight. Copying turns it into '-'."""

_REGION = {"en": "en_GB", "nl": "nl_NL"}
"""English dates have the day first: this is the back office of a European company."""


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse(_REGION.get(language, language.replace("-", "_")))


def reader_locale() -> Locale:
    """The Babel locale of the page being made."""
    return _locale(get_language() or "en")


@lru_cache(maxsize=16)
def _separators(locale: Locale) -> tuple[str, str]:
    return numbers.get_group_symbol(locale), numbers.get_decimal_symbol(locale)


def _grouped(digits: str, fraction: str, negative: bool) -> str:
    group, point = _separators(reader_locale())
    whole = f"{int(digits):,}".replace(",", group)
    sign = MINUS if negative else ""
    return f"{sign}{whole}{point}{fraction}" if fraction else f"{sign}{whole}"


def amount(minor: int, exponent: int = 2) -> str:
    """Minor units as a person reads them: -123450 is −1,234.50 or −1.234,50."""
    digits = str(abs(minor)).rjust(exponent + 1, "0")
    cut = len(digits) - exponent
    return _grouped(digits[:cut], digits[cut:], minor < 0)


def money(minor: int, exponent: int, currency: str) -> str:
    """An amount that stands alone, with its currency sign: € 1.234,50 or €1,234.50."""
    locale = reader_locale()
    sign = numbers.get_currency_symbol(currency, locale)
    space = "\u00a0" if locale.language == "nl" or sign[-1:].isalpha() else ""
    figure = amount(abs(minor), exponent)
    return f"{MINUS if minor < 0 else ''}{sign}{space}{figure}"


def money_round(minor: int, exponent: int, currency: str) -> str:
    """As `money`, in whole units (half up), for figures read at a glance."""
    whole = (Decimal(minor) / 10**exponent).quantize(Decimal(1), ROUND_HALF_UP)
    return money(int(whole), 0, currency)


def number(value: Decimal | int) -> str:
    """A quantity, rate or count with exactly the decimals it carries."""
    text = f"{abs(value):f}" if isinstance(value, Decimal) else str(abs(value))
    whole, _, fraction = text.partition(".")
    return _grouped(whole, fraction, value < 0)


def day(value: date) -> str:
    """A date, short: 3 Mar 2011, 3 mrt 2011."""
    return dates.format_date(value, "d MMM yyyy", locale=reader_locale())


def day_in_full(value: date) -> str:
    """A date with its weekday, for a title that shows on hover."""
    return dates.format_date(value, "full", locale=reader_locale())


def moment(value: datetime) -> str:
    """A time of the company's zone, short: 3 Mar 2011 14:05."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return dates.format_datetime(local, "d MMM yyyy HH:mm", locale=reader_locale())


def moment_in_full(value: datetime) -> str:
    """Weekday, date, time and zone, for a title that shows on hover."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    words = dates.format_datetime(local, "EEEE d MMMM yyyy HH:mm:ss", locale=reader_locale())
    return f"{words} {local.tzname() or ''}".rstrip()


def span(begins: datetime, ends: datetime | None) -> str:
    """From when until when: Thu 3 Mar 2011 14:05 – 15:00; the day is said twice only where it differs."""
    first = timezone.localtime(begins)
    said = dates.format_datetime(first, "EEE d MMM yyyy HH:mm", locale=reader_locale())
    if ends is None:
        return said
    last = timezone.localtime(ends)
    pattern = "HH:mm" if last.date() == first.date() else "EEE d MMM yyyy HH:mm"
    return f"{said} – {dates.format_datetime(last, pattern, locale=reader_locale())}"


def since(value: datetime, *, now: datetime | None = None) -> str:
    """ "3 h ago" for what happened in the last week, else the short date."""
    passed = (now or timezone.now()) - value
    if passed < timedelta(0) or passed >= timedelta(days=7):
        return day(timezone.localtime(value).date())
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return gettext("just now")
    if minutes < 60:
        return ngettext("%(n)s min ago", "%(n)s min ago", minutes) % {"n": minutes}
    if minutes < 24 * 60:
        return ngettext("%(n)s h ago", "%(n)s h ago", minutes // 60) % {"n": minutes // 60}
    days = minutes // (24 * 60)
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}


def size(octets: int) -> str:
    """The size of a file in the unit a person would say."""
    if octets < 1000:
        return f"{octets} B"
    for unit in ("kB", "MB", "GB"):
        octets_in_unit = Decimal(octets) / (1000 ** (("kB", "MB", "GB").index(unit) + 1))
        if octets_in_unit < 1000 or unit == "GB":
            break
    places = Decimal("0.1") if octets_in_unit < 10 else Decimal(1)
    return f"{number(octets_in_unit.quantize(places))} {unit}"
