"""The series of the numbers of requests, and proof of it."""

from collections.abc import Iterable

from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.store.lookup import fetch

SERIES = "procedures.request"


@counted(f"{SERIES}/")
def request_numbers_in_use() -> Iterable[Used]:
    """The series of each company as its requests show it, for `verify`."""
    rows = fetch(
        "SELECT company_id, min(number), max(number), count(*) FROM procedures_request"
        " GROUP BY company_id ORDER BY company_id"
    )
    for company_id, first, last, count in rows:
        yield f"{SERIES}/{company_id}", first, last, count
