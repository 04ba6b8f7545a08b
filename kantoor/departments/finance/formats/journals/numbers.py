"""Amounts of ledger and hledger journals: commodities on either side, both decimal marks, costs."""

import re
from collections.abc import Callable
from decimal import Context, Decimal, InvalidOperation
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.journals.values import Amount, Unreadable

EXACT = Context(prec=400)
"""Adds, subtracts and multiplies what journals hold without rounding it."""
LONGEST = 60
"""Digits of a number. More is no amount of money."""
_SYMBOL = r"""[^\s0-9.,;:?!\-+*/^&|=<>{}\[\]()@"~#]+"""
_NUMBER = r"(?:[0-9]+(?:[ \u00a0\u202f'][0-9]{3})+(?:[.,][0-9]*)?|[0-9][0-9.,]*|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,2}(?![0-9A-Za-z]))?"
_AMOUNT = re.compile(
    rf"""\s*(?P<before>[+-]?)\s*(?:(?P<left>"[^"\n]*"|{_SYMBOL})\s*(?P<sign>[+-]?)\s*)?"""
    rf"""(?P<number>{_NUMBER})(?:[ \t]*(?P<right>"[^"\n]*"|{_SYMBOL}))?"""
)


class Style(NamedTuple):
    """How a journal writes numbers: the decimal mark that was declared, if any."""

    mark: str = ""


class Reading:
    """Reads amounts; knows the decimal marks and the default commodity that were declared.

    `lax_comma` is ledger's rule: a comma with three digits behind it parts thousands.
    """

    def __init__(self, lax_comma: bool) -> None:
        self.lax_comma = lax_comma
        self.marks: dict[str, str] = {}
        self.mark = ""
        self.default = ""

    def amount(self, text: str, at: int = 0) -> tuple[Amount, int]:
        """The amount that begins at a place, and where it ends; raises Unreadable."""
        found = _AMOUNT.match(text, at)
        if found is None or (found["left"] and found["right"] and found["left"][0] == '"'):
            raise _no_amount(text[at:])
        commodity = found["left"] or found["right"] or ""
        end = found.end()
        if found["left"] and found["right"]:
            end = found.end("number")
        name = commodity.strip('"')
        quantity = self.number(found["number"], name)
        if "-" in (found["before"], found["sign"] or "") and found["before"] != found["sign"]:
            quantity = -quantity
        return Amount(quantity, name or self.default), end

    def number(self, text: str, commodity: str) -> Decimal:
        """A number with its marks understood; raises Unreadable."""
        if len(text) > LONGEST:
            raise Unreadable("number", _("A number has more digits than an amount can have."))
        bare = re.sub("[ \u00a0\u202f']", "", text)
        mantissa, e, power = bare.replace("E", "e").partition("e")
        mark = self.marks.get(commodity) or self.mark
        plain = _plain(mantissa, mark, self.lax_comma)
        try:
            return Decimal(f"{plain}{e}{power}")
        except InvalidOperation:
            raise _no_amount(text) from None


def _plain(text: str, mark: str, lax_comma: bool) -> str:
    """The number with a point as its decimal mark and nothing else."""
    points, commas = text.count("."), text.count(",")
    if mark:
        other = "," if mark == "." else "."
        if text.count(mark) > 1:
            raise _no_amount(text)
        return text.replace(other, "").replace(mark, ".")
    if points and commas:
        last = "." if text.rindex(".") > text.rindex(",") else ","
        if text.count(last) > 1:
            raise _no_amount(text)
        return text.replace("," if last == "." else ".", "").replace(last, ".")
    if points > 1 or commas > 1:
        return text.replace(".", "").replace(",", "")
    if commas and lax_comma and len(text) - text.index(",") == 4:
        return text.replace(",", "")
    return text.replace(",", ".")


def declared_mark(text: str) -> str:
    """The decimal mark of a number that shows how its commodity is written: `1.000,00`."""
    digits = re.search(r"[0-9][0-9.,\u00a0 ']*", text)
    found = re.findall(r"[.,]", digits[0]) if digits else []
    if not found:
        return ""
    if len(found) > 1 and found[-1] == found[-2]:
        return "," if found[-1] == "." else "."
    return str(found[-1])


def _no_amount(text: str) -> Unreadable:
    message = _("“{text}” is no amount.")
    return Unreadable("amount", message.format(text=text.strip()[:40]))


# --- value expressions: ($10 / 2 + $3)

_DEEPEST = 20


class Expression:
    """An arithmetic expression of amounts in parentheses, as ledger takes it."""

    def __init__(
        self, text: str, at: int, amount: Callable[[str, int], tuple[Amount, int]]
    ) -> None:
        self.text = text
        self.at = at
        self.amount = amount
        self.depth = 0

    def value(self) -> tuple[Amount, int]:
        """What it comes to, and where it ends; it begins with its parenthesis."""
        return self._factor(), self.at

    def _peek(self) -> str:
        while self.text[self.at : self.at + 1] in (" ", "\t"):
            self.at += 1
        return self.text[self.at : self.at + 1]

    def _sum(self) -> Amount:
        total = self._product()
        while (sign := self._peek()) in ("+", "-") and sign:
            self.at += 1
            term = self._product()
            if term.commodity and total.commodity and term.commodity != total.commodity:
                raise _no_amount(self.text)
            add = EXACT.add if sign == "+" else EXACT.subtract
            total = Amount(add(total.quantity, term.quantity), total.commodity or term.commodity)
        return total

    def _product(self) -> Amount:
        total = self._factor()
        while (sign := self._peek()) in ("*", "/") and sign:
            self.at += 1
            factor = self._factor()
            if sign == "*":
                quantity = EXACT.multiply(total.quantity, factor.quantity)
            elif not factor.quantity:
                raise Unreadable("amount", _("An amount is divided by nought."))
            else:
                quantity = Context(prec=28).divide(total.quantity, factor.quantity)
            if len(quantity.as_tuple().digits) > LONGEST * 4:
                raise _no_amount(self.text)
            total = Amount(quantity, total.commodity or factor.commodity)
        return total

    def _factor(self) -> Amount:
        if self._peek() == "(":
            self.depth += 1
            if self.depth > _DEEPEST:
                raise _no_amount(self.text)
            self.at += 1
            value = self._sum()
            if self._peek() != ")":
                raise _no_amount(self.text)
            self.at += 1
            self.depth -= 1
            return value
        if self._peek() == "-" and self.text[self.at + 1 : self.at + 2] == "(":
            self.at += 1
            return -self._factor()
        value, self.at = self.amount(self.text, self.at)
        return value
