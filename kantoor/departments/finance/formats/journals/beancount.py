"""Read Beancount's journals: entries with lots and prices, filled accounts, claimed balances.

What neither moves an amount nor is understood is named, never skipped in silence.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.journals.bean_booking import Booking
from kantoor.departments.finance.formats.journals.bean_claims import Claims
from kantoor.departments.finance.formats.journals.bean_lines import (
    ACCOUNT,
    DATE,
    STRING,
    Cursor,
    read_day,
    read_posting,
    without_remark,
)
from kantoor.departments.finance.formats.journals.bean_values import (
    BeanEntry,
    Claim,
    Options,
    Pad,
)
from kantoor.departments.finance.formats.journals.text import lines_of
from kantoor.departments.finance.formats.journals.values import (
    Book,
    Declared,
    Entry,
    Problem,
    Unreadable,
)

MOST_PROBLEMS = 1_000
MOST_POSTINGS = 100_000
LONGEST_STRING = 64
"""Lines that one string can go over."""
KINDS = {"Assets": "A", "Liabilities": "L", "Equity": "E", "Income": "R", "Expenses": "X"}
HARMLESS = frozenset(
    [
        "note",
        "document",
        "event",
        "query",
        "price",
        "custom",
        "commodity",
        "pushtag",
        "poptag",
        "pushmeta",
        "popmeta",
    ]
)
CHECKING = frozenset(
    [
        "auto",
        "auto_accounts",
        "check_average_cost",
        "check_closing",
        "check_commodity",
        "check_drained",
        "coherent_cost",
        "commodity_attr",
        "implicit_prices",
        "leafonly",
        "noduplicates",
        "nounused",
        "onecommodity",
        "pedantic",
        "sellgains",
        "unique_prices",
        "currency_accounts_check",
    ]
)
"""Plugins that check or name something and change no entry."""
_TRANSACTION = re.compile(r"(?:txn|[*!&#?%A-Z])(?=\s|$)")
_META = re.compile(r"\s+[a-z][A-Za-z0-9_-]*:(?:\s|$)")


def read_beancount(content: bytes) -> Book:
    """The journal, with what is wrong in it; raises nothing."""
    reader = _Reader(Book("beancount"))
    try:
        reader.read(_whole_lines(lines_of(content)))
    except Unreadable as fault:
        reader.problem(fault, 1)
    reader.finish()
    return reader.book


def _whole_lines(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines, those put together that one string goes over."""
    for number, text in lines:
        joined, count = [text], 0
        open_now = _in_string(text, False)
        while open_now and count < LONGEST_STRING:
            following = next(lines, None)
            if following is None:
                break
            count += 1
            joined.append(following[1])
            open_now = _in_string(following[1], True)
        if open_now and count >= LONGEST_STRING:
            raise Unreadable("string", _("A string does not end."), number)
        yield number, "\n".join(joined)


def _in_string(text: str, inside: bool) -> bool:
    if not inside and '"' not in text:
        return False
    before = ""
    for sign in text:
        if sign == '"' and before != "\\":
            inside = not inside
        elif sign == ";" and not inside:
            break
        before = "" if before == "\\" else sign
    return inside


