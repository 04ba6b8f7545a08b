"""Times reports over few and over many lines; prints JSON (see bench/reports.py)."""

import json
import time
from collections.abc import Callable
from datetime import date
from statistics import median

from bench._ledger import company, entries

FEW, MANY = 3_334, 333_334
"""Entries of three lines: 10,000 and 1,000,000 lines."""
CHUNK = 50_000
TIMES = 25
STARTS, ENDS = date(2025, 1, 1), date(2025, 12, 31)


def main() -> None:
    """Post few, time; post the rest over the same accounts and months, time again."""
    actor = company()
    from kantoor.departments.finance.actions.entries import post_entries
    from kantoor.departments.finance.queries.entries import entries as list_entries
    from kantoor.departments.finance.queries.trial_balance import trial_balance
    from kantoor.kernel.store.lookup import fetch

    found = fetch("SELECT code FROM finance_account ORDER BY code LIMIT 150")
    accounts = [code for (code,) in found]
    figures: dict[str, list[float]] = {"trial_balance": [], "first_page": []}
    posted = 0
    for wanted in (FEW, MANY):
        while posted < wanted:
            count = min(CHUNK, wanted - posted)
            post_entries(actor, entries=list(entries(count, accounts)))
            posted += count
        figures["trial_balance"].append(
            milliseconds(lambda: trial_balance(actor, start=STARTS, end=ENDS))
        )
        figures["first_page"].append(milliseconds(lambda: list_entries(actor)))
    print(json.dumps(figures))


def milliseconds(work: Callable[[], object]) -> float:
    """The median of several times, after one to warm up."""
    work()
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


if __name__ == "__main__":
    main()
