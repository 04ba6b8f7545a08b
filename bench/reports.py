"""Reports and lists do not get slower with the lines behind them."""

from bench._databases import on_each_database
from bench.ratio import Ratio

SLOWER = 1.3
FIRST_BYTE_MS = 100
"""What a page may take; a list's first page also counts and adds up what it lists, to a bound."""


def run() -> list[Ratio]:
    """Milliseconds over 1,000,000 lines against 10,000 of the same accounts and months."""
    ratios = []
    for database, found in on_each_database("bench._reports").items():
        many, few = found["trial_balance"][1], found["trial_balance"][0]
        ratios.append(Ratio(f"trial balance, {database}", many, few, "ms", SLOWER, False))
        first = found["first_page"][1]
        name = f"first page of entries with its sums, {database}"
        ratios.append(Ratio(name, first, FIRST_BYTE_MS, "ms", 1, False))
    return ratios
