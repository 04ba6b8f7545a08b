"""Measures posting in one database; prints JSON (see bench/posting.py)."""

import json
import resource
import time
from collections.abc import Callable

from bench._ledger import company, entries

BULK, SINGLE = 100_000, 500


def main() -> None:
    """Post in bulk and one by one, each followed by the limit on a copy made before."""
    actor = company()
    from bench import _bare as bare
    from kantoor.departments.finance.actions.entries import post_entries, post_entry
    from kantoor.kernel.store.lookup import fetch

    found = fetch("SELECT code FROM finance_account ORDER BY code LIMIT 150")
    accounts = [code for (code,) in found]
    post_entries(actor, entries=list(entries(200, accounts)))
    drafts = list(entries(BULK, accounts))

    before = bare.marks()
    with bare.copy_of_database() as copy:
        bulk = BULK / seconds(lambda: post_entries(actor, entries=drafts))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        written = [bare.rows_since(before)]
        bare_bulk = BULK / seconds(lambda: bare.write(copy, written))
        written.clear()

    before = bare.marks()
    with bare.copy_of_database() as copy:
        single = SINGLE / seconds(lambda: [post_entry(actor, entry=e) for e in drafts[:SINGLE]])
        acts = list(bare.one_by_one(bare.rows_since(before)))
        bare_single = SINGLE / seconds(lambda: bare.write(copy, acts))
    figures = {"bulk": bulk, "bare_bulk": bare_bulk, "single": single, "bare_single": bare_single}
    print(json.dumps({**figures, "memory_mb": memory}))


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
