"""The rules for lines of bank statements, and which of them a line fits."""

from collections.abc import Iterable

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import BankRule
from kantoor.departments.finance.queries.banking.matches import Movement
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


class BankRuleRow(msgspec.Struct, frozen=True, kw_only=True):
    """A rule: what a line must look like, and where it then belongs (codes of both)."""

    name: str
    place: int
    bank_account: str
    contains: str
    counterparty: str
    least: int | None
    most: int | None
    account: str
    party: str
    tax: str
    text: str
    automatic: bool
    active: bool
    currency: str


@query(permission="finance.read_bank", title=_("Rules for bank lines"), exposed=True)
def bank_rules(actor: Actor, /) -> list[BankRuleRow]:
    """The rules in the order in which they are tried."""
    return [
        BankRuleRow(
            name=each.name,
            place=each.place,
            bank_account=each.bank_account.code if each.bank_account else "",
            contains=each.contains,
            counterparty=each.counterparty,
            least=each.least,
            most=each.most,
            account=each.account.code if each.account else "",
            party=each.party.code if each.party else "",
            tax=each.tax,
            text=each.text,
            automatic=each.automatic,
            active=each.active,
            currency=actor.currency,
        )
        for each in rules_of(actor)
    ]


def rules_of(actor: Actor) -> list[BankRule]:
    """The rules in the order in which they are tried, with what they name."""
    found = scoped(actor, BankRule).select_related("bank_account", "account", "party")
    return list(found.order_by("place", "name"))


def first_fitting(
    rules: Iterable[BankRule], movement: Movement, bank_account_id: int
) -> BankRule | None:
    """The first rule in use that a line fits."""
    text = f"{movement.name} {movement.text}".casefold()
    for rule in rules:
        if not rule.active:
            continue
        if rule.bank_account_id is not None and rule.bank_account_id != bank_account_id:
            continue
        if rule.contains and rule.contains.casefold() not in text:
            continue
        if rule.counterparty and rule.counterparty != movement.iban:
            continue
        if rule.least is not None and movement.amount < rule.least:
            continue
        if rule.most is not None and movement.amount > rule.most:
            continue
        return rule
    return None
