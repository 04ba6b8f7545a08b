"""What was overdue on a control account at the end of days gone by, for many days at once."""

from collections.abc import Sequence
from datetime import date

from kantoor.departments.finance.queries.roles import accounts_by_role
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import fetch

# An item as it stood on a day is its line less what had settled it by then; each settlement counts
# once on either side, so that items and settlements can be added up apart.
_OVERDUE = """
SELECT {items} FROM finance_open_item item WHERE item.account_id = %s
"""
_SETTLED = """
SELECT {items} FROM finance_settlement s JOIN finance_open_item item ON item.line_id = s.{side}
WHERE item.account_id = %s
"""


def overdue_on(actor: Actor, role: str, days: Sequence[date]) -> list[int]:
    """Debit less credit of the items that were past due and open at the end of each day.

    In three statements, whatever the number of days; minor units.
    """
    account = accounts_by_role(actor.company_id).get(role)
    if account is None or not days:
        return [0] * len(days)
    said = [day.isoformat() for day in days]
    whole = ", ".join(_sum("item.due_on < %s AND item.date <= %s", "item.amount") for _day in days)
    pairs = [each for day in said for each in (day, day)]
    found = [int(each) for each in _row(_OVERDUE.format(items=whole), [*pairs, account])]
    taken = ", ".join(
        _sum("item.due_on < %s AND item.date <= %s AND s.date <= %s", "s.amount") for _day in days
    )
    triples = [each for day in said for each in (day, day, day)]
    for side, sign in (("debit_id", -1), ("credit_id", 1)):
        sums = _row(_SETTLED.format(items=taken, side=side), [*triples, account])
        found = [was + sign * int(each) for was, each in zip(found, sums, strict=True)]
    return found


def _sum(condition: str, amount: str) -> str:
    return f"CAST(COALESCE(SUM(CASE WHEN {condition} THEN {amount} ELSE 0 END), 0) AS bigint)"


def _row(sql: str, params: Sequence[object]) -> tuple[int, ...]:
    return tuple(fetch(sql, list(params))[0])