class _Reader:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.options = Options()
        self.written: list[BeanEntry] = []
        self.pads: list[Pad] = []
        self.claims: list[Claim] = []
        self.methods: dict[str, str] = {}
        self.entry: BeanEntry | None = None
        self.inside = False

    def problem(self, fault: Unreadable, line: int, grave: bool = True) -> None:
        if len(self.book.problems) < MOST_PROBLEMS:
            self.book.problems.append(Problem(fault.code, fault.message, fault.line or line, grave))

    def read(self, lines: Iterator[tuple[int, str]]) -> None:
        for number, text in lines:
            try:
                self._line(number, text)
            except Unreadable as fault:
                self.problem(fault, number)
                if self.entry is not None and text[:1].isspace():
                    self.written.remove(self.entry)
                    self.entry = None

    def _line(self, number: int, text: str) -> None:
        if not text.strip():
            self.entry, self.inside = None, False
        elif text[0].isspace():
            self._indented(number, text)
        elif text[0] in ";*#:!&?%":
            self.entry, self.inside = None, True
        else:
            self.entry, self.inside = None, True
            if DATE.match(text):
                self._dated(number, text)
            else:
                self._directive(number, text)

    def _indented(self, number: int, text: str) -> None:
        bare = text.strip()
        if bare[0] in ";" or _META.match(text) or bare[0] in "#^":
            return
        if self.entry is None:
            if not self.inside:
                raise Unreadable("stray", _("This line belongs to no entry."))
            return
        if len(self.entry.postings) >= MOST_POSTINGS:
            raise Unreadable("size", _("The entry has more postings than an entry can have."))
        self.entry.postings.append(read_posting(text, number))

    def _dated(self, number: int, text: str) -> None:
        day = read_day(text)
        found = DATE.match(text)
        assert found is not None
        rest = text[found.end() :].lstrip()
        if _TRANSACTION.match(rest):
            strings = [each.replace('\\"', '"') for each in STRING.findall(without_remark(rest))]
            words = [" ".join(each.split()) for each in strings]
            payee = words[0] if len(words) > 1 else ""
            entry = Entry(day, words[-1] if words else "", number, payee=payee)
            self.entry = BeanEntry(entry, [])
            self.written.append(self.entry)
            return
        word = rest.split(None, 1)[0] if rest else ""
        body = without_remark(rest[len(word) :])
        if word in HARMLESS:
            return
        account = Cursor(body).taken(ACCOUNT)
        if word not in ("open", "close", "balance", "pad"):
            message = _("The directive “{word}” is not known.").format(word=word[:40])
            raise Unreadable("directive", message)
        if account is None:
            raise Unreadable("account", _("There is no account on this line."))
        if word == "open":
            self._open(account[0], body, number)
        elif word == "pad":
            source = ACCOUNT.search(body, account.end())
            if source is None:
                raise Unreadable("account", _("There is no account on this line."))
            self.pads.append(Pad(day, account[0], source[0], number))
        elif word == "balance":
            self._claim(day, account[0], Cursor(body[account.end() :]), number)

    def _open(self, name: str, body: str, number: int) -> None:
        kind = KINDS.get(name.partition(":")[0], "")
        self.book.accounts[name] = Declared(name, kind, "", number)
        if found := STRING.search(body):
            self.methods[name] = found[1]

    def _claim(self, day: object, account: str, cursor: Cursor, line: int) -> None:
        number = cursor.number()
        tolerance = None
        if cursor.peek() == "~":
            cursor.at += 1
            tolerance = cursor.number()
        currency = cursor.currency()
        if number is None or not currency:
            raise cursor.unreadable()
        self.claims.append(Claim(day, account, number, currency, tolerance, line))  # type: ignore[arg-type]

    def _directive(self, number: int, text: str) -> None:
        word = text.split(None, 1)[0]
        strings = STRING.findall(text)
        if word == "option":
            self._option(strings)
        elif word == "plugin":
            self._plugin(strings, number)
        elif word == "include":
            words = _("The directive “{word}” is not followed; what it stands for is missing.")
            raise Unreadable("directive", words.format(word=word))
        elif word not in HARMLESS:
            message = _("The directive “{word}” is not known.").format(word=word[:40])
            raise Unreadable("directive", message)

    def _plugin(self, strings: list[str], number: int) -> None:
        name = strings[0] if strings else ""
        if name.startswith("beancount.plugins.") and name.rpartition(".")[2] in CHECKING:
            return
        message = _("The plugin {name} may change entries and is not run.").format(name=name[:60])
        self.problem(Unreadable("plugin", message), number, grave=False)

    def _option(self, strings: list[str]) -> None:
        name, value = [*strings, "", ""][:2]
        try:
            if name == "booking_method":
                self.options = replace(self.options, booking=value)
            elif name in ("inferred_tolerance_multiplier", "tolerance_multiplier"):
                self.options = replace(self.options, multiplier=Decimal(value))
            elif name == "infer_tolerance_from_cost":
                self.options = replace(self.options, from_cost=value.lower() in ("true", "1"))
            elif name == "inferred_tolerance_default":
                currency, _colon, number = value.partition(":")
                pair = (currency, Decimal(number))
                self.options = replace(self.options, tolerances=(*self.options.tolerances, pair))
        except InvalidOperation:
            message = _("“{text}” is no amount.").format(text=value[:40])
            raise Unreadable("option", message) from None

    def finish(self) -> None:
        """Book the entries in order of date, then fill and check claimed balances."""
        booking = Booking(self.options)
        booking.methods = self.methods
        for written in sorted(self.written, key=lambda each: each.entry.date):
            if not written.postings:
                continue
            try:
                written.entry.postings = booking.book(written)
            except Unreadable as fault:
                self.problem(fault, written.entry.line)
                continue
            self.book.entries.append(written.entry)
        claims = Claims(self.book.entries, self.options)
        made, faults = claims.settle(self.pads, self.claims)
        self.book.entries.extend(made)
        for wrong in faults:
            self.problem(wrong, wrong.line)
        self.book.entries.sort(key=lambda each: (each.date, each.line))
