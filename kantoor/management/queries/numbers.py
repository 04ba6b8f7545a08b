"""Proof that the series of objectives has no gaps."""

from collections.abc import Iterable

from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.store.lookup import fetch


@counted("management.")
def numbers_in_use() -> Iterable[Used]:
    """The series of objectives as its rows show it, for `verify`."""
    rows = fetch(
        "SELECT company_id, min(number), max(number), count(*) FROM management_objective"
        " GROUP BY company_id ORDER BY company_id"
    )
    for company_id, first, last, count in rows:
        yield f"management.objective/{company_id}", first, last, count
