"""The numbers of allocation runs, as the runs have them."""

from collections.abc import Iterator

from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.store.stream import stream


@counted("finance.allocation_run/")
def allocation_series() -> Iterator[Used]:
    """The numbers of allocation runs by company."""
    rows = stream(
        "SELECT company_id, MIN(CAST(SUBSTR(number, 2) AS integer)),"
        " MAX(CAST(SUBSTR(number, 2) AS integer)), COUNT(*) FROM finance_allocation_run"
        " GROUP BY company_id"
    )
    for company, first, last, count in rows:
        yield f"finance.allocation_run/{company}", first, last, count
