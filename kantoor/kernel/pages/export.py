"""A list as a file: every row that is filtered, through the same query, streamed as CSV or XLSX.

CSV is UTF-8 with a byte order mark (spreadsheets then read accents rightly), commas, dates in
ISO 8601 and amounts in major units with a point.
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.text import slugify
from django.utils.translation import get_language, override

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.columns import moment_or_day, plain
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Cell

if TYPE_CHECKING:
    from kantoor.kernel.pages.list_view import ListView

MOST = 1_000_000
"""Rows in one file; a spreadsheet holds 1,048,576."""
CHUNK = 500
SHEET_WIDTHS = {"money": 14, "number": 12, "date": 12, "datetime": 18}

Table = Iterable[Sequence[Cell]]
CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def respond(view: "ListView", actor: Actor, address: Address, wanted: str) -> HttpResponse:
    """The file of a list in the format that is wanted, with the columns that are shown."""
    rows = view.every_row(actor, address, MOST)
    # The first row is read before the answer begins, so that a refusal can still be one.
    first = next(rows, None)
    rows = chain([first], rows) if first is not None else iter(())
    asked = address.all("columns")
    columns = [col for key in asked for col in view.columns if col.key == key]
    columns = columns or [col for col in view.columns if col.default]
    heads = [(force_str(col.title), col.kind) for col in columns]
    table = ([col.cell(row, actor) for col in columns] for row in rows)
    name = f"{slugify(force_str(view.title)) or view.key} {timezone.localdate().isoformat()}"
    return answer(name, heads, table, wanted)


def answer(name: str, heads: Sequence[tuple[str, str]], table: Table, wanted: str) -> HttpResponse:
    """A file of that name (without its ending); `heads` are titles with the kind of column."""
    if wanted == "xlsx":
        return FileResponse(  # type: ignore[return-value]
            workbook(heads, table),
            as_attachment=True,
            filename=f"{name}.xlsx",
            content_type=XLSX,
        )
    lines = csv_lines([title for title, _kind in heads], table)
    # The reader's language and zone are over by the time that the rows are written.
    reader = (get_language() or "en", timezone.get_current_timezone())
    streamed = StreamingHttpResponse(_within(*reader, lines), content_type=f"{CSV}; charset=utf-8")
    streamed["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return streamed  # type: ignore[return-value]


def _within(language: str, zone: tzinfo, lines: Iterator[bytes]) -> Iterator[bytes]:
    with override(language), timezone.override(zone):
        yield from lines


class _Echo:
    """What csv.writer writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(heads: Sequence[str], table: Table) -> Iterator[bytes]:
    """The lines of a CSV file, some hundreds at a time."""
    writer = csv.writer(_Echo())
    gathered = ["\ufeff", writer.writerow([harmless(head) for head in heads])]
    for cells in table:
        gathered.append(writer.writerow([_in_csv(cell) for cell in cells]))
        if len(gathered) >= CHUNK:
            yield "".join(gathered).encode()
            gathered = []
    yield "".join(gathered).encode()


def _in_csv(cell: Cell) -> str:
    value = plain(cell)
    if value is None:
        return ""
    if isinstance(value, date):
        return moment_or_day(_local(value))
    return (
        harmless(value)
        if isinstance(value, str)
        else f"{value:f}"
        if isinstance(value, Decimal)
        else str(value)
    )


def harmless(text: str) -> str:
    """Text that a spreadsheet does not take for a formula (a name such as `=1+1`)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) else value


def workbook(heads: Sequence[tuple[str, str]], table: Table) -> IO[bytes]:
    """An XLSX file of one sheet, made row by row with constant memory; read from its begin."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    # Here, since it takes a tenth of a second and eight megabytes that most processes never need.
    import xlsxwriter  # type: ignore[import-untyped]

    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1})
    formats = {
        "money": book.add_format({"num_format": "#,##0.00"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    for place, (title, kind) in enumerate(heads):
        sheet.set_column(place, place, SHEET_WIDTHS.get(kind, 22))
        sheet.write_string(0, place, title, bold)
    sheet.freeze_panes(1, 0)
    for number, cells in enumerate(table, start=1):
        for place, cell in enumerate(cells):
            _write(sheet, number, place, plain(cell), formats.get(heads[place][1]))
    book.close()
    file.seek(0)
    return file


def _write(sheet: Any, row: int, place: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        sheet.write_datetime(row, place, moment.replace(tzinfo=None), style)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, style)
    elif isinstance(value, (int, Decimal)):
        sheet.write_number(row, place, value, style)
    else:
        # As text, so that a name such as =1+1 stays one.
        sheet.write_string(row, place, value)
