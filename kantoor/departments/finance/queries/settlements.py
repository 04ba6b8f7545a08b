"""What settled what: the settlements of open items that were not undone."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from kantoor.kernel.store.lookup import fetch, rows_by_key

SOME = 250


class LiveSettlement(NamedTuple):
    """A settlement that stands; `amount` is in minor units of the company's currency.

    `debit_amount` and `credit_amount` are in the currencies of the items; `entry_id` is the entry
    of the exchange difference that it made.
    """

    id: int
    debit_id: int
    credit_id: int
    amount: int
    date: str
    debit_amount: int
    credit_amount: int
    entry_id: int | None


_COLUMNS = (
    "SELECT id, debit_id, credit_id, amount, CAST(date AS text), debit_amount, credit_amount,"
    " entry_id FROM finance_settlement s"
)
_STANDS = (
    " AND company_id = %s AND undoes_id IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM finance_settlement u WHERE u.undoes_id = s.id)"
)


def live_settlements(
    company_id: int, line_ids: Iterable[int], *, lock: bool = False
) -> list[LiveSettlement]:
    """The settlements, not undone, of these items' lines on either side, oldest first.

    With `lock` the items wait for the commit, so that nobody else undoes them meanwhile.
    """
    wanted = sorted(line_ids)
    if lock and connection.vendor == "postgresql":
        sql = "SELECT line_id, 1 FROM finance_open_item WHERE line_id IN ({}) ORDER BY 1 FOR UPDATE"
        rows_by_key(sql, [], wanted)
    found: dict[int, LiveSettlement] = {}
    for start in range(0, len(wanted), SOME):
        some = wanted[start : start + SOME]
        slots = ", ".join(["%s"] * len(some))
        rows = fetch(
            f"{_COLUMNS} WHERE (debit_id IN ({slots}) OR credit_id IN ({slots})){_STANDS}",
            [*some, *some, company_id],
        )
        found.update((row[0], LiveSettlement(*row)) for row in rows)
    return [found[key] for key in sorted(found)]


def with_differences(
    company_id: int, settlements: Iterable[LiveSettlement]
) -> list[LiveSettlement]:
    """These settlements, each once, and those that closed the exchange differences they made."""
    found = {each.id: each for each in settlements}
    entries = sorted({each.entry_id for each in found.values() if each.entry_id})
    for start in range(0, len(entries), SOME):
        some = entries[start : start + SOME]
        slots = ", ".join(["%s"] * len(some))
        rows = fetch(f"{_COLUMNS} WHERE entry_id IN ({slots}){_STANDS}", [*some, company_id])
        found.update((row[0], LiveSettlement(*row)) for row in rows)
    return [found[key] for key in sorted(found)]
