"""Whose manager is who by their contract, for departments that ask the kernel."""

from collections.abc import Sequence
from datetime import date

from kantoor.departments.hr.queries.people.terms import terms_on
from kantoor.kernel.parties.managers import tells_managers


@tells_managers
def managers_by_contract(company_id: int, parties: Sequence[int], on: date) -> dict[int, int]:
    """The manager in the contract of each of these on a day; one statement."""
    terms = terms_on(company_id, on, parties)
    return {key: each.manager for key, each in terms.items() if each.manager is not None}
