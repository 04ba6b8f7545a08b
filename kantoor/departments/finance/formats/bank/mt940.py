"""MT940 (end of day) and MT942 (under way): SWIFT's statements with what the banks made of them.

Tags are taken from a list and not from the shape of a line: some banks break the text of :86:
where the next line happens to begin like a tag. Days, amounts and balances are read strictly.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.bank.information import Said, information
from kantoor.departments.finance.formats.bank.model import (
    Balance,
    BankEntry,
    BankFile,
    BankFileError,
    BankStatement,
    Part,
)
from kantoor.departments.finance.formats.bank.values import (
    currency_code,
    day,
    decoded,
    minor_units,
    one_line,
    value_day,
)

MOST_ENTRIES = 2_000_000
LONGEST_FIELD = 20_000
"""Characters of one tag; SWIFT allows 390 in :86:, some banks ten times that."""

_TAG = re.compile(
    r":(940|942|20|21|25P?|28C?|13D?|34F|60[FM]|61|86|62[FM]|64|65|90[CD]|NS):(.*)", re.DOTALL
)
_BALANCE = re.compile(r"([CD])(\d{2})(\d{2})(\d{2})([A-Z]{3})?([\d.,]+)")
_LINE = re.compile(
    r"(\d{2})(\d{2})(\d{2})(\d{4})?(R?[CD]|E[CD])([A-Z])?(\d{1,15}(?:,\d{0,4})?)(.*)", re.DOTALL
)
_REFERENCES = re.compile(r"([A-Z][A-Z0-9 ]{3})?([^\n]*?)(?://([^\n]*))?")
_SWIFT_HEAD = re.compile(r"\{[1235]:(?:[^{}]|\{[^{}]*\})*\}|\{4:")
_CENTURY = 80
"""Two digits below are of the 2000s."""


def looks_like_mt940(head: bytes) -> bool:
    """Whether the beginning of a file is that of such a message."""
    text = head.decode("latin-1")
    return bool(re.search(r"(^|\n):(20|25P?|28C?|60[FM]|61|62[FM]|64|86|940):", text)) or (
        "{4:" in text and "{1:F01" in text
    )


class _Field(NamedTuple):
    tag: str
    text: str
    line: int


def read_mt940(content: bytes) -> BankFile:
    """Read messages; raises BankFileError. Entries of a message without balances are read too."""
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    statements = [made for each in _messages(_fields(text)) if (made := each.statement())]
    if not statements:
        raise BankFileError("bank.empty", _("There is no statement in this file."))
    form = "mt942" if all(each.form == "mt942" for each in statements) else "mt940"
    return BankFile(form, tuple(statements))


def _fields(text: str) -> Iterator[_Field]:
    """The tags with their text, which may go over lines; a lone dash ends a message."""
    tag, lines, start = "", [""], 0
    size = 0
    for number, raw in enumerate(text.split("\n"), 1):
        bare = raw.strip("\x01\x03\x1a")
        if "{" in bare:
            bare = _SWIFT_HEAD.sub("", bare)
        ends = bare.strip() in ("-", "-}") or bare.startswith("-}")
        found = None if ends else _TAG.fullmatch(bare.lstrip())
        if found or ends:
            if tag:
                yield _Field(tag, "\n".join(lines), start)
            tag, lines, start, size = "", [], number, 0
        if ends:
            yield _Field("-", "", number)
        elif found:
            tag, lines, start = found[1], [found[2]], number
            size = len(found[2])
        elif tag:
            size += len(bare)
            if size > LONGEST_FIELD:
                message = _("The text of :{tag}: is longer than any bank writes.").format(tag=tag)
                raise BankFileError("bank.too_long", message, start)
            lines.append(bare)
    if tag:
        yield _Field(tag, "\n".join(lines), start)


def _messages(fields: Iterator[_Field]) -> Iterator["_Message"]:
    """The fields of each statement: a new one begins at :20:, or where the last was closed."""
    current: _Message | None = None
    count = 0
    for field in fields:
        if field.tag == "-":
            if current is not None:
                yield current
            current = None
            continue
        closed = current is not None and current.closing is not None
        if current is not None and (
            field.tag in ("20", "940", "942")
            or (closed and field.tag in ("25", "25P", "60F", "60M"))
        ):
            yield current
            following = _Message(field.line)
            if field.tag.startswith("60"):  # One head for several statements of an account.
                following.account, following.reference = current.account, current.reference
            current = following
        if current is None:
            current = _Message(field.line)
        current.take(field)
        if field.tag == "61":
            count += 1
            if count > MOST_ENTRIES:
                message = _("There are more than {most} entries.").format(most=MOST_ENTRIES)
                raise BankFileError("bank.too_many", message, field.line)
    if current is not None:
        yield current


class _Message:
    """One statement as its tags come in."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.reference = self.account = self.number = ""
        self.opening: Balance | None = None
        self.closing: Balance | None = None
        self.report = False
        self.entries: list[_Raw] = []
        self.currency = ""
        self.seen = False

    def take(self, field: _Field) -> None:
        """Take one tag."""
        tag, text, line = field
        if tag == "20":
            self.reference = one_line(text)
        elif tag in ("25", "25P"):
            self.account = one_line(text.partition("\n")[0])
        elif tag in ("28", "28C"):
            self.number = one_line(text)
        elif tag in ("60F", "60M"):
            if self.opening is None:
                self.opening = self._balance(text, tag == "60M", line)
        elif tag in ("62F", "62M"):
            self.closing = self._balance(text, tag == "62M", line)
        elif tag in ("34F", "13", "13D", "90C", "90D", "942"):
            self.report = True
            if tag == "34F" and not self.currency:
                self.currency = currency_code(text[:3], line)
        elif tag == "61":
            self.entries.append(_Raw(text, line))
        elif tag in ("86", "NS") and self.entries and self.closing is None:
            self.entries[-1].said.append((tag, text))
        self.seen = self.seen or tag in ("60F", "60M", "61", "62F", "62M", "13D", "34F")

    def _balance(self, text: str, interim: bool, line: int) -> Balance:
        bare = one_line(text).replace(" ", "")
        found = _BALANCE.fullmatch(bare)
        if not found:
            message = _("“{text}” is no balance.").format(text=bare[:40])
            raise BankFileError("bank.balance", message, line)
        sign, year, month, number, currency, amount = found.groups()
        currency = currency or self.currency
        if not currency:
            message = _("“{text}” has no currency.").format(text=bare[:40])
            raise BankFileError("bank.currency", message, line)
        if self.currency and currency != self.currency:
            words = _("The balances are in {one} and {other}.")
            said = words.format(one=self.currency, other=currency)
            raise BankFileError("bank.currency", said, line)
        self.currency = currency
        minor = minor_units(amount, currency, line)
        on = day(_year(year), int(month), int(number), year + month + number, line)
        return Balance(-minor if sign == "D" else minor, on, currency, interim)

    def statement(self) -> BankStatement | None:
        """The statement, when there was anything of one."""
        if not self.seen:
            return None
        report = self.report and self.closing is None
        if self.entries and not self.currency:
            self.currency = "EUR"  # A torn piece without balances; it is refused for those.
        made = [raw.entry(self.currency) for raw in self.entries]
        return BankStatement(
            form="mt942" if report else "mt940",
            kind="report" if report else "statement",
            account=self.account,
            currency=self.currency,
            identity=self.reference,
            number=self.number,
            opening=self.opening,
            closing=self.closing,
            entries=tuple(entry for entry in made if entry is not None),
            line=self.line,
        )


