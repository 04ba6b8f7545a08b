"""Posting entries of three lines through the action door, against the bare database.

The limit is the rows that the door wrote, put into the same tables with the same constraints,
indexes and triggers: by `executemany` on SQLite and by COPY on PostgreSQL in bulk, and in a bare
transaction each when one by one. All tables the door writes to are part of it: entries, lines,
balances, numbers, and the record.
"""

from bench._databases import on_each_database
from bench.ratio import Ratio

WANTED = 0.5
LARGE_MB = 500


def run() -> list[Ratio]:
    """Bulk and single ratios on each database, and the memory of 100,000 entries."""
    ratios = []
    for database, found in on_each_database("bench._posting").items():
        bulk, bare = found["bulk"], found["bare_bulk"]
        ratios.append(Ratio(f"bulk, {database}", bulk, bare, "entries/s", WANTED))
        single, bare = found["single"], found["bare_single"]
        ratios.append(Ratio(f"one by one, {database}", single, bare, "entries/s", WANTED))
        memory = found["memory_mb"]
        ratios.append(Ratio(f"memory of 100,000, {database}", memory, LARGE_MB, "MB", 1.0, False))
    return ratios
