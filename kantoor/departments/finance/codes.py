"""What the codes of books look like: accounts, journals, dimensions and their values."""

import re

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import InvalidInput

ACCOUNT = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}")
JOURNAL = re.compile(r"[0-9A-Z][0-9A-Z-]{0,9}")
YEAR = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,9}")
DIMENSION = re.compile(r"[a-z][a-z0-9_]{0,29}")
VALUE = re.compile(r"[^\s|=,;\x00-\x1f](?:[^|=,;\x00-\x1f]{0,28}[^\s|=,;\x00-\x1f])?")

RESERVED = frozenset(
    [
        "entry",
        "date",
        "account",
        "amount",
        "currency",
        "text",
        "party",
        "base_amount",
        "journal",
        "reference",
        "entry_text",
        "tax",
        "tax_base",
        "origin",
        "reverses",
        "line",
    ]
)
"""Columns of the files that entries travel in: no dimension is called so."""


def account_code(code: str, line: int | None = None) -> str:
    """An account's code: letters, digits, dots and dashes."""
    words = _("A code has up to 20 letters, digits, dots or dashes, and begins with no dot.")
    return _matching(ACCOUNT, code, words, "code", line)


def journal_code(code: str) -> str:
    """A journal's code, part of the numbers of its entries: capitals and digits."""
    words = _("A journal's code has up to 10 capitals, digits or dashes.")
    return _matching(JOURNAL, code, words, "code")


def year_code(code: str) -> str:
    """A fiscal year's code, part of the numbers of its entries (`2011`, `2011-12`)."""
    words = _("A fiscal year's code has up to 10 letters, digits or dashes.")
    return _matching(YEAR, code, words, "code")


def dimension_code(code: str) -> str:
    """A dimension's code, a column of files of entries: `cost_centre`."""
    words = _("A dimension's code has up to 30 small letters, digits or underscores.")
    _matching(DIMENSION, code, words, "code")
    if code in RESERVED:
        raise InvalidInput(_("“{code}” means something else in files.").format(code=code), field="code")  # fmt: skip
    return code


def value_code(code: str, line: int | None = None) -> str:
    """The code of a dimension's value."""
    words = _("A value's code has up to 30 characters, but no | = , ; among them.")
    return _matching(VALUE, code, words, "code", line)


def _matching(
    pattern: re.Pattern[str], text: str, words: object, field: str, line: int | None = None
) -> str:
    if not pattern.fullmatch(text):
        raise InvalidInput(words, field=field, line=line)
    return text


def required_name(name: str, field: str, line: int | None = None) -> str:
    """A name that says something."""
    if not name.strip():
        raise InvalidInput(_("Give a name."), field=field, line=line)
    return name.strip()
