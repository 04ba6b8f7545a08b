"""How many rows a second `verify` proves, on one core."""

from bench._databases import on_each_database
from bench.ratio import Ratio

ROWS_A_SECOND = 50_000


def run() -> list[Ratio]:
    """Rows a second over a ledger of 100,000 entries and its record, against what is asked."""
    return [
        Ratio(f"verify, {database}", found["rows_a_second"], ROWS_A_SECOND, "rows/s", 1.0)
        for database, found in on_each_database("bench._proving").items()
    ]
