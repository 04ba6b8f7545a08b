"""Measures invoicing in one database; prints JSON (see bench/invoicing.py)."""

import json
import random
import resource
import sqlite3
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bench._ledger import company

if TYPE_CHECKING:
    from kantoor.departments.finance.drafts_invoices import InvoiceDraft
    from kantoor.kernel.actors.actor import Actor

INVOICES, LINES, CUSTOMERS = 12_000, 19, 2_900
TABLES = {
    "finance_particulars": "id",
    "finance_tax_code": "id",
    "finance_invoice_line": "id",
    "finance_invoice_tax": "id",
    "finance_line": "id",
    "finance_entry": "id",
    "finance_invoice": "id",
    "finance_open_item": "line_id",
}
"""What seals comes after what it seals."""
Rows = dict[str, list[tuple[Any, ...]]]


def main() -> None:
    """Issue invoices, then write their rows once more into a copy made before."""
    actor = company("GB", "GBP")
    from bench import _bare as bare
    from kantoor.departments.finance.actions.invoices import issue_invoices

    parties = customers(actor)
    issue_invoices(actor, invoices=list(drafts(parties, 100)))
    wanted = list(drafts(parties, INVOICES))
    room, before = memory_mb(), marks()
    with bare.copy_of_database() as copy:
        start = time.perf_counter()
        issue_invoices(actor, invoices=wanted)
        took = time.perf_counter() - start
        room = memory_mb() - room
        rows = rows_since(before)
        start = time.perf_counter()
        write(copy, rows)
        bare_took = time.perf_counter() - start
    lines = INVOICES * LINES
    print(json.dumps({"lines": lines / took, "bare_lines": lines / bare_took, "memory_mb": room}))


def memory_mb() -> float:
    """The most memory this process had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def customers(actor: "Actor") -> list[int]:
    """So many customers, by key."""
    from django.utils import timezone

    from kantoor.kernel.actions.runner import action
    from kantoor.kernel.parties.models import Party

    @action(permission="bench.set_up", title="Add customers", hidden=True)
    def add_customers(actor: "Actor", /) -> list[int]:
        made = Party.objects.bulk_create(
            Party(
                company_id=actor.company_id,
                code=f"{10_000 + number}",
                name=f"Customer {number}",
                created_at=timezone.now(),
            )
            for number in range(CUSTOMERS)
        )
        return [each.pk for each in made]

    return add_customers(actor)


def drafts(parties: list[int], count: int) -> Iterator["InvoiceDraft"]:
    """Invoices over half a year, one in eight a credit note, the same ones every time."""
    from kantoor.departments.finance.drafts_invoices import InvoiceDraft, InvoiceLine
    from kantoor.kernel.intake.numbers import line_amount

    chosen = random.Random(2011)
    for number in range(count):
        lines = []
        for _ in range(LINES):
            quantity, price = chosen.randint(1, 50) * 10**6, chosen.randint(1, 5_000) * 10**4
            article = str(chosen.randint(20_000, 23_500))
            text = "White hanging heart t-light holder"
            net = line_amount(quantity, price)
            lines.append(InvoiceLine(article, text, quantity, price, net))
        yield InvoiceDraft(
            party_id=chosen.choice(parties),
            country=chosen.choice(["GB"] * 9 + ["NL", "FR", "US", "DE"]),
            vat_number="",
            date=(date(2010, 12, 1) + timedelta(days=number * 180 // count)).isoformat(),
            reference=str(536_365 + number),
            origin=f"bench.order/{number}",
            lines=lines,
            credit=number % 8 == 7,
        )


def marks() -> dict[str, int]:
    """The last key of each table."""
    from kantoor.kernel.store.raw import run

    return {
        table: int(run(f"SELECT max({key}) FROM {table}")[0][0])  # noqa: S608
        for table, key in TABLES.items()
    }


def rows_since(before: dict[str, int]) -> Rows:
    """The rows written since, as the driver gives them."""
    from kantoor.kernel.store.raw import run

    return {
        table: run(f"SELECT * FROM {table} WHERE {key} > %s ORDER BY {key}", [before[table]])  # noqa: S608
        for table, key in TABLES.items()
    }


def filled(rows: Rows) -> list[str]:
    """The tables with rows to write."""
    return [table for table in TABLES if rows[table]]


def write(bare: Any, rows: Rows) -> None:
    """All rows in one transaction of the bare driver."""
    if isinstance(bare, sqlite3.Connection):
        bare.execute("BEGIN IMMEDIATE")
        for table in filled(rows):
            slots = ", ".join("?" * len(rows[table][0]))
            bare.executemany(f"INSERT INTO {table} VALUES ({slots})", rows[table])  # noqa: S608
        bare.execute("COMMIT")
        return
    with bare.transaction(), bare.cursor() as cursor:
        for table in filled(rows):
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows[table]:
                    copy.write_row(row)


if __name__ == "__main__":
    main()
