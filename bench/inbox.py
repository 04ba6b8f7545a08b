"""The inbox of one person over 100,000 procedures that wait beside the same over 1,000.

Both are of one run on one database: all were started by the real action, and all stand in the
same inbox. Two pages with their tabs and counts are looked at, in no more statements.
"""

from bench._databases import on_each_database
from bench.ratio import Ratio

MOST = 1.3


def run() -> list[Ratio]:
    """The ratios on each database."""
    ratios = []
    for database, found in on_each_database("bench._inbox").items():
        assert found["many_sql"] <= found["few_sql"]
        name = f"inbox over 100,000 waiting, {database}"
        ratios.append(Ratio(name, found["many_ms"], found["few_ms"], "ms", MOST, False))
    return ratios
