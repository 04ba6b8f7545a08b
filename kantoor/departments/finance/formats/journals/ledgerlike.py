"""Read the journals of ledger and hledger: one parser that knows where the two differ.

Ledger 3 applies automated transactions, adds lots up by their cost and takes entries in the order
of the file; hledger does none of the first two by itself and checks balances in order of date.
What neither moves an amount nor is understood is named, never skipped in silence.
"""

import datetime
import re
from collections.abc import Callable, Iterator

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.journals.automated import Automated, read_rule
from kantoor.departments.finance.formats.journals.balancing import Running, make_whole
from kantoor.departments.finance.formats.journals.names import Names
from kantoor.departments.finance.formats.journals.numbers import Reading, declared_mark
from kantoor.departments.finance.formats.journals.postings import (
    read_date,
    read_head,
    read_posting,
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
HARMLESS = frozenset(
    [
        "P",
        "N",
        "tag",
        "payee",
        "end-tag",
        "apply-tag",
        "apply-rate",
        "apply-fixed",
        "end-apply-tag",
        "end-apply-fixed",
        "end-apply-rate",
        "define",
        "def",
        "check",
        "assert",
        "expr",
        "eval",
        "import",
        "pop-alias",
    ]
)
"""Directives that move no amount: prices, names, remarks, checks of their own."""
STOPPING = frozenset(["include", "python", "i", "o", "I", "O", "b", "h", "C"])
"""Directives whose content would have to be read to know the amounts."""
_WORD = re.compile(r"[!@]?([A-Za-z][A-Za-z-]*)\s*(.*)", re.DOTALL)
_TYPE = re.compile(r"type:\s*([A-Za-z])")
Lines = Iterator[tuple[int, str]]


def read_ledgerlike(content: bytes, dialect: str, default_year: int | None = None) -> Book:
    """The journal, with what is wrong in it; raises nothing. `dialect` is ledger or hledger."""
    reader = _Reader(Book(dialect), default_year)
    try:
        reader.read(lines_of(content))
    except Unreadable as fault:
        reader.problem(fault, 1)
    reader.finish()
    return reader.book


class _Reader:
    def __init__(self, book: Book, default_year: int | None) -> None:
        self.book = book
        self.ledger = book.dialect == "ledger"
        self.year = default_year
        self.amounts = Reading(lax_comma=self.ledger)
        self.names = Names(deep=not self.ledger)
        self.rules: list[Automated] = []
        self.running = Running()
        self.bucket = ""
        self.block: Callable[[str, int], None] | None = None
        self.entry: Entry | None = None
        self.broken = False
        self.skipping = ""
        self.begun: list[Entry] = []

    def problem(self, fault: Unreadable, line: int, grave: bool = True) -> None:
        if len(self.book.problems) < MOST_PROBLEMS:
            self.book.problems.append(Problem(fault.code, fault.message, fault.line or line, grave))

    # --- lines

    def read(self, lines: Lines) -> None:
        for number, text in lines:
            if self.skipping:
                if text.strip() in (f"end {self.skipping}", "end"):
                    self.skipping = ""
                continue
            try:
                self._line(number, text)
            except Unreadable as fault:
                self.problem(fault, number)
        self._end_entry()

    def _line(self, number: int, text: str) -> None:
        if not text.strip():
            self._end_entry()
            self.block = None
            return
        if text[0] in " \t":
            self._indented(number, text)
            return
        self._end_entry()
        self.block = None
        first = text[0]
        if first in ";#*" or (first in "%|" and self.ledger):
            return
        if first.isdigit():
            self._begin(number, text)
        elif first == "=":
            self._automated(number, text[1:])
        elif first == "~":
            self._note("periodic", _("A periodic transaction is a plan; it is left out."), number)
            self.block = _nothing
        elif text.startswith("--"):
            self._note("option", _("An option of the command line is left out."), number)
        else:
            self._directive(number, text)

    def _note(self, code: str, message: object, number: int) -> None:
        self.problem(Unreadable(code, message), number, grave=False)

    def _indented(self, number: int, text: str) -> None:
        if self.block is not None:
            self.block(text, number)
            return
        if text.lstrip()[0] in ";#" or (text.lstrip()[0] in "%|*" and self.entry is None):
            return
        if self.entry is None:
            if not self.broken:
                raise Unreadable("stray", _("This line belongs to no entry."))
            return
        if len(self.entry.postings) >= MOST_POSTINGS:
            raise Unreadable("size", _("The entry has more postings than an entry can have."))
        posting = read_posting(text, number, self.amounts, lots=self.ledger)
        posting.account = self.names.full(posting.account)
        self.entry.postings.append(posting)

    def _begin(self, number: int, text: str) -> None:
        self.broken = True
        day, end, no_year = read_date(text, self.year)
        if no_year and self.year is not None:
            pass  # The year was said: by a directive, or by who reads.
        if text[end : end + 1] not in ("", " ", "\t", "="):
            raise Unreadable("date", _("The line begins with no date."))
        self.entry = read_head(text[end:], day, number)

    # --- entries

    def _end_entry(self) -> None:
        entry, self.entry = self.entry, None
        self.broken = False
        if entry is None or not entry.postings:
            return
        faulty = any(
            entry.line <= each.line <= entry.postings[-1].line and each.grave
            for each in self.book.problems[-20:]
        )
        if faulty:
            return
        if self.ledger:
            self._complete(entry)
        else:
            self.begun.append(entry)

    def _complete(self, entry: Entry) -> None:
        try:
            wrong = make_whole(entry, self.running, self.bucket)
        except Unreadable as fault:
            self.problem(fault, entry.line)
            return
        for posting, held in wrong:
            assert posting.assertion is not None
            message = _("The journal claims a balance of {claimed} on {account}; it is {held}.")
            said = message.format(
                claimed=f"{posting.assertion.amount.quantity:f} {posting.assertion.amount.commodity}",
                account=posting.account,
                held=f"{held:f}",
            )
            self.problem(Unreadable("assertion", said, posting.line), entry.line)
        self._add_automated(entry)
        self.book.entries.append(entry)

    def _add_automated(self, entry: Entry) -> None:
        added = [posting for rule in self.rules for posting in rule.apply(entry)]
        if not added:
            return
        before = list(entry.postings)
        for posting in added:
            posting.account = self.names.full(posting.account)
        whole = Entry(entry.date, entry.text, entry.line, postings=added)
        try:
            make_whole(whole, self.running)
        except Unreadable as fault:
            self.problem(fault, entry.line)
        entry.postings = [*before, *[each for each in whole.postings if each.amount is not None]]

    def finish(self) -> None:
        """What can only be said at the end: hledger balances in order of date."""
        for entry in sorted(self.begun, key=lambda each: each.date):
            self._complete(entry)
        self.book.entries.sort(key=lambda each: each.line)

    def _automated(self, number: int, text: str) -> None:
        if not self.ledger:
            message = _("Automated postings are left out, as hledger does unless told otherwise.")
            self._note("automated", message, number)
            self.block = _nothing
            return
        self.block = _nothing
        rule = read_rule(text, number)
        self.rules.append(rule)

        def posting(line: str, at: int) -> None:
            if line.lstrip()[0] not in ";#":
                rule.add(line, at, self.amounts)

        self.block = posting

    # --- directives

    def _directive(self, number: int, text: str) -> None:
        found = _WORD.match(text)
        if found is None:
            message = _("“{text}” can't be read here.").format(text=text[:40])
            raise Unreadable("line", message)
        word, rest = found[1], found[2].strip()
        if word != "account":
            rest = rest.split(" ;", 1)[0].strip()
        if word in ("apply", "end"):
            kind, _space, rest = rest.partition(" ")
            word = f"{word}-{kind}" if kind else word
            if kind == "apply" and rest:
                word = f"{word}-{rest.split()[0]}"
        made = getattr(self, "_" + word.replace("-", "_").lower() + "_", None)
        if word in HARMLESS:
            self.block = _nothing
        elif word in STOPPING:
            self.block = _nothing
            words = _("The directive “{word}” is not followed; what it stands for is missing.")
            raise Unreadable("directive", words.format(word=word))
        elif made is not None and (word in ("A", "D", "Y") or word.islower()):
            made(rest, number)
        else:
            self.block = _nothing
            message = _("The directive “{word}” is not known.").format(word=word[:40])
            raise Unreadable("directive", message)

    def _account_(self, rest: str, number: int) -> None:
        name, _ends, note = rest.partition("  ")
        name = self.names.full(re.split(r"\s;|\t", name, maxsplit=1)[0].strip())
        declared = Declared(name, "", note.strip("; \t"), number)
        self.book.accounts[name] = declared
        self._type_of(name, rest)

        def inside(line: str, at: int) -> None:
            word, _space, value = line.strip().partition(" ")
            if word == "alias" and value:
                self.names.add_alias(f"{value.strip()}={name}", at)
            elif word == "default":
                self.bucket = name
            self._type_of(name, line)

        self.block = inside

    def _type_of(self, name: str, text: str) -> None:
        if found := _TYPE.search(text):
            self.book.accounts[name] = self.book.accounts[name]._replace(kind=found[1].upper())

    def _commodity_(self, rest: str, number: int) -> None:
        symbol = "".join(re.findall(r'"[^"]*"|[^\s0-9.,;+\-]+', rest.split(";", 1)[0])[:1]).strip(
            '"'
        )
        if mark := declared_mark(re.sub(r'"[^"]*"', "", rest)):
            self.amounts.marks[symbol] = mark

        def inside(line: str, at: int) -> None:
            word, _space, value = line.strip().partition(" ")
            if word == "format" and (mark := declared_mark(re.sub(r'"[^"]*"', "", value))):
                self.amounts.marks[symbol] = mark

        self.block = inside

    def _decimal_mark_(self, rest: str, number: int) -> None:
        if rest not in (".", ","):
            raise Unreadable("directive", _("The decimal mark is a point or a comma."))
        self.amounts.mark = rest

    def _d_(self, rest: str, number: int) -> None:
        amount, _end = self.amounts.amount(rest)
        if mark := declared_mark(re.sub(r'"[^"]*"', "", rest)):
            self.amounts.marks.setdefault(amount.commodity, mark)
        if not self.ledger:
            self.amounts.default = amount.commodity

    def _y_(self, rest: str, number: int) -> None:
        if not re.fullmatch(r"[0-9]{4}", rest):
            raise Unreadable("year", _("A year has four digits."))
        self.year = max(int(rest), datetime.MINYEAR)

    _year_ = _apply_year_ = _y_

    def _a_(self, rest: str, number: int) -> None:
        self.bucket = self.names.full(rest)

    _bucket_ = _a_

    def _alias_(self, rest: str, number: int) -> None:
        self.names.add_alias(rest, number)

    def _apply_account_(self, rest: str, number: int) -> None:
        self.names.enter(rest)

    def _end_apply_account_(self, rest: str, number: int) -> None:
        self.names.leave()

    _end_account_ = _end_apply_account_

    def _end_aliases_(self, rest: str, number: int) -> None:
        self.names.forget()

    def _end_apply_(self, rest: str, number: int) -> None:
        self.names.leave()

    def _end_apply_year_(self, rest: str, number: int) -> None:
        pass

    _end_ = _end_apply_year_

    def _comment_(self, rest: str, number: int) -> None:
        self.skipping = "comment"

    def _test_(self, rest: str, number: int) -> None:
        self.skipping = "test"

    def _apply_(self, rest: str, number: int) -> None:
        raise Unreadable(
            "directive", _("The directive “{word}” is not known.").format(word="apply")
        )


def _nothing(_text: str, _number: int) -> None:
    """Lines of a block that moves no amount."""
