"""The way in for files of the front office: what kind a file is, and its rows, documents or events."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.intake.csvtable import CsvTable, Row
from kantoor.kernel.intake.eventfiles import BOM, Taken, read_batch, read_ndjson
from kantoor.kernel.intake.grouping import Document, group_documents
from kantoor.kernel.intake.mapping import Columns, Mapping
from kantoor.kernel.intake.problems import Broken, Problem
from kantoor.kernel.intake.streams import blocks

Kind = Literal["csv", "ndjson", "json-batch"]

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# How files begin that people send by mistake.
_OTHERS = {
    b"PK\x03\x04": "XLSX / ZIP",
    b"\xd0\xcf\x11\xe0": "XLS",
    b"%PDF": "PDF",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "Zstandard",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file of a source, its columns found by the mapping."""

    csv: CsvTable
    mapping: Mapping
    columns: Columns

    def rows(self) -> Iterator[Row]:
        """Each row with its line, or its problem (`CsvTable.rows`)."""
        return self.csv.rows()

    def documents(self) -> Iterator[Document | Problem]:
        """The rows gathered into documents by the mapping's `group_by` (`group_documents`)."""
        return group_documents(
            self.csv.rows(),
            self.columns.group_by,
            characters_read=self.csv.characters_read,
        )


def sniff(path: Path) -> Kind | Problem:
    """What kind of file it is by how it begins, gzip or not; a Problem for what is none."""
    try:
        start = next(blocks(path), b"")
    except Broken as broken:
        return broken.problem
    for magic, name in _OTHERS.items():
        if start.startswith(magic):
            message = _("This is a file of the kind {name}. Save it as CSV or as CloudEvents.")
            return Problem(None, "", "file.kind", format_lazy(message, name=name), fatal=True)
    text = start.removeprefix(BOM).lstrip()
    if not text:
        return Problem(None, "", "file.empty", _("The file is empty."), fatal=True)
    if text.startswith(b"{"):
        return "ndjson"
    if text.startswith(b"["):
        return "json-batch"
    if b"\0" in start and not start.startswith(_UTF16_MARKS):
        message = _("The file is not text. Save it as CSV.")
        return Problem(None, "", "file.binary", message, fatal=True)
    return "csv"


def open_table(path: Path, mapping: Mapping) -> Table | Problem:
    """A CSV file read as its mapping says, or why it can't be."""
    table = CsvTable.open(
        path, encoding=mapping.encoding, delimiter=mapping.delimiter, quote=mapping.quote
    )
    if isinstance(table, Problem):
        return table
    columns = mapping.columns_in(table.header)
    return columns if isinstance(columns, Problem) else Table(table, mapping, columns)


def read_events(path: Path) -> Iterator[Taken]:
    """The CloudEvents of a file, whichever of the two forms it has, each with its place."""
    kind = sniff(path)
    if isinstance(kind, Problem):
        yield 1, kind
    elif kind == "csv":
        message = _("This file has no CloudEvents; a CSV file needs a mapping.")
        yield 1, Problem(None, "", "file.kind", message, fatal=True)
    else:
        yield from read_batch(path) if kind == "json-batch" else read_ndjson(path)
