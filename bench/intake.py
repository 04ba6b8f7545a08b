"""The web shop's year from CSV to posted, numbered invoices, and the memory that takes."""

from bench._databases import measure
from bench.ratio import Ratio

INVOICES_A_SECOND = 2_000
"""What is asked of one core, end to end."""
GROWTH = 1.2
"""Memory over twice the rows may differ by what new customers and articles take, no more."""


def run() -> list[Ratio]:
    """Invoices a second over the whole file, and memory against half of the file."""
    whole = measure("bench._intake", "whole")
    half = measure("bench._intake", "half")
    return [
        Ratio(
            "webshop to posted invoices, against what is asked",
            whole["invoices"] / whole["seconds"],
            INVOICES_A_SECOND,
            "invoices/s",
            1.0,
        ),
        Ratio(
            "memory, the whole file against half of it",
            whole["memory_mb"],
            half["memory_mb"],
            "MB",
            GROWTH,
            higher_is_better=False,
        ),
    ]
