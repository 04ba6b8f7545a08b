"""A list of hours as CSV, or copied from a spreadsheet: pure reading, every wrong cell told.

The first line names the columns, which are the fields of `HourDraft`: `employee`, `day` and
`minutes` (also as `1:30`, `1.5` or `90m`) at least. Reading is bounded.
"""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.drafts_times import HourDraft
from kantoor.departments.hr.formats.durations import minutes_of
from kantoor.departments.hr.formats.employees import LONGEST_CELL, MOST_ROWS, Tell, read_day
from kantoor.kernel.errors import InvalidInput

COLUMNS = HourDraft.__struct_fields__
NEEDED = ("employee", "day", "minutes")
YES, NO = ("1", "yes", "ja", "true", "x"), ("0", "no", "nee", "false", "")


def read_hours(text: str, tell: Tell) -> Iterator[tuple[int, HourDraft]]:
    """The rows with their line; a row with a wrong cell is told and left out.

    Raises InvalidInput for a list without a heading, with columns that aren't, or that is too long.
    """
    text = text.removeprefix("\ufeff")
    separator = max(";,\t", key=text.split("\n", 1)[0].count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    count = 0
    try:
        names = _names(next(rows, []))
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            if (count := count + 1) > MOST_ROWS:
                message = _("The list has more than {most} rows; split it.")
                raise InvalidInput(message.format(most=MOST_ROWS), line=rows.line_num)
            draft = _draft(names, cells, rows.line_num, tell)
            if draft is not None:
                yield rows.line_num, draft
    except csv.Error as error:
        message = _("The list can't be read from this line on: {why}.")
        raise InvalidInput(message.format(why=error), line=rows.line_num) from None


def _names(cells: Sequence[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    for name in names:
        if name not in COLUMNS:
            message = _("There is no column “{name}”; use {known}.")
            said = message.format(name=name[:40], known=", ".join(COLUMNS))
            raise InvalidInput(said, field=name[:40], line=1)
    for name in NEEDED:
        if name not in names:
            message = _("The list has no column “{name}”.")
            raise InvalidInput(message.format(name=name), field=name, line=1)
    return names


def _draft(names: Sequence[str], cells: Sequence[str], line: int, tell: Tell) -> HourDraft | None:
    values: dict[str, Any] = dict.fromkeys(NEEDED, "")
    values |= {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}
    right = True
    if len(cells) > len(names):
        tell(InvalidInput(_("This row has more cells than there are columns."), line=line))
        right = False
    for name, text in values.items():
        try:
            values[name] = _value(name, text)
        except InvalidInput as error:
            tell(InvalidInput(error.message, field=name, line=line))
            right = False
    return msgspec.convert(values, HourDraft) if right else None


def _value(name: str, text: str) -> Any:
    if len(text) > LONGEST_CELL:
        message = _("This is longer than {most} characters.")
        raise InvalidInput(message.format(most=LONGEST_CELL))
    if name == "day":
        return read_day(text)
    if name == "minutes":
        return minutes_of(text)
    if name == "billable":
        if text.lower() not in YES + NO:
            message = _("“{text}” is none of {known}.")
            raise InvalidInput(message.format(text=text[:40], known="yes, no"))
        return text.lower() in YES
    return text
