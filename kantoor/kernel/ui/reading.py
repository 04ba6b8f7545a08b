"""Reads what a person types as an amount or a date, in Dutch or English notation."""

import re
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext

from kantoor.kernel.ui.formats import MINUS, reader_locale

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$", re.ASCII)
_AMOUNT = re.compile(
    r"-?\d{1,3}(?:([., '])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$|-?\d+(?:[.,]\d+)?$", re.ASCII
)


class Unreadable(ValueError):
    """The text is no amount or date; the message says what to type instead."""


def read_date(text: str) -> date:
    """A date as 2011-03-31, 31-3-2011, 31/3/2011 or 31.3.2011."""
    words = text.strip()
    try:
        if iso := _ISO.match(words):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if local := _DAY_FIRST.match(words):
            return date(int(local[3]), int(local[2]), int(local[1]))
    except ValueError:
        pass
    raise Unreadable(gettext("“%(text)s” is no date. Type it as 31-3-2011.") % {"text": text})


def read_amount(text: str) -> Decimal:
    """An amount in major units, exact, with either notation: 1.234,50, 1,234.50, -12, 12.5.

    One separator followed by exactly three digits is read the way the reader's language groups.
    """
    words = text.strip().replace(MINUS, "-").replace("\u00a0", " ").lstrip("€£$ ")
    match = _AMOUNT.match(words)
    if not match:
        raise Unreadable(gettext("“%(text)s” is no amount. Type it as 1234.50.") % {"text": text})
    return Decimal(_plain(words, grouping=match[1]))


def _plain(words: str, *, grouping: str | None) -> str:
    point = "," if reader_locale().language == "nl" else "."
    separators = [c for c in words if c in ".,"]
    if grouping == point and separators == [point]:
        grouping = None
    if grouping:
        words = words.replace(grouping, "")
    return words.replace(",", ".")
