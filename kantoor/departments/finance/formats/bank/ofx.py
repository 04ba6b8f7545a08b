"""OFX: the statements of 1.x (SGML, tags left open) and 2.x (XML), read alike.

ofxtools converts to objects of the whole standard and refuses a file for a field that nobody
needs here; this takes the tags of statements from a stream of tokens, strictly where it counts
(dates and amounts), and never builds a tree.
"""

import html
import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.bank.model import (
    Balance,
    BankEntry,
    BankFile,
    BankFileError,
    BankStatement,
    Kind,
    Part,
)
from kantoor.departments.finance.formats.bank.values import (
    currency_code,
    day,
    minor_units,
    one_line,
)

MOST_ENTRIES = 2_000_000
LONGEST_VALUE = 4_000

_TOKEN = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9_.\-]{0,31})(?:\s[^<>]{0,200})?>([^<]*)")
_DECLARED = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{2,6}.{0,30})?(?:\[.{0,20}\])?")
_WHOLES: dict[str, Kind] = {
    "STMTRS": "statement",
    "CCSTMTRS": "statement",
    "INVSTMTRS": "investment",
}
_ACCOUNTS = ("BANKACCTFROM", "CCACCTFROM", "INVACCTFROM")
_INSIDE = ("PAYEE", "BANKACCTTO", "CCACCTTO", "CURRENCY", "ORIGCURRENCY", "LEDGERBAL", "AVAILBAL")


def looks_like_ofx(head: bytes) -> bool:
    """Whether the beginning of a file is that of OFX."""
    bare = head.replace(b"\0", b"")
    return b"OFXHEADER" in bare or b"<OFX>" in bare


def read_ofx(content: bytes) -> BankFile:
    """Read an OFX file; raises BankFileError."""
    text = _text_of(content)
    if _DECLARED.search(text):
        raise BankFileError("bank.xml", _("An OFX file has no document type or entities."))
    reader = _Reader()
    for closing, tag, value, line in _tokens(text):
        reader.see(closing, tag, value, line)
    form = "ofx2" if re.search(r"OFXHEADER\s*=\s*[\"']2", text[:2000]) else "ofx1"
    if not reader.statements:
        if reader.refusal:
            message = _("The bank gave no statement but an error: {why}.")
            raise BankFileError("bank.empty", message.format(why=reader.refusal))
        raise BankFileError("bank.empty", _("There is no statement in this file."))
    whole = [_named(each, form) for each in reader.statements]
    return BankFile(form, tuple(whole))


def _text_of(content: bytes) -> str:
    head = content[:2000].decode("latin-1").upper()
    name = "utf-8" if "UTF-8" in head or "UNICODE" in head or "OFXHEADER=" in head else "cp1252"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        name = "utf-16"
    text = content.decode(name, errors="replace")
    if "\0" in text:
        raise BankFileError("bank.encoding", _("This is no text: it has NUL bytes."))
    return text


def _tokens(text: str) -> Iterator[tuple[bool, str, str, int]]:
    line, place = 1, 0
    for found in _TOKEN.finditer(text):
        line += text.count("\n", place, found.start())
        place = found.start()
        value = found[3].strip()
        if len(value) > LONGEST_VALUE:
            message = _("The text of {tag} is longer than any bank writes.").format(tag=found[2])
            raise BankFileError("bank.too_long", message, line)
        yield bool(found[1]), found[2].upper(), html.unescape(value), line


