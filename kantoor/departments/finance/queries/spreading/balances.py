"""The balances of deferred accounts, explained by what is open on them."""

from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.queries.accounts import headings
from kantoor.departments.finance.queries.movements import NOTHING, Span, movements
from kantoor.departments.finance.queries.roles import accounts_by_role
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch

ROLES = ("prepaid_expenses", "deferred_income", "accrued_expenses", "accrued_income")


class OpenSpread(msgspec.Struct, frozen=True, kw_only=True):
    """A spread or accrual that is open on an account; `open` in minor units, debit positive."""

    number: str
    text: str
    kind: str
    open: int


class DeferredAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account with what is open on it, debit positive; `difference` is what nothing explains."""

    account: str
    name: str
    items: list[OpenSpread]
    explained: int
    ledger: int
    difference: int


class DeferredBalances(msgspec.Struct, frozen=True, kw_only=True):
    """All accounts that spreads and accruals stand on, at the end of a day."""

    on: date
    currency: str
    accounts: list[DeferredAccount]


# What moved the account: its beginning, and what was posted until the day.
_SPREADS = """
SELECT spread.balance_account_id, spread.number, spread.text, spread.kind,
    CAST(CASE spread.kind WHEN 'prepaid' THEN 1 ELSE -1 END
        * (spread.amount - COALESCE(SUM(posting.amount), 0)) AS bigint)
FROM finance_spread spread
LEFT JOIN finance_spread_posting posting ON posting.spread_id = spread.id AND posting.date <= %s
WHERE spread.company_id = %s AND spread.date <= %s
GROUP BY spread.balance_account_id, spread.number, spread.text, spread.kind, spread.amount
HAVING spread.amount <> COALESCE(SUM(posting.amount), 0)
ORDER BY spread.number
"""
_ACCRUALS = """
SELECT accrual.balance_account_id, accrual.number, accrual.text, accrual.kind,
    CASE accrual.kind WHEN 'cost' THEN -accrual.amount ELSE accrual.amount END
FROM finance_accrual accrual
WHERE accrual.company_id = %s AND accrual.date <= %s AND NOT EXISTS (
    SELECT 1 FROM finance_entry undo WHERE undo.reverses_id = accrual.entry_id AND undo.date <= %s)
ORDER BY accrual.number
"""


@query(permission="finance.read_ledger", title=_("Deferred balances"), exposed=True)
def deferred_balances(actor: Actor, /, *, on: date | None = None) -> DeferredBalances:
    """What stands on the accounts for prepaid, deferred and accrued amounts, item by item.

    The accounts with these roles and all others that spreads and accruals use. What the ledger
    has and no item explains is the difference. Seven statements at most. Raises InvalidInput.
    """
    day = on or today_of(actor)
    check_span(day, day)
    said, company = day.isoformat(), actor.company_id
    rows = [
        *fetch(_SPREADS, [said, company, said]),
        *fetch(_ACCRUALS, [company, said, said]),
    ]
    items: dict[int, list[OpenSpread]] = {}
    for account, number, text, kind, amount in rows:
        found = OpenSpread(number=number, text=text, kind=kind, open=int(amount))
        items.setdefault(account, []).append(found)
    roles = accounts_by_role(company)
    wanted = {*items, *(roles[role] for role in ROLES if role in roles), *_used(company)}
    moved = movements(company, [Span(None, day)])
    accounts = []
    for heading in headings(actor):
        ledger = moved.get(heading.id, [NOTHING])[0].net
        mine = items.get(heading.id, [])
        if heading.id not in wanted or not (ledger or mine):
            continue
        explained = sum(each.open for each in mine)
        accounts.append(
            DeferredAccount(
                account=heading.code,
                name=heading.name,
                items=mine,
                explained=explained,
                ledger=ledger,
                difference=ledger - explained,
            )
        )
    return DeferredBalances(on=day, currency=actor.currency, accounts=accounts)


def _used(company_id: int) -> list[int]:
    rows = fetch(
        "SELECT balance_account_id FROM finance_spread WHERE company_id = %s"
        " UNION SELECT balance_account_id FROM finance_accrual WHERE company_id = %s",
        [company_id, company_id],
    )
    return [row[0] for row in rows]
