"""What settled what: the settlements of open items that were not undone."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from kantoor.kernel.store.lookup import fetch, rows_by_key

SOME = 250


class LiveSettlement(NamedTuple):
    """A settlement that stands; `amount` is in minor units."""

    id: int
    debit_id: int
    credit_id: int
    amount: int
    date: str


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
            "SELECT id, debit_id, credit_id, amount, CAST(date AS text) FROM finance_settlement s"  # noqa: S608
            f" WHERE (debit_id IN ({slots}) OR credit_id IN ({slots}))"
            " AND company_id = %s AND amount > 0"
            " AND NOT EXISTS (SELECT 1 FROM finance_settlement u WHERE u.undoes_id = s.id)",
            [*some, *some, company_id],
        )
        found.update((row[0], LiveSettlement(*row)) for row in rows)
    return [found[key] for key in sorted(found)]
