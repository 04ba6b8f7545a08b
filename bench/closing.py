"""Closing a year takes as long for a million lines as for ten thousand: it reads balances only.

The year is closed and opened again several times over few lines, then over many more of the same
accounts and months; a quarter of a second more is allowed for writing into larger tables. What
the balances allow is the time it takes to read them, and two seconds.
"""

from bench._databases import on_each_database
from bench.ratio import Ratio

MORE = 0.25
SECONDS = 2.0


def run() -> list[Ratio]:
    """Seconds over 1,000,000 lines against 10,000, and against reading the balances."""
    ratios = []
    for database, found in on_each_database("bench._closing").items():
        (few, many), read = found["close"], found["read"][1]
        ratios += [
            Ratio(f"close of a million lines, {database}", many, few + MORE, "s", 1.0, False),
            Ratio(f"beyond its balances, {database}", many, read + SECONDS, "s", 1.0, False),
        ]
    return ratios
