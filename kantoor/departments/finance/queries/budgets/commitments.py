"""What is ordered and not invoiced yet: it counts against a budget as if it were spent.

Whoever keeps orders says what they commit to:

    @commits
    def purchase_orders(company_id: int, start: date, end: date, dimension: str) -> Mapping[int, int]:
        return {account_id: minor units still to be invoiced, debit positive}
"""

from collections.abc import Callable, Mapping
from datetime import date

Commits = Callable[[int, date, date, str], Mapping[int, int]]
_sources: dict[str, Commits] = {}


def commits(source: Commits) -> Commits:
    """Register what orders commit to, by the key of the account, in minor units, debit positive."""
    _sources[f"{source.__module__}.{source.__qualname__}"] = source
    return source


def committed(company_id: int, start: date, end: date, dimension: str = "") -> dict[int, int]:
    """What is committed by account between two days (by when it is expected)."""
    sums: dict[int, int] = {}
    for source in _sources.values():
        for account_id, amount in source(company_id, start, end, dimension).items():
            sums[account_id] = sums.get(account_id, 0) + amount
    return sums
