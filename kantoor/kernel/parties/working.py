"""Who works here today: employees, less those of whom a department knows that they don't.

    @tells_away
    def away(company_id: int, on: date) -> QuerySet[Party]:
        "Employees who left, or who begin later."

Without a department that keeps contracts, every employee works here.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from kantoor.kernel.parties.employees import EMPLOYEE
from kantoor.kernel.parties.models import Party, PartyRole

Teller = Callable[[int, date], "QuerySet[Party]"]

_tellers: list[Teller] = []


def tells_away(teller: Teller) -> Teller:
    """Register who knows which employees don't work here on a day."""
    _tellers.append(teller)
    return teller


def who_works_here(company_id: int, on: date | None = None) -> "QuerySet[Party]":
    """Everybody who works here on a day (today if none is said); one statement."""
    day = on or timezone.localdate()
    employees = PartyRole.objects.filter(role=EMPLOYEE).values("party")
    found = Party.objects.filter(company_id=company_id, erased_at=None, pk__in=employees)
    for teller in _tellers:
        found = found.exclude(pk__in=teller(company_id, day).order_by().values("pk"))
    return found
