"""Reference rates of the European Central Bank, as it publishes them: CSV and XML, plain or zip.

What one euro cost in each currency, by day (ecb.europa.eu/stats/eurofxref: `eurofxref.csv`,
`eurofxref-hist.csv`, `eurofxref-daily.xml`, `eurofxref-hist.xml`, and their zips).
"""

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

MOST_BYTES = 64 * 2**20
"""Unpacked. The whole history since 1999 is under 4 MB."""
MOST_RATES = 1_000_000
DEEPEST = 10
"""Elements of XML within each other; the bank's files have four."""
CURRENCY = re.compile(r"[A-Z]{3}")
RATE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
NONE = ("", "N/A")
"""What stands where a currency had no rate that day."""


class QuotedRate(NamedTuple):
    """What one euro cost in a currency on a day, and the line it stood on."""

    currency: str
    date: date
    rate: Decimal
    line: int


class UnreadableRates(Exception):
    """Not a file of rates; `line` is where, if it is one line's fault."""

    def __init__(self, reason: object, line: int | None = None) -> None:
        super().__init__(str(reason))
        self.reason = str(reason)
        self.line = line


def read_rates(content: bytes) -> list[QuotedRate]:
    """The rates of a file; raises UnreadableRates and nothing else."""
    plain = _unpacked(content)
    if plain.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        rates = _of_xml(plain)
    else:
        rates = list(_of_csv(plain))
    if not rates:
        raise UnreadableRates(_("there is no rate in it"))
    return rates


def _unpacked(content: bytes) -> bytes:
    try:
        if content[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                return _bounded(packed.read(MOST_BYTES + 1))
        if content[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = [
                    name for name in archive.namelist() if name.lower()[-4:] in (".csv", ".xml")
                ]
                if len(names) != 1:
                    raise UnreadableRates(_("a zip holds one file of rates, .csv or .xml"))
                with archive.open(names[0]) as packed:
                    return _bounded(packed.read(MOST_BYTES + 1))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError) as error:  # fmt: skip
        raise UnreadableRates(_("it can't be unpacked")) from error
    return _bounded(content)


def _bounded(content: bytes) -> bytes:
    if len(content) > MOST_BYTES:
        message = _("it is larger than {most} MB")
        raise UnreadableRates(message.format(most=MOST_BYTES // 2**20))
    return content


def _of_csv(content: bytes) -> Iterator[QuotedRate]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableRates(_("it is not UTF-8")) from None
    rows = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    try:
        head = [cell.strip() for cell in next(rows, [])]
        currencies = head[1:-1] if head and not head[-1] else head[1:]
        if head[:1] != ["Date"] or not all(CURRENCY.fullmatch(each) for each in currencies):
            raise UnreadableRates(_("its first line is not Date and then codes of currencies"), 1)
        if len(set(currencies)) != len(currencies):
            raise UnreadableRates(_("its first line names a currency twice"), 1)
        yield from _of_rows(rows, currencies)
    except csv.Error:
        raise UnreadableRates(_("it is not CSV"), rows.line_num) from None


def _of_rows(rows: "Iterator[list[str]]", currencies: list[str]) -> Iterator[QuotedRate]:
    count = 0
    for line, row in enumerate(rows, 2):
        if not row or row == [""]:
            continue
        cells = [cell.strip() for cell in row]
        if len(cells) == len(currencies) + 2 and not cells[-1]:
            cells.pop()
        if len(cells) != len(currencies) + 1:
            raise UnreadableRates(_("it has another number of cells than the first line"), line)
        on = _day(cells[0], line)
        for currency, cell in zip(currencies, cells[1:], strict=True):
            if cell not in NONE:
                count += 1
                yield QuotedRate(currency, on, _rate(cell, line), line)
        if count > MOST_RATES:
            raise _too_many(line)


class _Xml:
    """What the parser tells of the XML: `Cube` elements with a day, and within with a rate."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.rates: list[QuotedRate] = []
        self.on: date | None = None
        self.depth = 0

    def _begin(self, name: str, given: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self.depth += 1
        if self.depth > DEEPEST:
            raise UnreadableRates(_("it is nested too deep"), line)
        if name.rpartition(" ")[2] != "Cube":
            return
        if "time" in given:
            self.on = _day(given["time"], line)
        if "currency" in given:
            if self.on is None or not CURRENCY.fullmatch(given["currency"]):
                words = _("a rate has no day, or its currency is no code")
                raise UnreadableRates(words, line)
            rate = _rate(given.get("rate", ""), line)
            self.rates.append(QuotedRate(given["currency"], self.on, rate, line))
            if len(self.rates) > MOST_RATES:
                raise _too_many(line)

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def _refuse(self, *_declared: object) -> None:
        # It could hold entities; the bank's files have none.
        raise UnreadableRates(_("it declares a document type, which is not read"))


def _of_xml(content: bytes) -> list[QuotedRate]:
    xml = _Xml()
    try:
        xml.parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise UnreadableRates(_("it is not XML"), xml.parser.CurrentLineNumber) from None
    return xml.rates


def _day(text: str, line: int | None) -> date:
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise UnreadableRates(_("“{text}” is no date").format(text=text[:20]), line)


def _rate(text: str, line: int | None) -> Decimal:
    if not RATE.fullmatch(text) or not Decimal(text):
        message = _("“{text}” is no rate above nought with up to six decimals")
        raise UnreadableRates(message.format(text=text[:20]), line)
    return Decimal(text)


def _too_many(line: int | None) -> UnreadableRates:
    return UnreadableRates(_("it has more than {most} rates").format(most=MOST_RATES), line)
