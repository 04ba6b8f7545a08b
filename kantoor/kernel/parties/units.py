"""Which unit of the company people work in: asked by any department, known by one.

    @tells_units
    def units(company_id: int, parties: Sequence[int], on: date) -> Mapping[int, Unit]:
        "The unit of each of these parties on a day, where there is one; constant statements."

Without a department that knows, nobody works in a unit.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple


class Unit(NamedTuple):
    """A part of the company, such as a department."""

    code: str
    name: str


Teller = Callable[[int, Sequence[int], date], Mapping[int, Unit]]

_tellers: list[Teller] = []


def tells_units(teller: Teller) -> Teller:
    """Register who knows the units of people."""
    _tellers.append(teller)
    return teller


def units_of(company_id: int, parties: Sequence[int], on: date) -> dict[int, Unit]:
    """The unit of each of these parties on a day, for those who have one."""
    found: dict[int, Unit] = {}
    for teller in _tellers:
        found |= teller(company_id, parties, on)
    return found