class _Reader:
    """What was seen so far: the statement, the transaction and the aggregate one is in."""

    def __init__(self) -> None:
        self.statements: list[BankStatement] = []
        self.refusal = self.severity = ""
        self.kind: Kind | None = None
        self.line = 0
        self.inside = ""
        self.whole: dict[str, str] = {}
        self.entry: dict[str, str] | None = None
        self.entry_line = 0
        self.entries: list[BankEntry] = []

    def see(self, closing: bool, tag: str, value: str, line: int) -> None:
        """Take one tag."""
        if tag in _WHOLES:
            self._whole(closing, tag, line)
        elif self.kind is None:
            if not closing and tag in ("SEVERITY", "MESSAGE"):
                if tag == "SEVERITY":
                    self.severity = value
                elif self.severity == "ERROR":
                    self.refusal = one_line(value)[:160]
        elif tag == "STMTTRN":
            self._transaction(closing, line)
        elif tag in _INSIDE or tag in _ACCOUNTS:
            self.inside = "" if closing else tag
        elif not closing and value:
            into = self.whole if self.entry is None else self.entry
            into.setdefault(f"{self.inside}.{tag}" if self.inside else tag, value)

    def _whole(self, closing: bool, tag: str, line: int) -> None:
        if not closing:
            self.kind, self.line = _WHOLES[tag], line
            self.whole, self.entries, self.entry, self.inside = {}, [], None, ""
            return
        if self.kind is not None:
            self.statements.append(self._statement())
        self.kind = None

    def _transaction(self, closing: bool, line: int) -> None:
        if not closing:
            self.entry, self.entry_line, self.inside = {}, line, ""
            return
        if self.entry is not None:
            self.entries.append(self._made(self.entry, self.entry_line))
            if len(self.entries) > MOST_ENTRIES:
                message = _("There are more than {most} entries.").format(most=MOST_ENTRIES)
                raise BankFileError("bank.too_many", message, line)
        self.entry, self.inside = None, ""

    def _currency(self, line: int) -> str:
        said = self.whole.get("CURDEF", "")
        return currency_code(said.upper(), line)

    def _made(self, entry: dict[str, str], line: int) -> BankEntry:
        currency = self._currency(line)
        if "DTPOSTED" not in entry:
            raise BankFileError("bank.date", _("A transaction has no date (DTPOSTED)."), line)
        if "TRNAMT" not in entry:
            raise BankFileError("bank.amount", _("A transaction has no amount (TRNAMT)."), line)
        on = _day(entry["DTPOSTED"], line)
        amount = minor_units(entry["TRNAMT"], currency, line)
        valued = entry.get("DTAVAIL") or entry.get("DTUSER")
        name = entry.get("NAME") or entry.get("PAYEE.NAME") or ""
        memo = entry.get("MEMO", "")
        other = entry.get("BANKACCTTO.ACCTID", "").replace(" ", "").upper()
        part = Part(
            amount=amount,
            text=one_line(memo or name),
            name=one_line(name),
            iban=other,
            bic=entry.get("BANKACCTTO.BANKID", "").strip(),
            end_to_end=one_line(entry.get("REFNUM") or entry.get("CHECKNUM") or ""),
            original=entry.get("ORIGCURRENCY.CURSYM", "")[:3],
        )
        return BankEntry(
            amount=amount,
            booked_on=on,
            valued_on=_day(valued, line) if valued else on,
            currency=currency,
            reference=one_line(entry.get("FITID", "")),
            kind=one_line(entry.get("TRNTYPE", "")),
            parts=(part,),
            line=line,
        )

    def _statement(self) -> BankStatement:
        whole, line = self.whole, self.line
        account = next(
            (whole[f"{each}.ACCTID"] for each in _ACCOUNTS if f"{each}.ACCTID" in whole), ""
        )
        closing = None
        if self.kind == "statement" and "LEDGERBAL.BALAMT" in whole:
            currency = self._currency(line)
            on = whole.get("LEDGERBAL.DTASOF") or whole.get("DTEND", "")
            amount = minor_units(whole["LEDGERBAL.BALAMT"], currency, line)
            closing = Balance(amount, _day(on, line), currency)
        starts, ends = whole.get("DTSTART"), whole.get("DTEND")
        return BankStatement(
            form="",
            kind=self.kind or "statement",
            account=account,
            currency=whole.get("CURDEF", "").upper(),
            identity=f"{account}/{(ends or whole.get('LEDGERBAL.DTASOF', ''))[:8]}",
            number="",
            opening=None,
            closing=closing,
            entries=tuple(self.entries),
            starts_on=_day(starts, line) if starts else None,
            ends_on=_day(ends, line) if ends else None,
            line=line,
        )


def _named(statement: BankStatement, form: str) -> BankStatement:
    from msgspec.structs import replace

    return replace(statement, form=form)


def _day(text: str, line: int) -> date:
    found = _DATE.fullmatch(text.strip())
    if not found:
        message = _("“{text}” is no date.").format(text=text[:40])
        raise BankFileError("bank.date", message, line)
    return day(int(found[1]), int(found[2]), int(found[3]), text, line)
