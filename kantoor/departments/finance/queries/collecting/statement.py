"""A customer's statement of account: what moved between two days, and what is open at the end."""

from datetime import date, timedelta

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.drafts_invoices import Day
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch

MOST = 20_000
"""Lines of one statement; a longer one is asked for fewer days."""


class OwedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line: `debit` is what they came to owe, `credit` what they paid or got back, in minor units."""

    date: Day
    document: str
    kind: str
    """`invoice`, `credit_note`, `reminder`, or `entry` for payments and the rest."""
    text: str
    due_on: Day
    debit: int
    credit: int
    balance: int
    open: int


class StatementOfAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer owed before the first day, what moved since, and what they owe at the end."""

    party: str
    party_name: str
    start: date
    end: date
    currency: str
    opening: int
    rows: list[OwedRow]
    closing: int
    open: int
    overdue: int


_ROWS = """
SELECT CAST(line.date AS text), line.entry_id, COALESCE(invoice.number, reminder.number, ''),
    CASE WHEN invoice.kind IS NOT NULL THEN invoice.kind
        WHEN reminder.id IS NOT NULL THEN 'reminder' ELSE 'entry' END,
    entry.text, CAST(item.due_on AS text), line.amount,
    line.amount - COALESCE((SELECT SUM(s.amount) FROM finance_settlement s
        WHERE s.debit_id = line.id AND s.date <= %s), 0)
    + COALESCE((SELECT SUM(s.amount) FROM finance_settlement s
        WHERE s.credit_id = line.id AND s.date <= %s), 0)
FROM finance_line line
JOIN finance_account account ON account.id = line.account_id AND account.role = 'receivables'
JOIN finance_entry entry ON entry.id = line.entry_id
JOIN finance_open_item item ON item.line_id = line.id
LEFT JOIN finance_invoice invoice ON invoice.entry_id = line.entry_id
LEFT JOIN finance_reminder reminder ON reminder.entry_id = line.entry_id
WHERE line.party_id = %s AND account.company_id = %s AND line.date BETWEEN %s AND %s
ORDER BY line.date, line.id LIMIT %s
"""
_SUMS = """
SELECT CAST(COALESCE(SUM(CASE WHEN line.date < %s THEN line.amount ELSE 0 END), 0) AS bigint),
    CAST(COALESCE(SUM(line.amount), 0) AS bigint)
FROM finance_line line
JOIN finance_account account ON account.id = line.account_id AND account.role = 'receivables'
WHERE line.party_id = %s AND account.company_id = %s AND line.date <= %s
"""
_OVERDUE = """
SELECT CAST(COALESCE(SUM(item.open), 0) AS bigint) FROM finance_open_item item
JOIN finance_account account ON account.id = item.account_id AND account.role = 'receivables'
WHERE item.party_id = %s AND item.company_id = %s AND item.open > 0 AND item.due_on < %s
"""


@query(permission="finance.read_receivables", title=_("Statement of account"), exposed=True)
def statement_of_account(
    actor: Actor, /, *, party: str, start: date | None = None, end: date | None = None
) -> StatementOfAccount:
    """A customer's account between two days, both included; the last year if unsaid.

    `open` of a row is what was open of it at the end. In a few statements whatever its length.
    Raises NotFound, InvalidInput.
    """
    today = today_of(actor)
    until = end or today
    since = start or until - timedelta(days=365)
    check_span(since, until)
    sql = "SELECT id, name FROM kernel_party WHERE company_id = %s AND code = %s"
    if not (known := fetch(sql, [actor.company_id, party])):
        raise NotFound(_("There is no party “{code}”.").format(code=party[:40]), field="party")
    key, name = known[0]
    first, last = since.isoformat(), until.isoformat()
    company = actor.company_id
    (sums,) = fetch(_SUMS, [first, key, company, last])
    found = fetch(_ROWS, [last, last, key, company, first, last, MOST])
    numbers = entry_numbers(row[1] for row in found)
    balance = opening = int(sums[0])
    rows = []
    for on, entry, document, kind, text, due_on, amount, still in found:
        balance += amount
        rows.append(
            OwedRow(
                date=date.fromisoformat(on),
                document=document or numbers[entry],
                kind=kind,
                text=text,
                due_on=date.fromisoformat(due_on),
                debit=max(amount, 0),
                credit=max(-amount, 0),
                balance=balance,
                open=int(still),
            )
        )
    overdue = fetch(_OVERDUE, [key, company, today.isoformat()])[0][0]
    return StatementOfAccount(
        party=party,
        party_name=name,
        start=since,
        end=until,
        currency=actor.currency,
        opening=opening,
        rows=rows,
        closing=int(sums[1]),
        open=sum(row.open for row in rows),
        overdue=int(overdue),
    )
