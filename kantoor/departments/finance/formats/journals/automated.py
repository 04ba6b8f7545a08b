"""Automated transactions of ledger: postings that are added to entries whose accounts match."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.journals.names import pattern
from kantoor.departments.finance.formats.journals.numbers import EXACT, Reading
from kantoor.departments.finance.formats.journals.postings import read_posting
from kantoor.departments.finance.formats.journals.values import (
    Amount,
    Entry,
    Posting,
    Unreadable,
)

Test = Callable[[Entry, Posting], bool]
_WORD = re.compile(r"""\s*(/(?:[^/\\]|\\.)*/|"[^"]*"|'[^']*'|[()&|!]|[^\s()&|!]+)""")


@dataclass
class Automated:
    """A rule with the postings it adds, each with the text that its amount is written in."""

    matches: Test
    line: int
    postings: list[tuple[Posting, bool]] = field(default_factory=list)

    def add(self, text: str, line: int, amounts: Reading) -> None:
        """One of its postings; raises Unreadable."""
        body = text.split(";", 1)[0]
        if (
            "$account" in body
            or "%(" in body
            or re.search(r"\(.*[a-z_]+.*\)\s*$", _amount_of(body))
        ):
            message = _("An automated posting with an expression of its own is not understood.")
            raise Unreadable("automated", message, line)
        multiplied = re.sub(r"^\s*([^\s*].*?)(  +|\t+)\*", r"\1\2", body)
        made = read_posting(multiplied, line, amounts, lots=True)
        self.postings.append((made, made.amount is not None and not made.amount.commodity))

    def apply(self, entry: Entry) -> list[Posting]:
        """The postings that it adds to an entry."""
        added = []
        for posting in entry.postings:
            if posting.amount is None or not self.matches(entry, posting):
                continue
            for made, share in self.postings:
                amount = made.amount
                if amount is not None and share:
                    quantity = EXACT.multiply(amount.quantity, posting.amount.quantity)
                    amount = Amount(quantity, posting.amount.commodity)
                added.append(
                    Posting(made.account, amount, made.cost, made.virtual, made.line, inferred=True)
                )
        return added


def _amount_of(text: str) -> str:
    parts = re.split(r"  +|\t+", text.strip(), maxsplit=1)
    return parts[1] if len(parts) > 1 else ""


def read_rule(text: str, line: int) -> Automated:
    """The rule of a line that begins with `=`; raises Unreadable."""
    words = _WORD.findall(text.split(";", 1)[0])
    if not words or len(words) > 50:
        raise Unreadable("automated", _("The rule of an automated transaction says nothing."), line)
    parser = _Rule([word.strip() for word in words], line)
    found = parser.any_of()
    if parser.words:
        raise parser.unknown(parser.words[0])
    return Automated(found, line)


class _Rule:
    def __init__(self, words: list[str], line: int) -> None:
        self.words = words
        self.line = line

    def unknown(self, word: str) -> Unreadable:
        message = _("“{word}” in an automated transaction is not understood.")
        return Unreadable("automated", message.format(word=word[:40]), self.line)

    def any_of(self, depth: int = 0) -> Test:
        if depth > 10:
            raise self.unknown("(")
        tests = [self.all_of(depth)]
        while self.words and self.words[0] not in (")",):
            # Words beside each other are alternatives, as in a query at the command line.
            if self.words[0] in ("or", "|"):
                self.words.pop(0)
            tests.append(self.all_of(depth))
        return lambda entry, posting: any(test(entry, posting) for test in tests)

    def all_of(self, depth: int) -> Test:
        tests = [self.one(depth)]
        while self.words and self.words[0] in ("and", "&"):
            self.words.pop(0)
            tests.append(self.one(depth))
        return lambda entry, posting: all(test(entry, posting) for test in tests)

    def one(self, depth: int) -> Test:
        if not self.words:
            raise self.unknown("and")
        word = self.words.pop(0)
        if word in ("not", "!"):
            test = self.one(depth + 1) if depth < 10 else self.one(11)
            return lambda entry, posting: not test(entry, posting)
        if word == "(":
            inner = self.any_of(depth + 1)
            if not self.words or self.words.pop(0) != ")":
                raise self.unknown("(")
            return inner
        if word in ("expr", "any", "all", "show", "only", "has") or word[0] in "%=":
            raise self.unknown(word)
        on_payee = word.startswith("@") or word in ("payee", "desc")
        if word in ("payee", "desc", "account", "acct"):
            if not self.words:
                raise self.unknown(word)
            word = self.words.pop(0)
        made = pattern(word.lstrip("@").strip("/\"'"), self.line)
        if on_payee:
            return lambda entry, _posting: bool(made.search(entry.payee or entry.text))
        return lambda _entry, posting: bool(made.search(posting.account))
