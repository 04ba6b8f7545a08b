"""Read journal entries from CSV: `entry,date,account,amount,currency,text[,party][,dimension…]`.

Rows of one entry stand together; `amount` is signed, in minor units of `currency`. Columns that
may be there too: `journal`, `reference`, `entry_text` (of the entry as a whole; without these the
reference is what stands in `entry`, the text that of its first row), `base_amount` (minor units
of the company's currency, where `currency` is another), `tax` (a tax code) and `tax_base` (the base
in minor units, where no row of the entry is it), `origin` and `reverses` (as an export has them). Any other column is a dimension. Commas or semicolons, plain or gzip, UTF-8.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts import MOST_LINES, EntryDraft, LineDraft
from kantoor.departments.finance.errors import (
    AmountOutOfRange,
    EmptyEntry,
    TornEntry,
)
from kantoor.departments.finance.readers.columns import Columns, columns_of
from kantoor.departments.finance.readers.first_seen import FirstSeen
from kantoor.departments.finance.readers.text_lines import sha256_of, text_lines
from kantoor.kernel.errors import DomainError, InvalidInput, Refusals
from kantoor.kernel.money import LARGEST

MOST = 20
"""So many faults are said at once."""
LOOK_ON = 50_000
"""So many rows are looked at for more faults after the first."""
INTEGER = re.compile(r"[+-]?[0-9]{1,30}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class PostFile:
    """A file of entries. Iterating reads it from the beginning, in bounded memory.

    Raises, each with its line: InvalidInput (no file, no table, no UTF-8, a column, a date),
    AmountOutOfRange, MissingRate, TornEntry; or Refusals with up to twenty of them.
    """

    def __init__(self, path: Path, own_currency: str) -> None:
        self.path = path
        self.own_currency = own_currency

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the file as it lies there."""
        return sha256_of(self.path)

    def __repr__(self) -> str:
        return f"PostFile({self.sha256})"

    def __iter__(self) -> Iterator[EntryDraft]:
        rows = _rows(self.path)
        header = next(rows, None)
        if header is None:
            raise InvalidInput(_("The file is empty."), field="file", line=1)
        with FirstSeen() as seen:
            reading = _Reading(columns_of(header[1]), self.own_currency, seen)
            yield from reading.entries(rows)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with the line that each ends on; empty lines are passed over."""
    lines = text_lines(path)
    first = next(lines, "")
    semicolons = ";" in first and "," not in first
    reader = csv.reader(_after(first, lines), delimiter=";" if semicolons else ",", strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InvalidInput(_why(error), field="file", line=reader.line_num or 1) from None
        if row:
            yield reader.line_num, row


def _why(error: csv.Error) -> str:
    """What the reader found, in words of ours: its own are English only."""
    if "unexpected end" in str(error):
        return gettext("A quotation mark that opens here or before is never closed.")
    if "field larger" in str(error):
        return gettext("A field is too long; is a quotation mark not closed?")
    return gettext("A quotation mark inside a field must be written twice.")


def _after(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


@dataclass(slots=True)
class _Begun:
    """An entry whose rows are being read."""

    key: str
    line: int
    date: date
    text: str
    journal: str
    reference: str
    lines: list[LineDraft] = field(default_factory=list)

    def draft(self) -> EntryDraft:
        return EntryDraft(
            date=self.date,
            lines=self.lines,
            text=self.text,
            journal=self.journal,
            reference=self.reference,
        )


class _Reading:
    """Turns rows into entries. After a first fault it only looks for more."""

    def __init__(self, columns: Columns, own_currency: str, seen: FirstSeen) -> None:
        self.columns = columns
        self.own = own_currency
        self.seen = seen
        self.dates: dict[str, date] = {}
        self.faults: list[DomainError] = []

    def entries(self, rows: Iterator[tuple[int, list[str]]]) -> Iterator[EntryDraft]:
        begun: _Begun | None = None
        at_key = self.columns.entry
        left = LOOK_ON
        for number, row in self._sound(rows):
            if begun is not None and row[at_key].strip() != begun.key:
                if not self.faults:
                    yield begun.draft()
                begun = None
            try:
                if begun is None:
                    begun = self._begin(row, number)
                self._go_on(begun, row, number)
            except DomainError as fault:
                self.faults.append(fault)
            if self.faults:
                left -= 1
                if len(self.faults) == MOST or not left:
                    break
        if (again := self.seen.at_end()) is not None:
            self.faults.append(_torn(*again))
        if self.faults:
            raise self.faults[0] if len(self.faults) == 1 else Refusals(self.faults)
        if begun is not None:
            yield begun.draft()

    def _sound(self, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        """The rows with as many cells as there are columns."""
        width = self.columns.width
        try:
            for number, row in rows:
                if len(row) == width:
                    yield number, row
                    continue
                message = _("This row has {cells} cells, the first line names {columns} columns.")
                self.faults.append(
                    InvalidInput(message.format(cells=len(row), columns=width), line=number)
                )
                if len(self.faults) == MOST:
                    return
        except DomainError as fault:
            self.faults.append(fault)

    def _begin(self, row: Sequence[str], number: int) -> _Begun:
        columns = self.columns
        key = row[columns.entry].strip()
        if not key:
            raise InvalidInput(_("Say in each row which entry it is of."), field="entry", line=number)  # fmt: skip
        on = self._date(row[columns.date].strip(), number)
        begun = _Begun(
            key=key,
            line=number,
            date=on,
            text=row[columns.text if columns.entry_text is None else columns.entry_text],
            journal="" if columns.journal is None else row[columns.journal].strip(),
            reference=key if columns.reference is None else row[columns.reference],
        )
        if (again := self.seen.add(key, number)) is not None:
            self.faults.append(_torn(*again))
        return begun

    def _go_on(self, begun: _Begun, row: Sequence[str], number: int) -> None:
        columns = self.columns
        if begun.lines:
            self._same(begun, row, number)
            if len(begun.lines) == MOST_LINES:
                message = _("An entry has no more than {most} lines; make more entries of it.")
                raise EmptyEntry(message.format(most=MOST_LINES), field="entry", line=number)
        amount = _minor_units(row[columns.amount].strip(), "amount", number)
        currency = row[columns.currency].strip()
        said: int | None = None
        if columns.base_amount is not None and (base := row[columns.base_amount].strip()):
            said, amount = amount, _minor_units(base, "base_amount", number)
        elif currency and currency != self.own:
            # Reckoned at the rate of the day when it is posted.
            said, amount = amount, 0
        begun.lines.append(
            LineDraft(
                account=row[columns.account].strip(),
                amount=amount,
                currency=currency,
                currency_amount=said,
                party="" if columns.party is None else row[columns.party].strip(),
                dimensions={
                    name: value
                    for name, place in columns.dimensions
                    if (value := row[place].strip())
                },
                text=row[columns.text],
                tax="" if columns.tax is None else row[columns.tax].strip(),
                tax_base=self._tax_base(row, number),
                line=number,
            )
        )

    def _tax_base(self, row: Sequence[str], number: int) -> int | None:
        if self.columns.tax_base is None or not (said := row[self.columns.tax_base].strip()):
            return None
        return _minor_units(said, "tax_base", number)

    def _same(self, begun: _Begun, row: Sequence[str], number: int) -> None:
        """Refuse a row that says another date, journal, reference or text of its entry."""
        columns = self.columns
        said = [("date", row[columns.date].strip(), begun.date.isoformat())]
        if columns.journal is not None:
            said.append(("journal", row[columns.journal].strip(), begun.journal))
        if columns.reference is not None:
            said.append(("reference", row[columns.reference], begun.reference))
        if columns.entry_text is not None:
            said.append(("entry_text", row[columns.entry_text], begun.text))
        for name, here, there in said:
            if here and here != there:
                words = _("Entry {entry} has “{there}” here on line {line}; an entry has one.")
                message = words.format(entry=begun.key, there=there, line=begun.line)
                raise TornEntry(message, field=name, line=number)

    def _date(self, text: str, number: int) -> date:
        if (known := self.dates.get(text)) is not None:
            return known
        if not DAY.fullmatch(text):
            message = _("“{text}” is no date; write it as 2011-01-31.").format(text=text[:30])
            raise InvalidInput(message, field="date", line=number)
        try:
            self.dates[text] = date.fromisoformat(text)
        except ValueError:
            message = _("There is no {text} in the calendar.").format(text=text)
            raise InvalidInput(message, field="date", line=number) from None
        return self.dates[text]


def _torn(key: str, number: int) -> TornEntry:
    message = _("Entry {entry} began earlier, and another stands between; put its rows together.")
    return TornEntry(message.format(entry=key), field="entry", line=number)


def _minor_units(text: str, name: str, number: int) -> int:
    if INTEGER.fullmatch(text):
        value = int(text)
        if -LARGEST <= value <= LARGEST:
            return value
        raise AmountOutOfRange(_("The amount is beyond 64 bits."), field=name, line=number)
    if re.fullmatch(r"[+-]?[0-9]*[.,][0-9]+", text):
        hint = _("Amounts are in minor units without decimals: “1250” is 12.50, not “{text}”.")
        raise AmountOutOfRange(hint.format(text=text[:30]), field=name, line=number)
    if text.lstrip("+-").isdigit():
        raise AmountOutOfRange(_("The amount is beyond 64 bits."), field=name, line=number)
    message = _("“{text}” is no whole number of minor units.").format(text=text[:30])
    raise InvalidInput(message, field=name, line=number)
