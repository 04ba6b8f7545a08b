"""Amounts, dates and text of banks' files, read strictly: what isn't one is refused with its line."""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.bank.model import BankFileError
from kantoor.kernel.money import exponent

MOST_DIGITS = 15
"""Digits before the decimals: ISO 20022 has 18 in all, and 64 bits hold no more in minor units."""
EARLIEST, LATEST = 1970, 2099

_AMOUNT = re.compile(r"[+-]?\d{1,18}(?:[.,]\d{0,5})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_BLANKS = re.compile(r"\s+")


@lru_cache(maxsize=65536)
def minor_units(text: str, currency: str, line: int = 0) -> int:
    """An amount in minor units; a comma or point before the decimals, no thousands."""
    bare = text.strip()
    if not _AMOUNT.fullmatch(bare):
        message = _("“{text}” is no amount.").format(text=bare[:40])
        raise BankFileError("bank.amount", message, line)
    try:
        scaled = Decimal(bare.replace(",", ".").rstrip(".")).scaleb(exponent(currency))
    except InvalidOperation:  # pragma: no cover - the pattern leaves none
        raise BankFileError("bank.amount", _("This is no amount."), line) from None
    if scaled != scaled.to_integral_value() or abs(scaled) >= 10 ** (MOST_DIGITS + 2):
        words = _("{text} is no amount in {currency}: too many decimals, or too large.")
        raise BankFileError("bank.amount", words.format(text=bare, currency=currency), line)
    return int(scaled)


def currency_code(text: str, line: int = 0) -> str:
    """A currency as ISO 4217 writes them."""
    if not _CURRENCY.fullmatch(text):
        message = _("“{text}” is no currency.").format(text=text[:20])
        raise BankFileError("bank.currency", message, line)
    return text


def day(year: int, month: int, number: int, text: str, line: int = 0) -> date:
    """A day that there is."""
    try:
        found = date(year, month, number)
    except ValueError:
        found = None
    if found is None or not EARLIEST <= year <= LATEST:
        message = _("“{text}” is no date.").format(text=text[:40])
        raise BankFileError("bank.date", message, line)
    return found


def value_day(year: int, month: int, number: int, text: str, line: int = 0) -> date:
    """A value date; banks that reckon with months of 30 days write 29 and 30 February."""
    if month == 2 and number in (29, 30) and EARLIEST <= year <= LATEST:
        number = min(number, monthrange(year, 2)[1])
    return day(year, month, number, text, line)


@lru_cache(maxsize=4096)
def iso_day(text: str, line: int = 0) -> date:
    """A date or moment as ISO 8601 writes it: the day as it stands there, in the bank's zone."""
    bare = text.strip()
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].{0,40}|Z|[+-]\d\d:\d\d)?", bare)
    if not found:
        message = _("“{text}” is no date.").format(text=bare[:40])
        raise BankFileError("bank.date", message, line)
    return day(int(found[1]), int(found[2]), int(found[3]), bare, line)


def one_line(text: str) -> str:
    """Text on one line, without control characters and double spaces."""
    return _BLANKS.sub(" ", text.replace("\0", "")).strip()


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 by its mark, else the Windows code page of old banks."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            message = _("The file begins as UTF-16 but is none.")
            raise BankFileError("bank.encoding", message) from None
    if b"\0" in content:
        raise BankFileError("bank.encoding", _("This is no text: it has NUL bytes."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
