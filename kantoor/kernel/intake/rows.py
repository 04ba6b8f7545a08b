"""Documents made of rows: from a file with a mapping, and from rows that were mended."""

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.intake.grouping import Document
from kantoor.kernel.intake.incoming import Incoming
from kantoor.kernel.intake.mapping import Columns, Mapping
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.store.tables import DIGEST_BYTES, encode

MENDED = "kantoor.intake.rows"
"""The type of event in which refused rows travel, so that they can be mended and come back."""


class Layout(msgspec.Struct, frozen=True):
    """How the rows of a file are to be read: its mapping, its header, where each field stands."""

    mapping: Mapping
    header: tuple[str, ...]
    columns: Columns


class Rows(msgspec.Struct, gc=False):
    """A document as its handler gets it: its rows, and the lines they stood on."""

    layout: Layout
    identity: str
    lines: list[int]
    rows: list[list[str]]

    def line(self, position: int) -> int:
        """The line that a row stood on."""
        return self.lines[position] if position < len(self.lines) else self.lines[0]


class RowsData(msgspec.Struct):
    """The data of a `kantoor.intake.rows` event: a row is a list, or a value for each column.

    One that is `incomplete` lacks rows that could not be read; it is taken once that is mended.
    """

    document: str
    rows: list[dict[str, str] | list[str]]
    lines: list[int] = []
    incomplete: bool = False


def layout_of_file(mapping: Mapping, header: Sequence[str]) -> Layout | Problem:
    """The layout of a file with this header, or which column it lacks."""
    columns = mapping.columns_in(header)
    if isinstance(columns, Problem):
        return columns
    return Layout(mapping, tuple(header), columns)


def from_document(source: str, layout: Layout, document: Document) -> Incoming:
    """A document that the rows of a file were grouped into."""
    return incoming(
        source, layout, document.identity, document.lines, document.rows, document.problem
    )


def from_problem(source: str, layout: Layout, problem: Problem) -> Incoming:
    """A row that belongs to no document: it is known by its content."""
    given = problem.given
    row = [given.decode(errors="replace")] if isinstance(given, bytes) else [str(n) for n in given]
    name = hashlib.sha256(encode([problem.code, row])).hexdigest()[:16]
    lines = [problem.line] if problem.line is not None else []
    return incoming(source, layout, f"unreadable/{name}", lines, [row], problem)


def incoming(
    source: str,
    layout: Layout,
    identity: str,
    lines: list[int],
    rows: list[list[str]],
    problem: Problem | None = None,
) -> Incoming:
    """Rows as the door takes them."""
    text = encode(rows)
    return Incoming(
        source=source,
        event_id=identity,
        type=layout.mapping.document,
        digest=hashlib.sha256(text).digest()[:DIGEST_BYTES],
        raw=encode([identity, lines, msgspec.Raw(text), _told(problem)]),
        content=Rows(layout, identity, lines, rows),
        rows=len(rows),
        line=lines[0] if lines else None,
        problem=problem or _misfit(layout, lines, rows),
    )


def _told(problem: Problem | None) -> tuple[str, str, str, int | None] | None:
    """Why the rows could not be read whole, kept with them: code, message, field, line."""
    if problem is None:
        return None
    return problem.code, str(problem.message), problem.field, problem.line


def _misfit(layout: Layout, lines: list[int], rows: list[list[str]]) -> Problem | None:
    width = len(layout.header)
    if set(map(len, rows)) <= {width}:
        return None
    at, row = next((n, row) for n, row in enumerate(rows) if len(row) != width)
    said = format_lazy(
        _("The header has {expected} fields and this row {found}."), expected=width, found=len(row)
    )
    return Problem(lines[at] if at < len(lines) else None, "", "csv.fields", said, tuple(row))


def from_mended(source: str, mapping: Mapping, data: bytes) -> Incoming | Problem:
    """The document in the data of a `kantoor.intake.rows` event."""
    try:
        given = _rows_decoder.decode(data)
    except msgspec.MsgspecError as reason:
        return Problem(None, "data", "event.data", str(reason))
    if given.incomplete:
        message = _("Rows of this document are missing; add them and take “incomplete” out.")
        return Problem(None, "incomplete", "document.incomplete", message)
    if not given.rows or not given.document:
        return Problem(None, "rows", "document.empty", _("The document has no rows."))
    if b"\\u0000" in data:
        return Problem(None, "rows", "csv.nul", _("There is a NUL character in this document."))
    names: dict[str, None] = {}
    for row in given.rows:
        if isinstance(row, dict):
            names.update(dict.fromkeys(row))
    layout = layout_of_file(mapping, list(names))
    if isinstance(layout, Problem):
        return layout
    rows = [
        [row.get(name, "") for name in names] if isinstance(row, dict) else row
        for row in given.rows
    ]
    return incoming(source, layout, given.document, given.lines, rows)


def as_data(content: Rows, problem: Problem) -> dict[str, Any]:
    """The data of a `kantoor.intake.rows` event, for a document that was refused."""
    header = content.layout.header
    incomplete = (
        {"incomplete": True} if problem.fatal or problem.code == "document.too_long" else {}
    )
    return incomplete | {
        "document": content.identity,
        "lines": content.lines,
        "rows": [
            dict(zip(header, row, strict=True)) if len(row) == len(header) else row
            for row in content.rows
        ],
    }


_rows_decoder = msgspec.json.Decoder(RowsData)
