"""A company with an HR officer, a manager and employees, made with few words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kantoor.departments.hr.actions.people.hiring import hire_employees
from kantoor.departments.hr.drafts_people import HireDraft
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import Party
from tests.founded import House, found
from tests.remembered import remembered

FULL_TIME: dict[str, Any] = {
    f"hours_{day}": Decimal(8) for day in ("mon", "tue", "wed", "thu", "fri")
}
BEGAN = date(2024, 1, 1)


@dataclass
class Staff:
    """`helen` is HR's; `mo` (M1) manages `emma` (E1) and Piet (E2), and signs in as they do."""

    house: House
    helen: Actor
    mo: Actor
    emma: Actor

    @property
    def company_id(self) -> int:
        return self.helen.company_id

    def party(self, code: str) -> int:
        """The party of an employee."""
        return Party.objects.get(company_id=self.company_id, code=code).pk

    def hire(self, code: str, start: date = BEGAN, **more: Any) -> str:
        """Hire one person, full time unless hours are said."""
        hours: dict[str, Any] = {} if any(name.startswith("hours_") for name in more) else FULL_TIME
        draft = HireDraft(name=more.pop("name", code), employee=code, start=start, **hours, **more)
        return hire_employees(self.helen, employees=[draft])[0]


def begin_staff(name: str = "Bakker BV") -> Staff:
    """Found a company and hire three people."""
    return remembered(("staff", name), lambda: _begun(name))


def _begun(name: str) -> Staff:
    house = found(name)
    helen = house.person("helen", "hr_officer")
    mo, emma = house.person("mo", "employee"), house.person("emma", "employee")
    hire_employees(
        house.administrator,
        employees=[
            HireDraft(name="Mo Haddad", employee="M1", start=BEGAN, sign_in="mo", **FULL_TIME),
            HireDraft(
                name="Emma de Wit", employee="E1", start=BEGAN, manager="M1", sign_in="emma",
                bsn="111222333", iban="NL91ABNA0417164300", birth_date=date(1990, 5, 6),
                street="Kade 1", city="Utrecht", **FULL_TIME,
            ),
            HireDraft(name="Piet Vos", employee="E2", start=BEGAN, manager="M1", **FULL_TIME),
        ],
    )  # fmt: skip
    return Staff(house, helen, mo, emma)
