"""A step of a procedure: complete a task, run to where it next waits, save.

The peer is SpiffWorkflow by itself, in memory, with one serialization a step, on the same file.
"""

from bench._databases import on_each_database
from bench.ratio import Ratio

MOST = 3.0


def run() -> list[Ratio]:
    """The ratios on each database, in bulk and one by one; `peer` is measured in the same run."""
    ratios = []
    for database, found in on_each_database("bench._procedures").items():
        peer = found["peer_ms"]
        ratios += [
            Ratio(f"a step, {database}", found["single_ms"], peer, "ms", MOST, False),
            Ratio(f"a step of many, {database}", found["bulk_ms"], peer, "ms", MOST, False),
        ]
    return ratios
