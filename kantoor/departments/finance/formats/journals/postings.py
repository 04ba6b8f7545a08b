"""One entry of a ledger or hledger journal: its head, its postings, their costs and claims."""

import datetime
import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.journals.numbers import EXACT, Expression, Reading
from kantoor.departments.finance.formats.journals.values import (
    Amount,
    Assertion,
    Entry,
    Posting,
    Unreadable,
    Virtual,
)

LONGEST_ACCOUNT = 300
_DATE = re.compile(r"(?:([0-9]{4,5})[-/.])?([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_HEAD = re.compile(r"(?:=\s*[0-9][0-9/.\-]*)?\s*(?:([*!])\s*)?(?:\(([^)\n]*)\))?\s*(.*)", re.DOTALL)
_ACCOUNT_ENDS = re.compile(r"  |\t|\s;")
_SKIPPED = {"[": "]", "(": ")"}


def read_date(text: str, year: int | None) -> tuple[datetime.date, int, bool]:
    """The date that a line begins with, where it ends, and whether its year was missing."""
    found = _DATE.match(text)
    if found is None:
        raise Unreadable("date", _("The line begins with no date."))
    if found[1] is None and year is None:
        raise Unreadable("year", _("The date has no year; say which year with `default_year`."))
    try:
        day = datetime.date(int(found[1] or year or 0), int(found[2]), int(found[3]))
    except ValueError:
        message = _("There is no {text} in the calendar.").format(text=found[0][:20])
        raise Unreadable("date", message) from None
    return day, found.end(), found[1] is None


def read_head(rest: str, day: datetime.date, line: int) -> Entry:
    """The entry that a first line begins, from what stands behind its date."""
    found = _HEAD.match(rest)
    assert found is not None
    text = re.split(r"(?:^|\s);", found[3], maxsplit=1)[0].strip()
    payee, bar, note = text.partition("|")
    return Entry(
        day,
        (note if bar else text).strip(),
        line,
        payee=payee.strip() if bar else "",
        reference=(found[2] or "").strip(),
    )


def read_posting(text: str, line: int, amounts: Reading, lots: bool) -> Posting:
    """A posting from its line; raises Unreadable. `lots` makes a lot's price its cost."""
    body = text.strip()
    if body[:1] in ("*", "!") and body[1:2] in (" ", "\t"):
        body = body[1:].lstrip()
    found = _ACCOUNT_ENDS.search(body)
    name, rest = (body[: found.start()], body[found.start() :]) if found else (body, "")
    account, virtual = _account(name)
    posting = Posting(account, None, virtual=virtual, line=line)
    return _Rest(posting, rest, amounts, lots).read()


def _account(name: str) -> tuple[str, Virtual]:
    name = name.strip()
    virtual: Virtual = ""
    if name.startswith("(") and name.endswith(")"):
        name, virtual = name[1:-1].strip(), "unbalanced"
    elif name.startswith("[") and name.endswith("]"):
        name, virtual = name[1:-1].strip(), "balanced"
    if not name or len(name) > LONGEST_ACCOUNT:
        raise Unreadable("account", _("There is no account on this line."))
    return name, virtual


class _Rest:
    """What stands behind the account: amount, lot, cost, claimed balance, remark."""

    def __init__(self, posting: Posting, text: str, amounts: Reading, lots: bool) -> None:
        self.posting = posting
        body, semicolon, remark = _without_remark(text)
        self.text = body
        self.at = 0
        self.amounts = amounts
        self.lots = lots
        if semicolon:
            posting.text = remark.strip()

    def read(self) -> Posting:
        posting = self.posting
        lot: Amount | None = None
        if self._next() and self._next() != "=":
            posting.amount = self._amount()
            while (sign := self._next()) and sign != "=":
                if sign == "{":
                    lot = self._lot()
                elif sign == "@" or self.text.startswith("(@", self.at):
                    posting.cost = self._cost()
                elif sign in _SKIPPED:
                    self._skip(_SKIPPED[sign])
                else:
                    raise self._unreadable()
        if self._next() == "=":
            posting.assertion = self._assertion()
        if self.lots and lot is not None:
            # Ledger adds up a lot by what it cost, and what is gained on it is income.
            posting.cost = lot
        return posting

    def _next(self) -> str:
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1
        return self.text[self.at : self.at + 1]

    def _amount(self) -> Amount:
        if self._next() == "(":
            value, self.at = Expression(self.text, self.at, self.amounts.amount).value()
        else:
            value, self.at = self.amounts.amount(self.text, self.at)
        return value

    def _times(self, price: Amount, whole: bool) -> Amount:
        amount = self.posting.amount
        assert amount is not None
        if whole:
            sign = -1 if amount.quantity < 0 else 1
            return Amount(abs(price.quantity) * sign, price.commodity)
        return Amount(EXACT.multiply(price.quantity, amount.quantity), price.commodity)

    def _lot(self) -> Amount | None:
        whole = self.text.startswith("{{", self.at)
        self.at += 2 if whole else 1
        if self._next() == "=":
            self.at += 1
        price = None
        if self._next() != "}":
            price = self._times(self._amount(), whole)
        close = self.text.find("}}" if whole else "}", self.at)
        if close < 0:
            raise self._unreadable()
        self.at = close + (2 if whole else 1)
        return price

    def _cost(self) -> Amount:
        found = re.compile(r"\(?(@@?)\)?").match(self.text, self.at)
        assert found is not None
        self.at = found.end()
        if self._next() == "=":
            self.at += 1
        return self._times(self._amount(), found[1] == "@@")

    def _assertion(self) -> Assertion:
        total = self.text.startswith("==", self.at)
        self.at += 2 if total else 1
        deep = self.text[self.at : self.at + 1] == "*"
        self.at += deep
        amount = self._amount()
        while sign := self._next():
            # The cost of a claimed balance says nothing about how much there is.
            if sign == "@":
                self.at += 1
            elif sign == "{":
                self._skip("}")
            elif sign in _SKIPPED:
                self._skip(_SKIPPED[sign])
            else:
                self._amount()
        return Assertion(amount, total, deep)

    def _skip(self, close: str) -> None:
        end = self.text.find(close, self.at)
        if end < 0:
            raise self._unreadable()
        self.at = end + 1
        if close == "}" and self.text[self.at : self.at + 1] == "}":
            self.at += 1

    def _unreadable(self) -> Unreadable:
        message = _("“{text}” can't be read here.")
        return Unreadable("posting", message.format(text=self.text[self.at :].strip()[:40]))


def _without_remark(text: str) -> tuple[str, str, str]:
    """What stands before a semicolon that is in no quotes, the semicolon, and what is behind."""
    quoted = False
    for place, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif sign == ";" and not quoted:
            return text[:place], ";", text[place + 1 :]
    return text, "", ""


def decimals_of(value: Decimal) -> int:
    """How many decimals a number is written with."""
    power = value.as_tuple().exponent
    return max(-power, 0) if isinstance(power, int) else 0
