"""Manager and unit of people by their contract, for departments that ask the kernel."""

from collections.abc import Sequence
from datetime import date

from kantoor.departments.hr.models import Unit as UnitRow
from kantoor.departments.hr.queries.people.terms import terms_between, terms_on
from kantoor.kernel.parties.managers import tells_managers
from kantoor.kernel.parties.units import Stretch, Unit, tells_units


@tells_managers
def managers_by_contract(company_id: int, parties: Sequence[int], on: date) -> dict[int, int]:
    """The manager in the contract of each of these on a day; one statement."""
    terms = terms_on(company_id, on, parties)
    return {key: each.manager for key, each in terms.items() if each.manager is not None}


@tells_units
def units_by_contract(
    company_id: int, parties: Sequence[int], start: date, end: date
) -> dict[int, list[Stretch]]:
    """Unit and cost centre in the contracts of each of these, as units are called now.

    Two statements.
    """
    terms = terms_between(company_id, start, end, parties)
    keys = {each.unit for some in terms.values() for each in some if each.unit is not None}
    rows = UnitRow.objects.filter(pk__in=keys).values_list("pk", "code", "name")
    units: dict[int | None, Unit] = {key: Unit(code, name) for key, code, name in rows}
    return {
        party: [
            Stretch(each.start, each.end, units.get(each.unit), each.cost_centre) for each in some
        ]
        for party, some in terms.items()
    }
