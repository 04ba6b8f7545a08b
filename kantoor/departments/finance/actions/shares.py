"""What a settlement takes off each of two items, in their currencies and in the company's."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.open_items import Item
from kantoor.departments.finance.errors import NothingToSettle, TooMuch
from kantoor.departments.finance.queries.currency.conversion import Rates
from kantoor.kernel.money import half_up_ratio

Asked = tuple[int | None, int | None, int | None]
"""What was asked to take off the debit and the credit item, and the place in the input."""


class Left(NamedTuple):
    """What is open of an item: in the company's currency, and in its own."""

    open: int
    currency_open: int

    def less(self, own: int, said: int) -> "Left":
        """What is left after so much of both is taken off."""
        return Left(self.open - own, self.currency_open - said)


class Shares(NamedTuple):
    """What is taken off a debit and a credit item, all without sign.

    `debit` and `credit` are as the items are settled; `_said` in the currency of the document,
    which is none of it for a difference of exchange; `_own` in the company's currency.
    """

    debit: int
    credit: int
    debit_said: int
    credit_said: int
    debit_own: int
    credit_own: int


def uses_rate(own: str, debit: Item, credit: Item) -> bool:
    """Whether two items are settled in different currencies."""
    return _currency(own, debit, Left(debit.open, debit.currency_open)) != _currency(
        own, credit, Left(credit.open, credit.currency_open)
    )


def shares(
    own: str, items: tuple[Item, Item], left: tuple[Left, Left], asked: Asked, rates: Rates, on: str
) -> Shares:
    """What to take off both; raises TooMuch, MissingRate.

    The share in the company's currency of a part of an item is in proportion, rounded half up;
    the last part takes all that is left.
    """
    currencies = _currency(own, items[0], left[0]), _currency(own, items[1], left[1])
    open_ = _open(own, currencies[0], left[0]), _open(own, currencies[1], left[1])
    if currencies[0] == currencies[1]:
        most = min(open_)
        taken = max(most, 0) if asked[0] is None else asked[0]
        _refuse_more(taken, most, asked[2])
        both = taken, taken
        if currencies[0] == own and items[0].currency == items[1].currency == own:
            return Shares(taken, taken, taken, taken, taken, taken)
    else:
        both = _across(currencies, open_, asked, rates, on)
        for taken, most in zip(both, open_, strict=True):
            _refuse_more(taken, most, asked[2])
    (debit, credit), (of_debit, of_credit) = both, items
    return Shares(
        debit,
        credit,
        _said(own, currencies[0], of_debit, debit),
        _said(own, currencies[1], of_credit, credit),
        _own_share(own, currencies[0], left[0], debit),
        _own_share(own, currencies[1], left[1], credit),
    )


def _currency(own: str, item: Item, left: Left) -> str:
    """What an item is settled in: a difference of exchange has nothing of its currency."""
    return own if left.open and not left.currency_open else item.currency


def _open(own: str, currency: str, left: Left) -> int:
    return abs(left.open if currency == own else left.currency_open)


def _said(own: str, currency: str, item: Item, taken: int) -> int:
    return 0 if currency == own and item.currency != own else taken


def _own_share(own: str, currency: str, left: Left, taken: int) -> int:
    if currency == own:
        return taken
    whole = abs(left.currency_open)
    return abs(left.open) if taken == whole else half_up_ratio(abs(left.open) * taken, whole)


def _across(
    currencies: tuple[str, str], open_: tuple[int, int], asked: Asked, rates: Rates, on: str
) -> tuple[int, int]:
    """What to take off items of two currencies: as asked, else at the rate of the day."""
    debit, credit, place = asked
    if credit is not None:
        return open_[0] if debit is None else debit, credit
    if 0 in open_ and debit is None:
        return 0, 0
    there, back = (rates.on(currency, on, place) for currency in currencies)

    def in_credit(amount: int) -> int:
        top = amount * there.numerator * back.denominator
        return half_up_ratio(top, there.denominator * back.numerator)

    def in_debit(amount: int) -> int:
        top = amount * back.numerator * there.denominator
        return half_up_ratio(top, back.denominator * there.numerator)

    if debit is not None:
        return debit, in_credit(debit)
    if (worth := in_credit(open_[0])) <= open_[1]:
        return open_[0], worth
    return min(in_debit(open_[1]), open_[0]), open_[1]


def _refuse_more(taken: int, most: int, place: int | None) -> None:
    if taken > most or taken < 0:
        if not most:
            raise NothingToSettle(
                _("Nothing is open that these two could settle."), field="amount", line=place
            )
        message = _("Only {open} minor units are open on both sides.").format(open=max(most, 0))
        raise TooMuch(message, field="amount", line=place)
