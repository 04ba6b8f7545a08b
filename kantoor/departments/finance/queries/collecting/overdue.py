"""What is overdue and not held, by customer, with the step of asking that each item is at."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from kantoor.departments.finance.models import ReminderLevel
from kantoor.kernel.store.lookup import fetch, rows_by_key


class Overdue(NamedTuple):
    """An open item past its due date, and what was asked of it before, in minor units.

    `charge` says that it is itself what a reminder charged: it is in no letter for its own sake, and
    bears no interest and no costs.
    """

    line_id: int
    party_id: int
    document: str
    due_on: str
    open: int
    charge: bool
    reached: int
    asked_on: str | None
    interest: int


class Debtor(NamedTuple):
    """A customer who owes something that is overdue."""

    id: int
    code: str
    name: str
    kind: str
    language: str


_OVERDUE = """
SELECT item.line_id, item.party_id,
    COALESCE(invoice.number, NULLIF(entry.reference, ''), entry.text), CAST(item.due_on AS text),
    item.open, entry.origin LIKE 'finance.reminder/%%'
FROM finance_open_item item
JOIN finance_account account ON account.id = item.account_id AND account.role = 'receivables'
JOIN finance_entry entry ON entry.id = item.entry_id
LEFT JOIN finance_invoice invoice ON invoice.entry_id = item.entry_id
WHERE item.company_id = %s AND item.open > 0 AND item.due_on < %s AND item.party_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM finance_reminder_hold hold
        WHERE hold.party_id = item.party_id AND NOT hold.ended
            AND (hold.invoice_id IS NULL OR hold.invoice_id = invoice.id)
            AND (hold.until IS NULL OR hold.until >= %s))
ORDER BY item.party_id, item.due_on, item.line_id
"""
_ASKED = (
    "SELECT item.line_id, MAX(item.level), CAST(MAX(reminder.date) AS text), SUM(item.interest)"
    " FROM finance_reminder_item item JOIN finance_reminder reminder"
    " ON reminder.id = item.reminder_id WHERE item.company_id = %s AND item.line_id IN ({})"
    " GROUP BY item.line_id"
)
_OWED = (
    "SELECT item.party_id, SUM(item.open) FROM finance_open_item item"
    " JOIN finance_account account ON account.id = item.account_id"
    " AND account.role = 'receivables' WHERE item.company_id = %s AND item.party_id IN ({})"
    " AND item.open <> 0 GROUP BY item.party_id"
)
_DEBTORS = (
    "SELECT id, code, name, kind, language FROM kernel_party WHERE company_id = %s AND id IN ({})"
)


def overdue_items(
    company_id: int, on: date, parties: Collection[str] = ()
) -> dict[Debtor, list[Overdue]]:
    """What is overdue on a day of those who owe something in all, by customer in order of code."""
    day = on.isoformat()
    rows = fetch(_OVERDUE, [company_id, day, day])
    asked = rows_by_key(_ASKED, [company_id], [row[0] for row in rows])
    keys = {row[1] for row in rows}
    owed = rows_by_key(_OWED, [company_id], keys)
    debtors = [
        Debtor(key, *rest) for key, rest in rows_by_key(_DEBTORS, [company_id], keys).items()
    ]
    found: dict[Debtor, list[Overdue]] = {
        each: []
        for each in sorted(debtors, key=lambda each: each.code)
        if owed.get(each.id, 0) > 0 and (not parties or each.code in parties)
    }
    by_key = {each.id: each for each in found}
    for line_id, party_id, document, due_on, still, charge in rows:
        if (debtor := by_key.get(party_id)) is None:
            continue
        reached, last, interest = asked.get(line_id, (0, None, 0))
        found[debtor].append(
            Overdue(
                line_id, party_id, document, due_on, still, bool(charge), int(reached), last,
                int(interest),
            )
        )  # fmt: skip
    return found


def next_level(item: Overdue, levels: dict[int, ReminderLevel], on: date) -> int | None:
    """The step that an item is ready for on a day; None when it is not yet, or had the last."""
    wanted = levels.get(item.reached + 1)
    if wanted is None or (on - date.fromisoformat(item.due_on)).days < wanted.days:
        return None
    before = levels.get(item.reached)
    if item.asked_on and before is not None:
        waited = (on - date.fromisoformat(item.asked_on)).days
        if waited < wanted.days - before.days:
            return None
    return wanted.n
