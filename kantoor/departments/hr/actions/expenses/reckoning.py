"""What an expense comes to: exactly, in the company's currency, and what of it is taxed as wage."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import Rates, known_currency
from kantoor.departments.hr.drafts_expenses import ExpenseDraft
from kantoor.departments.hr.errors_expenses import AgainstPolicy, UnknownCategory
from kantoor.departments.hr.models import ExpenseCategory
from kantoor.departments.hr.models.expenses.category import MILEAGE, RECEIPT, REFUSE
from kantoor.departments.hr.reference.mileage import untaxed_rate
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import exponent, half_up
from kantoor.kernel.queries import scoped

HIGHEST = 10**12
MOST_QUANTITY = Decimal(100_000)
OLDEST = timedelta(days=5 * 366)
"""Employees have five years to claim (Dutch Civil Code, 3:308); what is older is a mistake."""


class Reckoned(NamedTuple):
    """What a line comes to: `own` and `taxable` in minor units of the company's currency."""

    category: ExpenseCategory
    amount: int
    currency: str
    own: int
    rate: Decimal | None
    taxable: int


def reckon(actor: Actor, expenses: Sequence[ExpenseDraft]) -> list[Reckoned]:
    """What expenses come to, checked against their categories.

    Raises UnknownCategory, AgainstPolicy, MissingRate or InvalidInput; the line is the place.
    """
    rows = scoped(actor, ExpenseCategory).filter(active=True)
    categories: Mapping[str, ExpenseCategory] = {row.code: row for row in rows}
    today = timezone.localdate()
    for place, each in enumerate(expenses, 1):
        _refuse(each, today, place)
    wanted = [(each.currency or actor.currency, each.date.isoformat()) for each in expenses]
    rates = Rates(actor, wanted)
    found = []
    for place, (each, (currency, on)) in enumerate(zip(expenses, wanted, strict=True), 1):
        category = categories.get(each.category.strip().lower())
        if category is None:
            message = _("There is no category “{code}”.").format(code=each.category[:20])
            raise UnknownCategory(message, field="category", line=place)
        if category.kind == RECEIPT:
            amount = _amount(each, place)
            known_currency(currency, place)
            own = rates.on(currency, on, place).to_own(amount)
            reckoned = Reckoned(category, amount, currency, own, None, 0)
        else:
            reckoned = _by_quantity(actor, each, category, place)
        _refuse_beyond(each, reckoned, place)
        found.append(reckoned)
    return found


def _amount(each: ExpenseDraft, place: int) -> int:
    if each.amount is None or not 0 < each.amount <= HIGHEST:
        raise InvalidInput(_("Give the amount of the receipt."), field="amount", line=place)
    return each.amount


def _by_quantity(
    actor: Actor, each: ExpenseDraft, category: ExpenseCategory, place: int
) -> Reckoned:
    """Kilometres or days times what one gives."""
    if each.quantity is None or not 0 < each.quantity <= MOST_QUANTITY:
        message = _("Give the number of kilometres or days.")
        raise InvalidInput(message, field="quantity", line=place)
    places = exponent(actor.currency)
    free = untaxed_rate(actor.country, each.date) if category.kind == MILEAGE else None
    rate = category.rate if category.rate is not None else free.rate if free else None
    if rate is None:
        unset = _("“{name}” has no rate; ask HR to set one.").format(name=category.name)
        raise AgainstPolicy(unset, field="category", line=place)
    own = half_up(each.quantity * rate, places)
    if not 0 < own <= HIGHEST:
        odd = _("This comes to nothing, or to far too much.")
        raise InvalidInput(odd, field="quantity", line=place)
    untaxed = half_up(each.quantity * min(rate, free.rate), places) if free else own
    return Reckoned(category, own, actor.currency, own, rate, own - untaxed)


def _refuse(each: ExpenseDraft, today: date, place: int) -> None:
    if not today - OLDEST <= each.date <= today:
        message = _("An expense was made today or before, at most five years ago.")
        raise InvalidInput(message, field="date", line=place)
    if len(each.text) > 200 or len(each.reason) > 200:
        raise InvalidInput(_("Say it in at most 200 characters."), field="text", line=place)
    if each.quantity is not None and each.quantity.normalize().as_tuple().exponent < -3:  # type: ignore[operator]
        message = _("Give at most three decimals.")
        raise InvalidInput(message, field="quantity", line=place)


def _refuse_beyond(each: ExpenseDraft, reckoned: Reckoned, place: int) -> None:
    category = reckoned.category
    if each.tax is not None and not 0 <= each.tax <= reckoned.own:
        message = _("The VAT is part of the amount.")
        raise InvalidInput(message, field="tax", line=place)
    if category.most_minor is None or reckoned.own <= category.most_minor:
        return
    if category.over == REFUSE:
        message = _("“{name}” is paid up to a limit, and this is above it.")
        raise AgainstPolicy(message.format(name=category.name), field="amount", line=place)
    if not each.reason.strip():
        above = _("This is above the limit of “{name}”: say why.").format(name=category.name)
        raise AgainstPolicy(above, field="reason", line=place)
