"""A month of hours of 10,000 employees: the proposal, the invoices and the entry of their cost.

Each writes a line a day on twenty days, for one of 200 customers and on one of 20 projects. The
number of statements is that of 1,000 employees, but for those that write rows in lots.
"""

from bench._databases import on_each_database
from bench.ratio import Ratio

MOST_PROPOSING_S, MOST_INVOICING_S, MOST_BOOKING_S = 10.0, 60.0, 10.0


def run() -> list[Ratio]:
    """The ratios on each database."""
    ratios = []
    for database, found in on_each_database("bench._hours").items():
        ratios += [
            Ratio(f"proposal, {database}", found["propose_s"], MOST_PROPOSING_S, "s", 1.0, False),
            Ratio(f"invoices, {database}", found["invoice_s"], MOST_INVOICING_S, "s", 1.0, False),
            Ratio(f"cost entry, {database}", found["book_s"], MOST_BOOKING_S, "s", 1.0, False),
        ]
    return ratios
