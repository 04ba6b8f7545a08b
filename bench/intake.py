"""The web shop's year from CSV to posted, numbered invoices, and the memory that takes."""

from bench._databases import measure
from bench.ratio import Ratio

INVOICES_A_SECOND = 2_000
"""What is asked of one core, end to end."""
GROWTH = 1.25
"""Memory over ten times the rows may differ by what caches hold, no more."""


def run() -> list[Ratio]:
    """Invoices a second over the whole file, and memory against a tenth of the file."""
    whole = measure("bench._intake", "whole")
    tenth = measure("bench._intake", "tenth")
    return [
        Ratio(
            "webshop to posted invoices, against what is asked",
            whole["invoices"] / whole["seconds"],
            INVOICES_A_SECOND,
            "invoices/s",
            1.0,
        ),
        Ratio(
            "memory, the whole file against a tenth of it",
            whole["memory_mb"],
            tenth["memory_mb"],
            "MB",
            GROWTH,
            higher_is_better=False,
        ),
    ]
