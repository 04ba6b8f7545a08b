"""Inventories of 1,000 agents one by one, and the list of 100,000 devices beside that of 1,000.

Each inventory has 780 programs and comes packed, as the real agent sends it; a machine of the
company has most of them in common with the others. The limit is 30 a second on one core. The same
machines again, with nothing changed but clocks and free space, are the peer of the first time.
The list is the whole page as a browser gets it; its statements are counted as well.
"""

from bench._databases import on_each_database
from bench.ratio import Ratio

LEAST_A_SECOND = 30
FASTER = 2.0
GROWS = 1.3


def run() -> list[Ratio]:
    """The ratios on each database."""
    ratios = []
    for database, found in on_each_database("bench._devices").items():
        first, again, same = found["first"], found["again"], found["same"]
        ratios += [
            Ratio(f"inventories, {database}", first, LEAST_A_SECOND, "a second", 1.0),
            Ratio(f"unchanged, {database}", again, first, "a second", FASTER),
            Ratio(f"the same bytes, {database}", same, first, "a second", FASTER),
            Ratio(
                f"list of 100,000, {database}",
                found["many_ms"],
                found["few_ms"],
                "ms",
                GROWS,
                False,
            ),
            Ratio(
                f"its statements, {database}", found["many_sql"], found["few_sql"], "", 1.0, False
            ),
        ]
    return ratios
