"""A list as CSV, or copied from a spreadsheet: pure reading of its heading, rows and cells.

The first line names the columns; commas, semicolons or tabs part them. Reading is bounded: so many
rows, and cells of so many characters.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from io import StringIO
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import DomainError, InvalidInput

MOST_ROWS = 100_000
LONGEST_CELL = 1_000

Tell = Callable[[DomainError], None]


class Row(NamedTuple):
    """A row: its line, its cells that hold anything by column, and whether each has a column."""

    line: int
    cells: dict[str, str]
    fits: bool


def read_list(
    text: str, columns: Sequence[str], needed: Sequence[str], tell: Tell
) -> Iterator[Row]:
    """The rows that are not empty; one with more cells than columns is told.

    Raises InvalidInput for a list without a heading, with columns that aren't, without one that is
    needed, or that is too long.
    """
    # A spreadsheet may put a mark before the text.
    text = text.removeprefix("\ufeff")
    separator = max(";,\t", key=text.split("\n", 1)[0].count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    count = 0
    try:
        names = _names(next(rows, []), columns, needed)
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            line = rows.line_num
            if (count := count + 1) > MOST_ROWS:
                message = _("The list has more than {most} rows; split it.")
                raise InvalidInput(message.format(most=MOST_ROWS), line=line)
            if not (fits := len(cells) <= len(names)):
                message = _("This row has more cells than there are columns.")
                tell(InvalidInput(message, line=line))
            said = zip(names, map(str.strip, cells), strict=False)
            yield Row(line, {name: cell for name, cell in said if cell}, fits)
    except csv.Error as error:
        message = _("The list can't be read from this line on: {why}.")
        raise InvalidInput(message.format(why=error), line=rows.line_num) from None


def _names(cells: Sequence[str], columns: Sequence[str], needed: Sequence[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    if not any(names):
        message = _("The list has no line with the names of its columns.")
        raise InvalidInput(message, line=1)
    for name in names:
        if name not in columns:
            message = _("There is no column “{name}”; use {known}.")
            said = message.format(name=name[:40], known=", ".join(columns))
            raise InvalidInput(said, field=name[:40], line=1)
    for name in needed:
        if name not in names:
            message = _("The list has no column “{name}”.")
            raise InvalidInput(message.format(name=name), field=name, line=1)
    return names


def refuse_long(text: str) -> None:
    """Refuse a cell that is longer than any is."""
    if len(text) > LONGEST_CELL:
        message = _("This is longer than {most} characters.")
        raise InvalidInput(message.format(most=LONGEST_CELL))


def read_day(text: str) -> date:
    """A day as people write it, 2026-05-31 or 31-05-2026; raises InvalidInput."""
    parts = text.replace("/", "-").split("-")
    if len(parts) == 3 and len(parts[2]) == 4:
        parts.reverse()
    try:
        if len(parts) == 3 and len(parts[0]) == 4 and text.isascii():
            return date(*(int(part) for part in parts))
    except ValueError:
        pass
    message = _("“{text}” is no date; write 2026-05-31 or 31-05-2026.")
    raise InvalidInput(message.format(text=text[:40]))
