"""A list of employees as CSV, or copied from a spreadsheet: pure reading, every wrong cell told.

The first line names the columns, which are the fields of `HireDraft`; commas, semicolons or tabs
part them. Days are 2026-05-31 or 31-05-2026, hours 7.6 or 7,6. Reading is bounded: so many rows,
and cells of so many characters.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.drafts_people import ContractKind, HireDraft
from kantoor.departments.hr.formats.lists import Row, Tell, read_day, read_list, refuse_long
from kantoor.kernel.errors import InvalidInput

COLUMNS = HireDraft.__struct_fields__
DATES = ("start", "until", "birth_date")
UNREADABLE = date(2000, 1, 1)
"""The first day of a row whose day can't be read: it is refused, and checked as far as it goes."""


def read_employees(text: str, tell: Tell) -> Iterator[tuple[int, HireDraft]]:
    """The rows of a list with their line; what is wrong with a cell is told, its row goes on.

    Raises InvalidInput for a list without a heading, with columns that aren't, or that is too long.
    """
    for row in read_list(text, COLUMNS, ("start",), tell):
        yield row.line, _draft(row, tell)


def _draft(row: Row, tell: Tell) -> HireDraft:
    values: dict[str, Any] = {"start": UNREADABLE}
    for name, text in row.cells.items():
        try:
            values[name] = _value(name, text)
        except InvalidInput as error:
            tell(InvalidInput(error.message, field=name, line=row.line))
    if "start" not in row.cells:
        message = _("“{text}” is no date; write 2026-05-31 or 31-05-2026.")
        tell(InvalidInput(message.format(text=""), field="start", line=row.line))
    return msgspec.convert(values, HireDraft)


def _value(name: str, text: str) -> Any:
    refuse_long(text)
    if name in DATES:
        return read_day(text)
    if name.startswith("hours_"):
        return _hours(text)
    if name == "kind" and text not in get_args(ContractKind):
        message = _("“{text}” is none of {known}.")
        known = ", ".join(get_args(ContractKind))
        raise InvalidInput(message.format(text=text[:40], known=known))
    return text


def _hours(text: str) -> Decimal:
    try:
        if len(text) <= 10:
            return Decimal(text.replace(",", "."))
    except InvalidOperation:
        pass
    message = _("“{text}” is no number of hours, such as 8 or 7.6.")
    raise InvalidInput(message.format(text=text[:40]))
