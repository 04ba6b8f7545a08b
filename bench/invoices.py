"""Sales invoices through the door, against the same lines as plain entries and against each other.

A thousand invoices of five lines beside a thousand entries of as many lines, both by one call of
the action that takes many; and one invoice of 5,000 lines beside that thousand.
"""

from bench._databases import on_each_database
from bench.ratio import Ratio

OF_ENTRIES = 3.0
OF_MANY = 2.0


def run() -> list[Ratio]:
    """Both ratios on each database."""
    ratios = []
    for database, found in on_each_database("bench._invoices").items():
        many, entries, one = found["invoices"], found["entries"], found["one"]
        ratios += [
            Ratio(f"1,000 invoices of 5, {database}", many, entries, "s", OF_ENTRIES, False),
            Ratio(f"one invoice of 5,000, {database}", one, many, "s", OF_MANY, False),
        ]
    return ratios
