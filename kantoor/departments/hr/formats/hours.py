"""A list of hours as CSV, or copied from a spreadsheet: pure reading, every wrong cell told.

The first line names the columns, which are the fields of `HourDraft`: `employee`, `day` and
`minutes` (also as `1:30`, `1.5` or `90m`) at least. Reading is bounded.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.drafts_times import HourDraft
from kantoor.departments.hr.formats.durations import minutes_of
from kantoor.departments.hr.formats.lists import Row, Tell, read_day, read_list, refuse_long
from kantoor.kernel.errors import InvalidInput

COLUMNS = HourDraft.__struct_fields__
NEEDED = ("employee", "day", "minutes")
YES, NO = ("1", "yes", "ja", "true", "x"), ("0", "no", "nee", "false", "")


def read_hours(text: str, tell: Tell) -> Iterator[tuple[int, HourDraft]]:
    """The rows with their line; a row with a wrong cell is told and left out.

    Raises InvalidInput for a list without a heading, with columns that aren't, or that is too long.
    """
    for row in read_list(text, COLUMNS, NEEDED, tell):
        draft = _draft(row, tell)
        if draft is not None:
            yield row.line, draft


def _draft(row: Row, tell: Tell) -> HourDraft | None:
    values: dict[str, Any] = dict.fromkeys(NEEDED, "") | row.cells
    right = row.fits
    for name, text in values.items():
        try:
            values[name] = _value(name, text)
        except InvalidInput as error:
            tell(InvalidInput(error.message, field=name, line=row.line))
            right = False
    return msgspec.convert(values, HourDraft) if right else None


def _value(name: str, text: str) -> Any:
    refuse_long(text)
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
