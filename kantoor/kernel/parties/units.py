"""Where in the company people work and when: asked by any department, known by one.

    @tells_units
    def units(company_id: int, parties: Sequence[int], start: date, end: date) -> ...:
        "The stretches of each of these parties in a period, in order; constant statements."

    @finds_people_of
    def people_of(company_id: int, names: Sequence[str]) -> QuerySet[Party]:
        "Who works today in the units of these names or codes, or within them."

Without a department that knows, nobody works in a unit.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from kantoor.kernel.parties.models import Party


class Unit(NamedTuple):
    """A part of the company, such as a department."""

    code: str
    name: str


class Stretch(NamedTuple):
    """Where somebody works from `start` to `end`, both inclusive; `cost_centre` may be empty."""

    start: date
    end: date
    unit: Unit | None
    cost_centre: str = ""


Teller = Callable[[int, Sequence[int], date, date], Mapping[int, Sequence[Stretch]]]

Finder = Callable[[int, Sequence[str]], "QuerySet[Party]"]

_tellers: list[Teller] = []
_finders: list[Finder] = []


def tells_units(teller: Teller) -> Teller:
    """Register who knows the units of people."""
    _tellers.append(teller)
    return teller


def finds_people_of(finder: Finder) -> Finder:
    """Register who knows the people of units."""
    _finders.append(finder)
    return finder


def people_of_units(company_id: int, names: Sequence[str]) -> "QuerySet[Party]":
    """Who works today in the units of these names or codes."""
    found = Q(pk__in=[])
    for finder in _finders if names else ():
        found |= Q(pk__in=finder(company_id, names).order_by().values("pk"))
    return Party.objects.filter(found, company_id=company_id)


class Whereabouts:
    """Where people work in a period, asked once, looked up by the day."""

    def __init__(self, company_id: int, parties: Sequence[int], start: date, end: date) -> None:
        self._found: dict[int, Sequence[Stretch]] = {}
        for teller in _tellers:
            self._found |= teller(company_id, parties, start, end)

    def on(self, party: int | None, day: date) -> Stretch | None:
        """Where somebody works on a day of the period; None for nobody, and who does not."""
        held = self._found.get(party, ()) if party is not None else ()
        return next((each for each in held if each.start <= day <= each.end), None)
