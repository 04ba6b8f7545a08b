"""Rows of a CSV file, however large: quick, bounded in memory, each fault with its line.

The rows come from the C reader of the standard library; this module feeds it text in blocks and
looks only at the number of fields of each row, since a year of a shop's sales goes through here.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Self

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.intake.problems import Broken, Problem
from kantoor.kernel.intake.streams import blocks

FIELD_LIMIT = 1 << 16
LINE_LIMIT = 1 << 20
"""Characters without a line end; more is no CSV."""

LINE_SHOWN = 4096
"""Characters that are kept of a line on which reading stops."""

Row = tuple[int, list[str] | Problem]


class CsvTable:
    """A CSV file whose header has been read; `rows` gives the rest, once.

    `header` has no blanks around its names. `line` is the last line that was read.
    """

    def __init__(
        self, feed: "_Feed", reader: Any, header: list[str], marks: tuple[str, str]
    ) -> None:
        self.header = tuple(name.strip() for name in header)
        self._marks = marks
        self._feed = feed
        self._reader = reader

    @classmethod
    def open(
        cls, path: Path, *, encoding: str = "utf-8", delimiter: str = ",", quote: str = '"'
    ) -> Self | Problem:
        """The table, or why the file is none."""
        csv.field_size_limit(FIELD_LIMIT)
        feed = _Feed(blocks(path), encoding)
        reader = csv.reader(
            chain.from_iterable(feed), delimiter=delimiter, quotechar=quote, strict=True
        )
        feed.reader = reader
        try:
            header = next(row for row in reader if row)
            if any("\0" in name for name in header):
                raise Broken("file.binary", _("The file is not text. Save it as CSV."))
        except StopIteration:
            return Problem(None, "", "file.empty", _("The file is empty."), fatal=True)
        except csv.Error:
            said = _("The first line does not hold the names of columns.")
            return Problem(reader.line_num, "", "csv.header", said, fatal=True)
        except Broken as broken:
            return broken.problem
        return cls(feed, reader, header, (delimiter, quote))

    @property
    def line(self) -> int:
        """The number of the last line read."""
        return int(self._reader.line_num)

    def characters_read(self) -> int:
        """How many characters of the file were taken up so far, in whole blocks."""
        return self._feed.characters

    def rows(self) -> Iterator[Row]:
        """Each row with the line it begins on; instead of a row that is wrong, its problem.

        Blank lines are passed over. After a `fatal` problem nothing more comes.
        """
        reader, feed, width, end = self._reader, self._feed, len(self.header), self.line
        while True:
            try:
                for row in reader:
                    start, end = end + 1, reader.line_num
                    if len(row) == width and not feed.has_nul:
                        yield start, row
                    elif row:
                        yield start, self._check(start, row)
                return
            except csv.Error as reason:
                start, end = end + 1, reader.line_num
                problem = self._broken_row(start, end, str(reason))
                yield start, problem
                if problem.fatal:
                    return
            except Broken as broken:
                yield broken.problem.line or end + 1, broken.problem
                return

    def _check(self, line: int, row: list[str]) -> list[str] | Problem:
        """A row that is not like the others, or that comes after the first NUL byte."""
        given, names = tuple(row), self.header
        if len(row) != len(names):
            said = format_lazy(
                _("The header has {expected} fields and this row {found}."),
                expected=len(names),
                found=len(row),
            )
            return Problem(line, "", "csv.fields", said, given)
        for name, field in zip(names, row, strict=True):
            if "\0" in field:
                said = _("There is a NUL byte in this field. Export the file as text again.")
                return Problem(line, name, "csv.nul", said, given)
        return row

    def _broken_row(self, start: int, end: int, reason: str) -> Problem:
        text = self._feed.text(start, end)
        if "field larger" in reason:
            said = format_lazy(
                _("A field is longer than {limit} characters; is a quotation mark not closed?"),
                limit=FIELD_LIMIT,
            )
            return Problem(start, "", "csv.field_too_long", said, text[:LINE_SHOWN].encode(), True)
        if "unexpected end" in reason:
            said = _("A quotation mark that opens in this row is never closed.")
            return Problem(start, "", "csv.quote_open", said, text[:LINE_SHOWN].encode(), True)
        said = _("A quotation mark inside a field must be written twice.")
        # A row on one line can be taken apart all the same, so that it is known what it is of.
        given = self._forgiven(text) if start == end else text.encode()
        return Problem(start, "", "csv.quote", said, given)

    def _forgiven(self, text: str) -> tuple[str, ...] | bytes:
        delimiter, quote = self._marks
        try:
            return tuple(next(csv.reader([text], delimiter=delimiter, quotechar=quote), ()))
        except csv.Error:
            return text.encode()


class _Feed:
    """Hands text to the CSV reader in blocks that end where a line ends.

    `has_nul` tells that a NUL was seen, in this block or before, so that rows need a closer look.
    """

    def __init__(self, source: Iterable[bytes], encoding: str) -> None:
        self.has_nul = False
        self.reader: Any = None
        self.characters = 0
        self._source = source
        self._encoding = "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding
        self._block = ""
        self._lines_before = 0

    def __iter__(self) -> Iterator[io.StringIO]:
        decoder = codecs.getincrementaldecoder(self._encoding)()
        rest = ""
        for raw in self._source:
            try:
                text, broken = rest + decoder.decode(raw), None
            except UnicodeDecodeError as reason:
                text, broken = rest + _good_part(decoder, raw, reason), reason
            cut = _last_line_end(text)
            if cut:
                yield self._lines(text[:cut])
            rest = text[cut:]
            if broken:
                raise self._wrong_encoding(broken)
            if len(rest) > LINE_LIMIT:
                raise Broken(
                    "csv.line_too_long",
                    _("This line is longer than {limit} characters; it is not CSV."),
                    line=self.reader.line_num + 1,
                    limit=LINE_LIMIT,
                )
        try:
            rest += decoder.decode(b"", final=True)
        except UnicodeDecodeError as reason:
            raise self._wrong_encoding(reason) from reason
        if rest:
            yield self._lines(rest)

    def text(self, first: int, last: int) -> str:
        """These lines, counted from 1, as far as they are in the present block."""
        lines = io.StringIO(self._block, newline="").readlines()
        before = self._lines_before
        return "".join(lines[max(first - before - 1, 0) : last - before]).rstrip("\r\n")

    def _lines(self, text: str) -> io.StringIO:
        self.has_nul = self.has_nul or "\0" in text
        self._block, self._lines_before = text, self.reader.line_num
        self.characters += len(text)
        return io.StringIO(text, newline="")

    def _wrong_encoding(self, reason: UnicodeDecodeError) -> Broken:
        # The reader has taken every whole line before the byte, so the byte is on the next one.
        return Broken(
            "csv.encoding",
            _(
                "Byte {byte} here is not {encoding}. Save the file as UTF-8, "
                "or name its encoding in the mapping."
            ),
            line=self.reader.line_num + 1,
            byte=f"0x{reason.object[reason.start]:02x}",
            encoding=self._encoding.removesuffix("-sig").upper(),
        )


def _good_part(decoder: codecs.IncrementalDecoder, raw: bytes, reason: UnicodeDecodeError) -> str:
    """The text before the byte at which decoding stopped."""
    end = reason.start - (len(reason.object) - len(raw))
    try:
        return decoder.decode(raw[:end]) if end > 0 else ""
    except UnicodeDecodeError:
        return ""


def _last_line_end(text: str) -> int:
    """Just after the last line end; a final CR may be half of one that is still to come."""
    return text.rfind("\n") + 1 or text.rfind("\r", 0, len(text) - 1) + 1
