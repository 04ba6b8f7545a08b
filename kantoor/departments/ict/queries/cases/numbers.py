"""The numbers of cases as people write them, and proof of their series."""

from collections.abc import Iterable

from kantoor.departments.ict.models.cases.case import PREFIXES
from kantoor.kernel.numbering.numbers import Used, counted
from kantoor.kernel.store.lookup import fetch

SERIES = "ict.case"
DIGITS = 9


def read_number(text: str) -> int | None:
    """The number in `INC-000012`, `12` or, as it was before its kind changed, `REQ-000012`."""
    digits = text.strip().upper()
    for prefix in PREFIXES.values():
        digits = digits.removeprefix(prefix)
    fits = digits.isascii() and digits.isdigit() and len(digits) <= DIGITS
    return int(digits) if fits else None


@counted(f"{SERIES}/")
def numbers_in_use() -> Iterable[Used]:
    """The series of each company as its cases show it, for `verify`."""
    rows = fetch(
        "SELECT company_id, min(number), max(number), count(*) FROM ict_case"
        " GROUP BY company_id ORDER BY company_id"
    )
    for company_id, first, last, count in rows:
        yield f"{SERIES}/{company_id}", first, last, count