class _Raw:
    """The text of one :61: and what :86: and :NS: said of it."""

    def __init__(self, text: str, line: int) -> None:
        self.text, self.line = text, line
        self.said: list[tuple[str, str]] = []

    def entry(self, currency: str) -> BankEntry | None:
        """The entry; nothing for one that is only expected."""
        head, _newline, more = self.text.partition("\n")
        found = _LINE.fullmatch(head.strip())
        if not found:
            message = _("“{text}” is no line of a statement.").format(text=head[:60])
            raise BankFileError("bank.entry", message, self.line)
        year, month, number, booked, mark, _funds, amount, rest = found.groups()
        if mark.startswith("E"):
            return None
        minor = minor_units(amount, currency, self.line)
        signed = minor if mark in ("C", "RD") else -minor
        said_day = year + month + number
        valued = value_day(_year(year), int(month), int(number), said_day, self.line)
        on = _booked_on(valued, booked, self.line) if booked else valued
        references = _REFERENCES.fullmatch(rest)
        kind, own, bank = references.groups() if references else ("", rest, "")
        said = information([text for tag, text in self.said if tag == "86"], more)
        for text in [text for tag, text in self.said if tag == "NS"]:
            said = _german_notes(said, text)
        own = one_line(own or "")
        end_to_end = said.end_to_end or (own if own not in _NOTHING else "")
        return BankEntry(
            amount=signed,
            booked_on=on,
            valued_on=valued,
            currency=currency,
            reference=one_line(bank or ""),
            kind=one_line(said.kind or kind or ""),
            parts=(_part(said, signed, end_to_end, mark.startswith("R")),),
            line=self.line,
        )


_NOTHING = ("", "NONREF", "EREF", "KREF", "MREF", "PREF", "MARF", "X", "NOTPROVIDED")


def _part(said: Said, amount: int, end_to_end: str, reversal: bool) -> Part:
    return Part(
        amount=amount,
        text=one_line(said.text),
        name=one_line(said.name),
        iban=said.iban.replace(" ", "").upper(),
        bic=said.bic.replace(" ", "").upper(),
        end_to_end="" if end_to_end == "NOTPROVIDED" else one_line(end_to_end),
        mandate=one_line(said.mandate),
        creditor_reference=one_line(said.creditor_reference),
        original="",
        returned=one_line(said.returned) or ("REVERSAL" if reversal else ""),
    )


def _year(two: str) -> int:
    return int(two) + (2000 if int(two) < _CENTURY else 1900)


def _booked_on(valued: date, text: str, line: int) -> date:
    """The day of booking, given without its year: that which lies nearest to the value date."""
    month, number = int(text[:2]), int(text[2:])
    shift = 0
    if month == 1 and valued.month >= 11:
        shift = 1
    elif month >= 11 and valued.month <= 2:
        shift = -1
    return day(valued.year + shift, month, number, text, line)


def _german_notes(said: Said, text: str) -> Said:
    """:NS: of German banks: purpose in 01 to 14, the name in 15 and 16."""
    words, names = [], []
    for row in text.split("\n"):
        number, rest = row[:2], one_line(row[2:])
        if not number.isdigit() or not rest:
            continue
        if 1 <= int(number) <= 14:
            words.append(rest)
        elif number in ("15", "16"):
            names.append(rest)
    return said._replace(
        text=" ".join(filter(None, [said.text, *words])), name=said.name or "".join(names)
    )
