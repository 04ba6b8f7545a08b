"""A newsletter to 100,000 recipients beside smtplib with one connection and the same messages.

Ours makes each message, keeps its state before and after in the record, and its journal; the
peer only hands in what was made before. Both hand in at one sink, a process of its own.
"""

from bench._databases import on_each_database
from bench.ratio import Ratio

LEAST = 0.5
MOST_MB = 60.0


def run() -> list[Ratio]:
    """Speed and memory on each database."""
    ratios = []
    for database, found in on_each_database("bench._newsletter").items():
        name = f"newsletter, {database}"
        ratios.append(Ratio(name, found["rate"], found["peer"], "messages/s", LEAST))
        ratios.append(Ratio(f"{name}: memory grown", found["grown_mb"], MOST_MB, "MB", 1.0, False))
    return ratios
