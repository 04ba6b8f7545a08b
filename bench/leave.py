"""What 10,000 employees have of leave on any day: at most two seconds, by the statement pages use.

Each has two years of lots and a week of leave that was taken; the day lies in the year before.
Granting a year to all of them is measured beside it.
"""

from bench._databases import on_each_database
from bench.ratio import Ratio

MOST_SECONDS = 2.0
MOST_GRANTING_S = 60.0


def run() -> list[Ratio]:
    """The ratios on each database."""
    ratios = []
    for database, found in on_each_database("bench._leave").items():
        ratios += [
            Ratio(
                f"balances of 10,000, {database}", found["balance_s"], MOST_SECONDS, "s", 1.0, False
            ),
            Ratio(
                f"a year granted, {database}", found["grant_s"], MOST_GRANTING_S, "s", 1.0, False
            ),
        ]
    return ratios
