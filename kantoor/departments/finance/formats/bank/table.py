"""CSV of banks, by a mapping: a TOML file that says which column means what.

Mappings that come with Kantoor lie in `mappings/`; the first whose header (or, for files without
one, whose first row) fits is taken. A file with the balance after each row is proved by it, one
with neither balances nor totals can't be.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.bank.model import (
    Balance,
    BankEntry,
    BankFile,
    BankFileError,
    BankStatement,
    Part,
)
from kantoor.departments.finance.formats.bank.values import (
    EARLIEST,
    LATEST,
    currency_code,
    decoded,
    minor_units,
    one_line,
)

FOLDER = Path(__file__).parent / "mappings"
MOST_ROWS = 2_000_000
MOST_COLUMNS = 200


class Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which column means what: names of the header, or places from 1 where there is none."""

    account: str | int
    date: str | int
    amount: str | int
    currency: str | int | None = None
    valued_on: str | int | None = None
    sign: str | int | None = None
    name: str | int | None = None
    iban: str | int | None = None
    bic: str | int | None = None
    text: list[str | int] = []
    kind: str | int | None = None
    reference: str | int | None = None
    end_to_end: str | int | None = None
    mandate: str | int | None = None
    creditor_reference: str | int | None = None
    returned: str | int | None = None
    balance_after: str | int | None = None
    balance_before: str | int | None = None


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one bank writes its CSV. `first_row` recognises files without a header."""

    name: str
    title: str
    date: str
    columns: Columns
    delimiter: str = ","
    header: bool = True
    skip: int = 0
    debit: list[str] = []
    decimal: str = ","
    currency: str = ""
    newest_first: bool = False
    first_row: list[str] = []


@cache
def mappings() -> tuple[Mapping, ...]:
    """The mappings that come with Kantoor, by name."""
    return tuple(read_mapping(path.read_bytes()) for path in sorted(FOLDER.glob("*.toml")))


def read_mapping(content: bytes) -> Mapping:
    """A mapping from its TOML; raises BankFileError."""
    try:
        return msgspec.convert(tomllib.loads(content.decode()), Mapping)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        message = _("The mapping can't be read: {why}.").format(why=str(error)[:160])
        raise BankFileError("bank.mapping", message) from None


def read_table(content: bytes, name: str) -> BankFile:
    """Read a CSV by the mapping of that name, or by the one that fits; raises BankFileError."""
    text = decoded(content)
    known = {each.name: each for each in mappings()}
    if name and name not in known:
        message = _("There is no mapping “{name}”; there are: {known}.")
        said = message.format(name=name[:40], known=", ".join(known))
        raise BankFileError("bank.mapping", said)
    mapping = known[name] if name else _fitting(text)
    if mapping is None:
        message = _("This is no CAMT, MT940 or OFX, and no CSV of a bank that is known here.")
        raise BankFileError("bank.form", message)
    return read_with(text, mapping)


def read_with(text: str, mapping: Mapping) -> BankFile:
    """Read a CSV's text by a mapping; raises BankFileError."""
    rows = _rows(text, mapping)
    header = next(rows, (0, ()))[1] if mapping.header else None
    places = _places(mapping, header)
    accounts: dict[tuple[str, str], list[_Row]] = {}
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        made = _row(mapping, places, row, line)
        accounts.setdefault((made.account, made.entry.currency), []).append(made)
    if not accounts:
        raise BankFileError("bank.empty", _("There is no row in this file."))
    form = f"csv/{mapping.name}"
    found = [_statement(form, mapping, key, each) for key, each in accounts.items()]
    return BankFile(form, tuple(found))


class _Row(msgspec.Struct, frozen=True):
    account: str
    entry: BankEntry
    before: int | None
    after: int | None


def _fitting(text: str) -> Mapping | None:
    for mapping in mappings():
        try:
            rows = _rows(text[:20_000], mapping)
            _line, first = next(rows)
            if mapping.header:
                _places(mapping, first)
                return mapping
        except (BankFileError, StopIteration):
            continue
        if len(first) >= len(mapping.first_row) and all(
            re.fullmatch(pattern, cell.strip())
            for pattern, cell in zip(mapping.first_row, first, strict=False)
        ):
            return mapping
    return None


def _rows(text: str, mapping: Mapping) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mapping.delimiter)
    count = 0
    try:
        for row in reader:
            count += 1
            if count <= mapping.skip:
                continue
            if count > MOST_ROWS or len(row) > MOST_COLUMNS:
                message = _("There are more rows or columns than in any statement.")
                raise BankFileError("bank.too_many", message, reader.line_num)
            yield reader.line_num, row
    except csv.Error as error:
        broken = _("The CSV can't be read: {why}.").format(why=error)
        raise BankFileError("bank.csv", broken, reader.line_num) from None


