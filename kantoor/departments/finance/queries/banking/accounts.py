"""The company's bank accounts: what the bank says is on them, and what the ledger says."""

from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import BankAccount
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch

PERMISSION = "finance.read_bank"


class BankAccountRow(msgspec.Struct, frozen=True, kw_only=True):
    """A bank account, amounts in minor units of its currency.

    `said` is the balance by its last statement (none yet: nothing); `booked` the balance of its
    ledger account; `to_book` what the lines without an entry add up to, `lines` how many they are.
    """

    code: str
    name: str
    iban: str
    number: str
    bic: str
    currency: str
    account: str
    journal: str
    active: bool
    statement_on: date | None
    said: int | None
    booked: int
    to_book: int
    lines: int


_LAST = """
SELECT account.id, CAST(last.closed_on AS text), last.closing
FROM finance_bank_account account JOIN finance_statement last ON last.id = (
    SELECT id FROM finance_statement WHERE bank_account_id = account.id
    ORDER BY closed_on DESC, id DESC LIMIT 1)
WHERE account.company_id = %s
"""
_TO_BOOK = """
SELECT line.bank_account_id, count(*), CAST(sum(line.amount) AS bigint)
FROM finance_statement_line line JOIN finance_bank_account account
    ON account.id = line.bank_account_id
WHERE account.company_id = %s AND line.entry_id IS NULL GROUP BY line.bank_account_id
"""
_BOOKED = """
SELECT account.id, CAST(sum(balance.debit - balance.credit) AS bigint)
FROM finance_bank_account account JOIN finance_balance balance
    ON balance.account_id = account.account_id
WHERE account.company_id = %s GROUP BY account.id
"""
_BOOKED_ABROAD = """
SELECT account.id, CAST(sum(line.currency_amount) AS bigint)
FROM finance_bank_account account JOIN finance_line line
    ON line.account_id = account.account_id AND line.currency = account.currency
WHERE account.company_id = %s AND account.currency <> %s GROUP BY account.id
"""


@query(permission=PERMISSION, title=_("Bank accounts"), exposed=True)
def bank_accounts(actor: Actor, /, *, retired: bool = False) -> list[BankAccountRow]:
    """The bank accounts in order of code, in five statements whatever their number."""
    company = actor.company_id
    found = scoped(actor, BankAccount).select_related("account", "journal").order_by("code")
    if not retired:
        found = found.filter(active=True)
    last = {key: (on, closing) for key, on, closing in fetch(_LAST, [company])}
    to_book = {key: (count, total) for key, count, total in fetch(_TO_BOOK, [company])}
    booked = dict(fetch(_BOOKED, [company]))
    abroad = dict(fetch(_BOOKED_ABROAD, [company, actor.currency]))
    rows = []
    for each in found:
        on, closing = last.get(each.pk, (None, None))
        lines, total = to_book.get(each.pk, (0, 0))
        books = booked if each.currency == actor.currency else abroad
        rows.append(
            BankAccountRow(
                code=each.code,
                name=each.name,
                iban=each.iban,
                number=each.number,
                bic=each.bic,
                currency=each.currency,
                account=each.account.code,
                journal=each.journal.code,
                active=each.active,
                statement_on=date.fromisoformat(on) if on else None,
                said=closing,
                booked=books.get(each.pk, 0),
                to_book=total,
                lines=lines,
            )
        )
    return rows
