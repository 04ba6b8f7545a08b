"""Prove a statement by itself: its balances and its entries are of one account and add up."""

from collections.abc import Iterator

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.formats.bank.model import BankStatement
from kantoor.kernel.money import exponent


class Fault(msgspec.Struct, frozen=True):
    """What is wrong, by its rule, in words, and where in the file."""

    rule: str
    message: object
    line: int = 0


def faults_of(statement: BankStatement) -> Iterator[Fault]:
    """What keeps a statement from being proved: a missing balance, a wrong sum, a wrong currency.

    OFX has no opening balance; it is proved by the closing balance of the statement before.
    """
    for entry in statement.entries:
        if entry.currency != statement.currency:
            message = _("An entry is in {one}, the account in {other}.")
            said = message.format(one=entry.currency, other=statement.currency)
            yield Fault("bank.currency", said, entry.line)
            return
        if sum([part.amount for part in entry.parts]) != entry.amount:  # pragma: no cover
            yield Fault("bank.parts", _("The parts of an entry don't add up to it."), entry.line)
    for balance in (statement.opening, statement.closing):
        if balance is not None and balance.currency != statement.currency:
            message = _("A balance is in {one}, the account in {other}.")
            said = message.format(one=balance.currency, other=statement.currency)
            yield Fault("bank.balance_currency", said, statement.line)
            return
    if statement.closing is None:
        yield Fault("bank.no_closing", _("There is no closing balance."), statement.line)
    elif statement.opening is None:
        if not statement.form.startswith("ofx"):
            yield Fault("bank.no_opening", _("There is no opening balance."), statement.line)
    elif statement.opening.amount + statement.moved != statement.closing.amount:
        yield Fault("bank.sum", _wrong_sum(statement), statement.line)


def _wrong_sum(statement: BankStatement) -> object:
    assert statement.opening is not None
    assert statement.closing is not None
    opening, closing = statement.opening.amount, statement.closing.amount
    message = _(
        "Opening balance {opening} and entries of {moved} make {made}, but the closing balance"
        " is {closing}."
    )
    shown = [
        plain(each, statement.currency)
        for each in (opening, statement.moved, opening + statement.moved, closing)
    ]
    return message.format(opening=shown[0], moved=shown[1], made=shown[2], closing=shown[3])


def plain(minor: int, currency: str) -> str:
    """An amount with a point before its decimals, as in a message."""
    places = exponent(currency) if currency else 2
    digits = str(abs(minor)).zfill(places + 1)
    whole = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{whole}" if minor < 0 else whole
