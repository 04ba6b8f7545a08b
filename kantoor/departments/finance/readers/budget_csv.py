"""Read the rows of a budget from CSV: what a spreadsheet saves, or puts on the clipboard."""

import csv
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts_budgets import PERIODS, BudgetRow
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import LARGEST

MOST_CHARACTERS = 1_000_000
MOST_DIGITS = 18
KEYS = ("periods", "even", "last_year")
WORDS = {
    "rekening": "account",
    "dimensie": "dimension",
    "totaal": "total",
    "sleutel": "key",
}
"""Heads that a Dutch spreadsheet may have."""


class _Reader(Protocol):
    """What reads lines of cells, and knows in which line it is."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def read_budget(text: str, places: int) -> list[BudgetRow]:
    """The rows of a budget; `places` are the decimals of the currency.

    Raises InvalidInput with the line of the text.
    """
    if len(text) > MOST_CHARACTERS:
        message = _("This is more than {most} characters; import it in parts.")
        raise InvalidInput(message.format(most=MOST_CHARACTERS), field="text")
    if "\0" in text:
        raise InvalidInput(_("The text has a NUL character."), field="text")
    lines = text.removeprefix("\ufeff").splitlines()
    head = next((line for line in lines if line.strip()), "")
    parted_by = max("\t;,", key=head.count)
    reader = csv.reader(lines, delimiter=parted_by, strict=True)
    try:
        return list(_rows(reader, places, parted_by))
    except csv.Error:
        message = _("A cell has quotes that don't end.")
        raise InvalidInput(message, field="text", line=reader.line_num) from None


def _rows(reader: _Reader, places: int, parted_by: str) -> Iterator[BudgetRow]:
    columns: list[str] = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if not columns:
            columns = _columns(cells, reader.line_num)
            continue
        yield _row(columns, cells, places, parted_by, reader.line_num)
    if not columns:
        raise InvalidInput(_("There is nothing in it."), field="text")


def _columns(cells: list[str], line: int) -> list[str]:
    named = [WORDS.get(cell.strip().lower(), cell.strip().lower()) for cell in cells]
    known = {"account", "dimension", "total", "key", *(str(n) for n in range(1, PERIODS + 1))}
    for name in named:
        if name not in known:
            message = _("There is no column “{name}”; there are: {known}.")
            words = "account, dimension, total, key, 1-12"
            raise InvalidInput(message.format(name=name[:40], known=words), field="text", line=line)
    if "account" not in named or len(set(named)) != len(named):
        message = _("The first row names the columns, each once, with account among them.")
        raise InvalidInput(message, field="text", line=line)
    return named


def _row(columns: list[str], cells: list[str], places: int, parted_by: str, line: int) -> BudgetRow:
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        message = _("This line has more cells than there are columns.")
        raise InvalidInput(message, field="text", line=line)
    given = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
    total = given.get("total", "")
    key = given.get("key", "") or ("even" if total else "periods")
    if key not in KEYS:
        message = _("“{key}” is no key; there are: {known}.")
        raise InvalidInput(
            message.format(key=key[:20], known=", ".join(KEYS)), field="key", line=line
        )
    amounts = {
        f"p{n}": _minor(given[str(n)], places, parted_by, line)
        for n in range(1, PERIODS + 1)
        if given.get(str(n))
    }
    return BudgetRow(
        account=given.get("account", ""),
        dimension=given.get("dimension", ""),
        key=key,  # type: ignore[arg-type]
        total=_minor(total, places, parted_by, line) if total else None,
        line=line,
        **amounts,
    )


def _minor(text: str, places: int, parted_by: str, line: int) -> int:
    """An amount in minor units: 1200.50, or 1200,50 where commas don't part the cells."""
    plain = text.replace(" ", "").replace("\u00a0", "")
    if parted_by != "," and "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    message = _("“{text}” is no amount; write it as 1200.50.").format(text=text[:40])
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise InvalidInput(message, field="amount", line=line) from None
    if not value.is_finite() or value.adjusted() > MOST_DIGITS:
        raise InvalidInput(message, field="amount", line=line)
    minor = value.scaleb(places)
    if minor != minor.to_integral_value() or abs(minor) > LARGEST:
        raise InvalidInput(message, field="amount", line=line)
    return int(minor)
