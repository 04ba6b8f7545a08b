"""Bookkeeping on paper: what each chapter must come to, added up without Kantoor."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

Amounts = Mapping[str, int]
"""Cents by account, debit positive."""


class Paper:
    """Entries written by hand; each adds up to nothing."""

    def __init__(self) -> None:
        self._entries: list[tuple[date, Amounts]] = []

    def write(self, on: str, amounts: Amounts) -> None:
        """Write an entry."""
        assert sum(amounts.values()) == 0, f"{on}: {sum(amounts.values())}"
        self._entries.append((date.fromisoformat(on), amounts))

    def balances(self, until: date, since: date = date.min) -> dict[str, int]:
        """What accounts stand at or moved between two days, those at nought left out."""
        found: defaultdict[str, int] = defaultdict(int)
        for on, amounts in self._entries:
            if since <= on <= until:
                for account, amount in amounts.items():
                    found[account] += amount
        return {account: amount for account, amount in found.items() if amount}
