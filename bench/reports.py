"""A trial balance does not get slower with the lines behind it."""

from bench._databases import on_each_database
from bench.ratio import Ratio

SLOWER = 1.3


def run() -> list[Ratio]:
    """Milliseconds over 1,000,000 lines against 10,000 of the same accounts and months."""
    ratios = []
    for database, found in on_each_database("bench._reports").items():
        many, few = found["trial_balance"][1], found["trial_balance"][0]
        ratios.append(Ratio(f"trial balance, {database}", many, few, "ms", SLOWER, False))
        many, few = found["entries_page"][1], found["entries_page"][0]
        ratios.append(Ratio(f"page of entries, {database}", many, few, "ms", SLOWER, False))
    return ratios
