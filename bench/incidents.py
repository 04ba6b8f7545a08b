"""The real log of incidents replayed with its clocks, all clocks reckoned anew, long queues."""

from bench._databases import on_each_database
from bench.ratio import Ratio

EVENTS_A_SECOND = 2_000
"""What is asked, end to end, with the clocks of every incident."""
GROWTH = 1.3
"""The page of a queue over 100,000 cases may take so many times that over 1,000."""


def run() -> list[Ratio]:
    """Events a second, clocks a second, and the page of a queue over many and over few."""
    found: list[Ratio] = []
    for database, measured in on_each_database("bench._incidents").items():
        found += [
            Ratio(
                f"log of incidents with clocks, {database}",
                measured["rows"] / measured["seconds"],
                EVENTS_A_SECOND,
                "events/s",
                1.0,
            ),
            Ratio(
                f"all clocks anew in one pass, {database}",
                measured["rows"] / measured["anew"],
                EVENTS_A_SECOND,
                "events/s",
                1.0,
            ),
            Ratio(
                f"page of a queue, 100,000 cases against 1,000, {database}",
                measured["many_ms"],
                measured["few_ms"],
                "ms",
                GROWTH,
                higher_is_better=False,
            ),
        ]
    return found
