"""The bank account that customers are asked to pay to."""

from typing import NamedTuple

from kantoor.departments.finance.models import BankAccount
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped


class OwnAccount(NamedTuple):
    """An account of the company itself."""

    iban: str
    bic: str


def own_account(actor: Actor, currency: str) -> OwnAccount | None:
    """The company's first account in this currency, else in its own; None where it has none."""
    found = scoped(actor, BankAccount).filter(active=True).exclude(iban="").order_by("code")
    rows = [each for each in found if each.currency in {currency, actor.currency}]
    rows.sort(key=lambda each: each.currency != currency)
    return OwnAccount(rows[0].iban, rows[0].bic) if rows else None
