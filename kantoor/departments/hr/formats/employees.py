"""A list of employees as CSV, or copied from a spreadsheet: pure reading, every wrong cell told.

The first line names the columns, which are the fields of `HireDraft`; commas, semicolons or tabs
part them. Days are 2026-05-31 or 31-05-2026, hours 7.6 or 7,6. Reading is bounded: so many rows,
and cells of so many characters.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from io import StringIO
from typing import Any, get_args

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.drafts_people import ContractKind, HireDraft
from kantoor.kernel.errors import DomainError, InvalidInput

MOST_ROWS = 100_000
LONGEST_CELL = 1_000
COLUMNS = HireDraft.__struct_fields__
DATES = ("start", "until", "birth_date")
UNREADABLE = date(2000, 1, 1)
"""The first day of a row whose day can't be read: it is refused, and checked as far as it goes."""

Tell = Callable[[DomainError], None]


def read_employees(text: str, tell: Tell) -> Iterator[tuple[int, HireDraft]]:
    """The rows of a list with their line; what is wrong with a cell is told, its row goes on.

    Raises InvalidInput for a list without a heading, with columns that aren't, or that is too long.
    """
    # A spreadsheet may put a mark before the text.
    text = text.removeprefix("\ufeff")
    heading = text.split("\n", 1)[0]
    separator = max(";,\t", key=heading.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    count = 0
    try:
        names = _names(next(rows, []))
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            if (count := count + 1) > MOST_ROWS:
                message = _("The list has more than {most} employees; split it.")
                raise InvalidInput(message.format(most=MOST_ROWS), line=rows.line_num)
            yield rows.line_num, _draft(names, cells, rows.line_num, tell)
    except csv.Error as error:
        message = _("The list can't be read from this line on: {why}.")
        raise InvalidInput(message.format(why=error), line=rows.line_num) from None


def _names(cells: Sequence[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    if not any(names):
        message = _("The list has no line with the names of its columns.")
        raise InvalidInput(message, line=1)
    for name in names:
        if name not in COLUMNS:
            message = _("There is no column “{name}”; use {known}.")
            said = message.format(name=name[:40], known=", ".join(COLUMNS))
            raise InvalidInput(said, field=name[:40], line=1)
    if "start" not in names:
        message = _("The list has no column “{name}”.")
        raise InvalidInput(message.format(name="start"), field="start", line=1)
    return names


def _draft(names: Sequence[str], cells: Sequence[str], line: int, tell: Tell) -> HireDraft:
    if len(cells) > len(names):
        message = _("This row has more cells than there are columns.")
        tell(InvalidInput(message, line=line))
    values: dict[str, Any] = {"start": UNREADABLE}
    said = False
    for name, cell in zip(names, cells, strict=False):
        text = cell.strip()
        if not text:
            continue
        said = said or name == "start"
        try:
            values[name] = _value(name, text)
        except InvalidInput as error:
            tell(InvalidInput(error.message, field=name, line=line))
    if not said:
        message = _("“{text}” is no date; write 2026-05-31 or 31-05-2026.")
        tell(InvalidInput(message.format(text=""), field="start", line=line))
    return msgspec.convert(values, HireDraft)


def _value(name: str, text: str) -> Any:
    if len(text) > LONGEST_CELL:
        message = _("This is longer than {most} characters.")
        raise InvalidInput(message.format(most=LONGEST_CELL))
    if name in DATES:
        return read_day(text)
    if name.startswith("hours_"):
        return _hours(text)
    if name == "kind" and text not in get_args(ContractKind):
        message = _("“{text}” is none of {known}.")
        known = ", ".join(get_args(ContractKind))
        raise InvalidInput(message.format(text=text[:40], known=known))
    return text


def read_day(text: str) -> date:
    """A day as people write it; raises InvalidInput."""
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


def _hours(text: str) -> Decimal:
    try:
        if len(text) <= 10:
            return Decimal(text.replace(",", "."))
    except InvalidOperation:
        pass
    message = _("“{text}” is no number of hours, such as 8 or 7.6.")
    raise InvalidInput(message.format(text=text[:40]))
