"""Measures posting in one database; prints JSON (see bench/posting.py)."""

import json
import resource
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from bench._ledger import company, entries

if TYPE_CHECKING:
    from kantoor.departments.finance.drafts import EntryDraft
    from kantoor.kernel.actors.actor import Actor

BULK, SINGLE, TURN = 100_000, 1_000, 50


def main() -> None:
    """Post in bulk and one by one, each followed by the limit on a copy made before."""
    actor = company()
    from bench import _bare as bare
    from kantoor.departments.finance.actions.entries import post_entries
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

    ours = theirs = 0.0
    with bare.copy_of_database() as copy:
        # In turns, so that a machine that is slower for a while is so for both.
        for start in range(0, SINGLE, TURN):
            some, before = drafts[start : start + TURN], bare.marks()
            ours += seconds(partial(_post, actor, some))
            acts = list(bare.one_by_one(bare.rows_since(before)))
            theirs += seconds(partial(bare.write, copy, acts))
    single, bare_single = SINGLE / ours, SINGLE / theirs
    figures = {"bulk": bulk, "bare_bulk": bare_bulk, "single": single, "bare_single": bare_single}
    print(json.dumps({**figures, "memory_mb": memory}))


def _post(actor: "Actor", entries: "Sequence[EntryDraft]") -> None:
    from kantoor.departments.finance.actions.entries import post_entry

    for each in entries:
        post_entry(actor, entry=each)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
