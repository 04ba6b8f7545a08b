"""Posts a ledger and proves it; prints JSON (see bench/proving.py)."""

import json

from bench._ledger import company, entries

ENTRIES = 100_000


def main() -> None:
    actor = company()
    from kantoor.departments.finance.actions.entries import post_entries
    from kantoor.kernel.record.verify.system import verify
    from kantoor.kernel.store.lookup import fetch

    found = fetch("SELECT code FROM finance_account ORDER BY code LIMIT 150")
    accounts = [code for (code,) in found]
    post_entries(actor, entries=list(entries(ENTRIES, accounts)))
    proved = verify()
    assert proved.ok, proved.faults
    print(json.dumps({"rows_a_second": proved.rows / proved.seconds}))


if __name__ == "__main__":
    main()
