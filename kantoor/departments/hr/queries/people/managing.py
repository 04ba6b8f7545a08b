"""Manager and unit of people by their contract, for departments that ask the kernel."""

from collections.abc import Sequence
from datetime import date

from kantoor.departments.hr.models import Unit as UnitRow
from kantoor.departments.hr.queries.people.terms import terms_on
from kantoor.kernel.parties.managers import tells_managers
from kantoor.kernel.parties.units import Unit, tells_units


@tells_managers
def managers_by_contract(company_id: int, parties: Sequence[int], on: date) -> dict[int, int]:
    """The manager in the contract of each of these on a day; one statement."""
    terms = terms_on(company_id, on, parties)
    return {key: each.manager for key, each in terms.items() if each.manager is not None}


@tells_units
def units_by_contract(company_id: int, parties: Sequence[int], on: date) -> dict[int, Unit]:
    """The unit in the contract of each of these on a day, as it is called now; two statements."""
    terms = terms_on(company_id, on, parties)
    keys = {each.unit for each in terms.values() if each.unit is not None}
    rows = UnitRow.objects.filter(pk__in=keys).values_list("pk", "code", "name")
    units = {key: Unit(code, name) for key, code, name in rows}
    return {key: units[each.unit] for key, each in terms.items() if each.unit is not None}
