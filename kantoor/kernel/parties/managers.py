"""Whose manager is who: asked by any department, known by the one that keeps contracts.

    @tells_managers
    def managers(company_id: int, parties: Sequence[int], on: date) -> Mapping[int, int]:
        "The manager of each of these parties on a day, where there is one; constant statements."

Without a department that knows, nobody has a manager.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

Teller = Callable[[int, Sequence[int], date], Mapping[int, int]]

_tellers: list[Teller] = []


def tells_managers(teller: Teller) -> Teller:
    """Register who knows the managers of people."""
    _tellers.append(teller)
    return teller


def managers_of(company_id: int, parties: Sequence[int], on: date) -> dict[int, int]:
    """The manager (a party) of each of these parties on a day, for those who have one."""
    found: dict[int, int] = {}
    for teller in _tellers:
        found |= teller(company_id, parties, on)
    return found
