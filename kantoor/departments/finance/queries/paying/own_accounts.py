"""The company's own bank accounts, as payments come from and go to them."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import UnknownAccount
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import fetch


class OwnAccount(NamedTuple):
    """One of the company's bank accounts, and the ledger account it is booked on."""

    code: str
    name: str
    iban: str
    bic: str
    currency: str
    account_id: int


def own_accounts(company_id: int) -> list[OwnAccount]:
    """Those in use that have an IBAN, by code."""
    rows = fetch(
        "SELECT code, name, iban, bic, currency, account_id FROM finance_bank_account"
        " WHERE company_id = %s AND active AND iban <> '' ORDER BY code",
        [company_id],
    )
    return [OwnAccount(*row) for row in rows]


def own_account(actor: Actor, code: str, field: str = "bank") -> OwnAccount:
    """The one with that code, or the only one in euro; raises UnknownAccount."""
    found = [each for each in own_accounts(actor.company_id) if each.currency == "EUR"]
    if code:
        found = [each for each in found if each.code == code]
    if not found:
        message = _("There is no bank account in euro with an IBAN; add one first.")
        if code:
            message = _("There is no bank account “{code}” in euro.")
        raise UnknownAccount(message.format(code=code[:40]), field=field)
    if len(found) > 1:
        message = _("Say from which bank account: {codes}.")
        codes = ", ".join(each.code for each in found)
        raise UnknownAccount(message.format(codes=codes), field=field)
    return found[0]
