"""The parts of Beancount's lines: strings, numbers with arithmetic, lots and prices."""

import datetime
import re
from decimal import Context, Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.journals.bean_values import BeanPosting, Lot
from kantoor.departments.finance.formats.journals.numbers import EXACT, LONGEST
from kantoor.departments.finance.formats.journals.values import Unreadable

ACCOUNT = re.compile(r"[^\W\d_a-z][\w-]*(?::[^\W_a-z][\w-]*)+|[A-Z][\w-]*(?::[\w-]+)+")
CURRENCY = re.compile(
    r"/?[A-Z](?:[A-Z0-9'._\-]{0,22}[A-Z0-9])?(?![A-Za-z0-9])|/[A-Z0-9'._\-]{0,22}[A-Z]"
)
DATE = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_NUMBER = re.compile(r"[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]*)?|\.[0-9]+")
_FLAG = re.compile(r"[!*&#?%A-Z](?=[ \t])")
_DEEPEST = 20


def read_day(text: str) -> datetime.date:
    """A date at the beginning of the text; raises Unreadable."""
    found = DATE.match(text)
    if found is None:
        raise Unreadable("date", _("The line begins with no date."))
    try:
        return datetime.date(*(int(part) for part in found.groups()))
    except ValueError:
        message = _("There is no {text} in the calendar.").format(text=found[0])
        raise Unreadable("date", message) from None


def without_remark(text: str) -> str:
    """The text up to a semicolon that is in no quotes."""
    quoted = False
    before = ""
    for place, sign in enumerate(text):
        if sign == '"' and before != "\\":
            quoted = not quoted
        elif sign == ";" and not quoted:
            return text[:place]
        before = sign
    return text


class Cursor:
    """Goes through a line from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def peek(self, count: int = 1) -> str:
        """The next characters after blanks."""
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1
        return self.text[self.at : self.at + count]

    def taken(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What matches here, taken."""
        self.peek()
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def unreadable(self) -> Unreadable:
        message = _("“{text}” can't be read here.")
        return Unreadable("posting", message.format(text=self.text[self.at :].strip()[:40]))

    # --- numbers

    def number(self) -> Decimal | None:
        """A number or an expression of numbers, if one begins here."""
        sign = self.peek()
        if not (sign.isdigit() or (sign and sign in "+-(.")):
            return None
        return self._sum()

    def _sum(self) -> Decimal:
        total = self._product()
        while (sign := self.peek()) and sign in "+-":
            self.at += 1
            term = self._product()
            total = EXACT.add(total, term) if sign == "+" else EXACT.subtract(total, term)
        return total

    def _product(self) -> Decimal:
        total = self._factor()
        while (sign := self.peek()) and sign in "*/":
            self.at += 1
            factor = self._factor()
            if sign == "*":
                total = EXACT.multiply(total, factor)
            elif not factor:
                raise Unreadable("amount", _("An amount is divided by nought."))
            else:
                total = Context(prec=28).divide(total, factor)
            if len(total.as_tuple().digits) > LONGEST * 4:
                raise self.unreadable()
        return total

    def _factor(self) -> Decimal:
        sign = self.peek()
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.unreadable()
        try:
            if sign and sign in "+-":
                self.at += 1
                value = self._factor()
                return -value if sign == "-" else value
            if sign == "(":
                self.at += 1
                value = self._sum()
                if self.peek() != ")":
                    raise self.unreadable()
                self.at += 1
                return value
        finally:
            self.depth -= 1
        found = self.taken(_NUMBER)
        if found is None or len(found[0]) > LONGEST:
            raise self.unreadable()
        return Decimal(found[0].replace(",", ""))

    def currency(self) -> str:
        """A commodity, if one stands here."""
        found = self.taken(CURRENCY)
        return found[0] if found else ""


def read_posting(text: str, line: int) -> BeanPosting:
    """A posting from its line; raises Unreadable."""
    cursor = Cursor(without_remark(text))
    cursor.taken(_FLAG)
    found = cursor.taken(ACCOUNT)
    if found is None:
        raise cursor.unreadable()
    posting = BeanPosting(found[0], line)
    posting.number = cursor.number()
    posting.currency = cursor.currency()
    if cursor.peek() == "{":
        posting.lot = _lot(cursor)
    if cursor.peek() == "@":
        posting.priced = True
        posting.whole = cursor.peek(2) == "@@"
        cursor.at += 2 if posting.whole else 1
        posting.price = cursor.number()
        posting.price_currency = cursor.currency()
    if cursor.peek():
        raise cursor.unreadable()
    return posting


def _lot(cursor: Cursor) -> Lot:
    lot = Lot()
    whole = cursor.peek(2) == "{{"
    close = "}}" if whole else "}"
    cursor.at += len(close)
    while cursor.peek(len(close)) != close:
        sign = cursor.peek()
        if sign in (",", "/"):
            cursor.at += 1
        elif sign == "*":
            cursor.at += 1
            lot.merge = True
        elif sign == '"' and (found := cursor.taken(STRING)):
            lot.label = found[1]
        elif found := cursor.taken(DATE):
            lot.date = read_day(found[0])
        else:
            _lot_amount(cursor, lot, whole)
    cursor.at += len(close)
    return lot


def _lot_amount(cursor: Cursor, lot: Lot, whole: bool) -> None:
    number = cursor.number()
    if cursor.peek() == "#":
        cursor.at += 1
        lot.number, lot.total = number, cursor.number()
    elif whole:
        lot.total = number
    else:
        lot.number = number
    currency = cursor.currency()
    if number is None and not currency and lot.total is None:
        raise cursor.unreadable()
    lot.currency = currency or lot.currency
