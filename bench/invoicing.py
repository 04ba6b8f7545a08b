"""Issuing invoices of 19 lines in bulk through the action door, against the bare database.

The limit is the rows that the door wrote (lines, taxes, invoices, entries with their lines, open
items), put into the same tables with the same constraints, indexes and triggers by `executemany`
on SQLite and by COPY on PostgreSQL. Memory is what 12,000 invoices add to it.
"""

from bench._databases import on_each_database
from bench.ratio import Ratio

WANTED = 0.5
ROOM_MB = 250


def run() -> list[Ratio]:
    """The ratio on each database, and the memory."""
    ratios = []
    for database, found in on_each_database("bench._invoicing").items():
        ours, bare = found["lines"], found["bare_lines"]
        ratios.append(Ratio(f"invoice lines, {database}", ours, bare, "lines/s", WANTED))
        memory = found["memory_mb"]
        ratios.append(Ratio(f"memory of 12,000, {database}", memory, ROOM_MB, "MB", 1.0, False))
    return ratios
