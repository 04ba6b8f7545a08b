"""A company with a help desk for tests, made with few words."""

from dataclasses import dataclass
from typing import Any

from kantoor.departments.ict.actions.cases.desk import add_queue, add_service
from kantoor.departments.ict.actions.cases.opening import open_case
from kantoor.departments.ict.drafts import CaseDraft
from kantoor.departments.ict.models import Case
from kantoor.departments.ict.queries.cases.numbers import read_number
from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import Party
from kantoor.kernel.parties.rows import write_parties, write_roles
from tests.founded import House, found
from tests.remembered import remembered


@dataclass
class Desk:
    """A company with a help desk: `anne` manages it, `bo` and `cas` answer, `eva` asks."""

    house: House
    anne: Actor
    bo: Actor
    cas: Actor
    eva: Actor

    def opened(self, title: str = "The printer is silent", **more: Any) -> str:
        """The number of a case that Bo opened."""
        return open_case(self.bo, case=CaseDraft(title=title, **more)).number

    def case(self, number: str) -> Case:
        """The case as it is now."""
        return Case.objects.get(company_id=self.anne.company_id, number=read_number(number) or 0)


@dataclass(frozen=True)
class Person:
    """An employee as the register of parties has them."""

    code: str
    name: str
    email: str = ""
    phone: str = ""
    kind: str = "person"
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "NL"
    vat_number: str = ""
    registration: str = ""
    language: str = "nl"


@action(permission="ict.manage_desk", title="Write employees for a test", hidden=True)
def write_employees_for_test(actor: Actor, /, *, people: object) -> object:
    """Write employees for a test."""
    assert isinstance(people, list)
    keys = write_parties(actor.company_id, people)
    write_roles("employee", list(keys.values()))
    return keys


def begin_desk(name: str) -> Desk:
    """Found a company with a help desk."""
    return remembered(("desk", name), lambda: _begun(name))


def _begun(name: str) -> Desk:
    assert action_named("ict.open_case")
    house = found(name)
    anne = house.administrator
    bo, cas = house.person("bo", "help_desk"), house.person("cas", "help_desk")
    eva = house.person("eva", "employee")
    employees = [
        Person("E1", "Eva Jansen", "eva@bakker.example", "+31 20 555 0101"),
        Person("E2", "Piet de Boer", "piet@bakker.example", "+31 20 555 0102"),
    ]
    write_employees_for_test(anne, people=employees)
    assert Party.objects.filter(code="E1").exists()
    add_queue(anne, code="desk", name="First line", members=["bo", "cas"])
    add_queue(anne, code="network", name="Network", members=["cas"])
    add_service(anne, code="mail", name="Mail", criticality=2)
    return Desk(house, anne, bo, cas, eva)
