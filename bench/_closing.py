"""Times the closing of a year over few and many lines; prints JSON (see bench/closing.py)."""

import json
import time
from typing import TYPE_CHECKING

from bench._ledger import company, entries
from bench._reports import CHUNK, FEW, MANY

if TYPE_CHECKING:
    from kantoor.kernel.actors.actor import Actor

TIMES = 9
READING = (
    "SELECT account_id, SUM(debit - credit) FROM finance_balance balance"
    " JOIN finance_period period ON period.id = balance.period_id"
    " JOIN finance_fiscal_year year ON year.id = period.year_id"
    " WHERE year.code = '2025' GROUP BY account_id"
)


def main() -> None:
    """Post few, close and reopen; post the rest over the same accounts and months, and again."""
    actor = company()
    from kantoor.departments.finance.actions.entries import post_entries
    from kantoor.kernel.store.lookup import fetch

    found = fetch("SELECT code FROM finance_account ORDER BY code LIMIT 150")
    accounts = [code for (code,) in found]
    figures: dict[str, list[float]] = {"close": [], "read": []}
    posted = 0
    for wanted in (FEW, MANY):
        while posted < wanted:
            count = min(CHUNK, wanted - posted)
            post_entries(actor, entries=list(entries(count, accounts)))
            posted += count
        figures["close"].append(closing(actor))
        start = time.perf_counter()
        assert fetch(READING, [])
        figures["read"].append(time.perf_counter() - start)
    print(json.dumps(figures))


def closing(actor: "Actor") -> float:
    """The quickest of several closings in seconds; the year is opened again after each."""
    from kantoor.departments.finance.actions.year_close.close import close_year
    from kantoor.departments.finance.actions.year_close.reopen import reopen_year
    from kantoor.kernel.actions.context import approved

    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        closed = close_year(actor, year="2025")
        taken.append(time.perf_counter() - start)
        assert closed.entry
        with approved("finance.reopen_year"):
            reopen_year(actor, year="2025", why="Measured again")
    return min(taken)


if __name__ == "__main__":
    main()
