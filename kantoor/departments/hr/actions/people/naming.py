"""Find what drafts name by code: employees, managers, units and cost centres, for many at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import dimension_values
from kantoor.departments.hr.actions.people.findings import Findings
from kantoor.departments.hr.errors_people import UnknownEmployee, UnknownUnit
from kantoor.departments.hr.models import Unit
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.parties.employees import EMPLOYEE
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.lookup import rows_by_key

COST_CENTRE = "cost_centre"
_PARTIES = """SELECT p.code, p.id, p.subject_id, r.id, p.erased_at FROM kernel_party p
    LEFT JOIN kernel_party_role r ON r.party_id = p.id AND r.role = %s
    WHERE p.company_id = %s AND p.code IN ({})"""


@dataclass(frozen=True, slots=True)
class Known:
    """What there is by the codes that were named: parties with their subject, units, cost centres.

    `coming` are the codes that employees of the same batch will have, `taken` those of relations
    that are no employees.
    """

    employees: dict[str, tuple[int, int | None]]
    units: dict[str, int]
    cost_centres: dict[str, str]
    coming: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()

    def employee(
        self, code: str, found: Findings, line: int | None, field: str = "employee"
    ) -> int | None:
        """The party of an employee."""
        known = self.employees.get(code.strip())
        if known is None:
            message = _("There is no employee “{code}”.").format(code=code[:40])
            found.add(UnknownEmployee(message, field=field, line=line))
            return None
        return known[0]

    def manager(self, code: str, found: Findings, line: int | None) -> int | None:
        """The party of a manager; none yet for one who comes in the same batch."""
        code = code.strip()
        if not code or code in self.coming:
            return None
        if (known := self.employees.get(code)) is None:
            message = _("There is no employee “{code}”.").format(code=code[:40])
            found.add(UnknownEmployee(message, field="manager", line=line))
            return None
        return known[0]

    def unit(self, code: str, found: Findings, line: int | None, field: str = "unit") -> int | None:
        """The unit of the organisation."""
        code = code.strip()
        if not code:
            return None
        if code not in self.units:
            message = _("There is no unit “{code}”; add it to the organisation first.")
            said = message.format(code=code[:40])
            found.add(UnknownUnit(said, field=field, line=line))
        return self.units.get(code)

    def cost_centre(self, code: str, found: Findings, line: int | None) -> str:
        """The cost centre, which finance has to have."""
        code = code.strip()
        if code and code not in self.cost_centres:
            message = _("There is no cost centre “{code}” in use; finance adds them.")
            said = message.format(code=code[:40])
            found.add(NotFound(said, field="cost_centre", line=line))
        return code


def known_codes(
    actor: Actor, employees: Iterable[str], coming: frozenset[str] = frozenset()
) -> Known:
    """Look up what was named; the statements don't grow with what names units or cost centres."""
    wanted = {code.strip() for code in employees if "\0" not in code} - {""}
    parties = rows_by_key(_PARTIES, [EMPLOYEE, actor.company_id], sorted(wanted))
    people = {code: row[:2] for code, row in parties.items() if row[2] and not row[3]}
    return Known(
        people,
        dict(scoped(actor, Unit).values_list("code", "pk")),
        dimension_values(actor.company_id, COST_CENTRE),
        coming,
        frozenset(parties.keys() - people.keys()),
    )
