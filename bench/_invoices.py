"""Measures invoices beside entries in one database; prints JSON (see bench/invoices.py)."""

import json
import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from bench._invoicing import customers
from bench._ledger import company

if TYPE_CHECKING:
    from kantoor.departments.finance.drafts import EntryDraft
    from kantoor.departments.finance.drafts_invoices import InvoiceDraft, InvoiceLine

INVOICES, LINES = 1_000, 5
TIMES = 5
RECEIVABLES, SALES, VAT = "13011", "80301", "16221"
Amounts = list[tuple[int, int]]
"""Quantity and price in cents, of each line."""


def main() -> None:
    """Turn about: invoices, the same lines as entries, and all lines on one invoice."""
    actor = company()
    from kantoor.departments.finance.actions.entries import post_entries
    from kantoor.departments.finance.actions.invoices import issue_invoices

    parties = customers(actor)
    sold = amounts()
    bills = [bill(parties[n], n, each) for n, each in enumerate(sold)]
    entries = [entry(n, each) for n, each in enumerate(sold)]
    whole = [bill(parties[0], 0, [line for each in sold for line in each])]
    issue_invoices(actor, invoices=bills[:50])
    post_entries(actor, entries=entries[:50])
    taken: dict[str, list[float]] = {"invoices": [], "entries": [], "one": []}
    for _turn in range(TIMES):
        taken["invoices"].append(seconds(lambda: issue_invoices(actor, invoices=bills)))
        taken["entries"].append(seconds(lambda: post_entries(actor, entries=entries)))
        taken["one"].append(seconds(lambda: issue_invoices(actor, invoices=whole)))
    print(json.dumps({name: median(found) for name, found in taken.items()}))


def amounts() -> list[Amounts]:
    """What is sold, the same every time."""
    chosen = random.Random(2011)
    return [
        [(chosen.randint(1, 50), chosen.randint(1, 5_000)) for _ in range(LINES)]
        for _ in range(INVOICES)
    ]


def day(n: int) -> date:
    """The days of half a year."""
    return date(2025, 1, 1) + timedelta(days=n * 180 // INVOICES)


def bill(party: int, n: int, lines: Amounts) -> "InvoiceDraft":
    """An invoice of these lines."""
    from kantoor.departments.finance.drafts_invoices import InvoiceDraft

    return InvoiceDraft(
        party_id=party, country="NL", vat_number="", date=day(n).isoformat(),
        reference=f"{536_365 + n}", origin="", lines=[line(*each) for each in lines],
    )  # fmt: skip


def line(quantity: int, price: int) -> "InvoiceLine":
    """A line of an invoice."""
    from kantoor.departments.finance.drafts_invoices import InvoiceLine

    text = "White hanging heart t-light holder"
    return InvoiceLine("85123A", text, quantity * 10**6, price * 10**4, quantity * price)


def entry(n: int, lines: Amounts) -> "EntryDraft":
    """The same lines as somebody would post them by hand: each sold, its tax, what is owed."""
    from kantoor.departments.finance.drafts import EntryDraft, LineDraft

    nets = [quantity * price for quantity, price in lines]
    tax = (sum(nets) * 21 + 50) // 100
    drafts = [LineDraft(account=SALES, amount=-net, text="White hanging heart") for net in nets]
    drafts.append(LineDraft(account=VAT, amount=-tax))
    drafts.append(LineDraft(account=RECEIVABLES, amount=sum(nets) + tax, party=f"{10_000 + n}"))
    return EntryDraft(date=day(n), text="Invoice", reference=f"{536_365 + n}", lines=drafts)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