def _places(mapping: Mapping, header: Sequence[str] | None) -> dict[str | int, int]:
    """Where each column stands; raises for one that isn't there."""
    names = {one_line(cell).casefold(): place for place, cell in enumerate(header or ())}
    found: dict[str | int, int] = {}
    for column in _columns(mapping.columns):
        if isinstance(column, int):
            found[column] = column - 1
        elif column.casefold() in names:
            found[column] = names[column.casefold()]
        else:
            message = _("There is no column “{column}”.").format(column=column)
            raise BankFileError("bank.csv", message, mapping.skip + 1)
    return found


def _columns(columns: Columns) -> Iterator[str | int]:
    for name in columns.__struct_fields__:
        value = getattr(columns, name)
        if isinstance(value, list):
            yield from value
        elif value is not None:
            yield value


def _row(mapping: Mapping, places: dict[str | int, int], row: Sequence[str], line: int) -> _Row:
    def cell(column: str | int | None) -> str:
        if column is None:
            return ""
        place = places[column]
        if place >= len(row):
            message = _("This row has {count} columns, too few.").format(count=len(row))
            raise BankFileError("bank.csv", message, line)
        return row[place].strip()

    columns = mapping.columns
    currency = currency_code(cell(columns.currency) or mapping.currency, line)
    amount = _amount(cell(columns.amount), mapping, currency, line)
    if columns.sign is not None and cell(columns.sign).casefold() in mapping.debit:
        amount = -abs(amount)
    on = _date(cell(columns.date), mapping.date, line)
    valued = cell(columns.valued_on)
    text = " ".join(filter(None, (cell(column) for column in columns.text)))
    part = Part(
        amount=amount,
        text=one_line(text),
        name=one_line(cell(columns.name)),
        iban=cell(columns.iban).replace(" ", "").upper(),
        bic=cell(columns.bic).replace(" ", "").upper(),
        end_to_end=one_line(cell(columns.end_to_end)),
        mandate=one_line(cell(columns.mandate)),
        creditor_reference=one_line(cell(columns.creditor_reference)),
        returned=one_line(cell(columns.returned)),
    )
    entry = BankEntry(
        amount=amount,
        booked_on=on,
        valued_on=_date(valued, mapping.date, line) if valued else on,
        currency=currency,
        reference=one_line(cell(columns.reference)),
        kind=one_line(cell(columns.kind)),
        parts=(part,),
        line=line,
    )
    after, before = cell(columns.balance_after), cell(columns.balance_before)
    return _Row(
        cell(columns.account),
        entry,
        _amount(before, mapping, currency, line) if before else None,
        _amount(after, mapping, currency, line) if after else None,
    )


def _amount(text: str, mapping: Mapping, currency: str, line: int) -> int:
    """An amount with the bank's decimal sign; the other one parts thousands."""
    thousands = "." if mapping.decimal == "," else ","
    bare = text.replace(" ", "")
    if thousands in bare:
        whole = bare.partition(mapping.decimal)[0].lstrip("+-")
        if not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+", whole):
            message = _("“{text}” is no amount.").format(text=text[:40])
            raise BankFileError("bank.amount", message, line)
        bare = bare.replace(thousands, "")
    return minor_units(bare, currency, line)


def _date(text: str, form: str, line: int) -> date:
    try:
        found = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, in no zone
    except ValueError:
        found = None
    if found is None or not EARLIEST <= found.year <= LATEST:
        message = _("“{text}” is no date.").format(text=text[:40])
        raise BankFileError("bank.date", message, line)
    return found


def _statement(
    form: str, mapping: Mapping, key: tuple[str, str], rows: list[_Row]
) -> BankStatement:
    """The rows of one account in their order, with what balances they give."""
    account, currency = key
    if mapping.newest_first and rows[0].entry.booked_on >= rows[-1].entry.booked_on:
        rows = rows[::-1]
    first, last = rows[0], rows[-1]
    opening = closing = None
    days = [row.entry.booked_on for row in rows]
    if last.after is not None:
        closing = Balance(last.after, max(days), currency)
    if first.before is not None:
        opening = Balance(first.before, min(days), currency)
    elif first.after is not None:
        opening = Balance(first.after - first.entry.amount, min(days), currency)
    return BankStatement(
        form=form,
        kind="statement",
        account=account,
        currency=currency,
        identity=f"{account}/{min(days)}/{max(days)}",
        number="",
        opening=opening,
        closing=closing,
        entries=tuple(row.entry for row in rows),
        starts_on=min(days),
        ends_on=max(days),
    )
