"""Rows of a CSV or XLSX file as text, in bounds, whatever program wrote it."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

MOST_ROWS = 2_000_000
MOST_COLUMNS = 200
MOST_UNPACKED = 512 * 1024 * 1024
LONGEST_CELL = 10_000


class SheetFault(ValueError):
    """The file can't be read as a table; with the line where there is one."""

    def __init__(self, message: Any, line: int = 0) -> None:
        super().__init__(str(message))
        self.message = message
        self.line = line


Rows = Iterator[tuple[int, list[str]]]


def rows_of(content: bytes) -> Rows:
    """The rows with their numbers; raises SheetFault."""
    return _of_xlsx(content) if content[:2] == b"PK" else _of_csv(content)


def _of_csv(content: bytes) -> Rows:
    text = _decoded(content)
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(";,\t|", key=first.count)
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if reader.line_num > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise SheetFault(_("The table is larger than it can be here."), reader.line_num)
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise SheetFault(_("A cell is longer than it can be here."), reader.line_num)
            yield reader.line_num, row
    except csv.Error as error:
        message = _("The row can't be read: {why}.").format(why=str(error)[:80])
        raise SheetFault(message, reader.line_num) from None


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise SheetFault(_("The file is no text: it holds a zero byte."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheets on Windows write; every byte is a character of it or of Latin 1.
        return content.decode("cp1252", errors="replace")


def _of_xlsx(content: bytes) -> Rows:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            infos = packed.infolist()
            if len(infos) > 5_000 or sum(each.file_size for each in infos) > MOST_UNPACKED:
                raise SheetFault(_("The workbook is larger than it can be here."))
    except zipfile.BadZipFile:
        raise SheetFault(_("The workbook is damaged.")) from None
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except Exception as error:
        message = _("The workbook can't be read: {why}.").format(why=str(error)[:80])
        raise SheetFault(message) from None
    if len(rows) > MOST_ROWS:
        raise SheetFault(_("The table is larger than it can be here."))
    for number, row in enumerate(rows, 1):
        yield number, [_text(cell) for cell in row[:MOST_COLUMNS]]


def _text(cell: object) -> str:
    """A cell as it would stand in a CSV file; a spreadsheet's number is a float with its noise."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        try:
            return f"{Decimal(repr(cell)).quantize(Decimal('0.000001')).normalize():f}"
        except InvalidOperation:  # More digits than an amount has: said where one is wanted.
            return repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell)[:LONGEST_CELL]


def blank(row: Sequence[str]) -> bool:
    """Whether nothing stands in a row."""
    return not any(cell.strip() for cell in row)
