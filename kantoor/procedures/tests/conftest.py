"""A company with people of several roles, for the tests of procedures."""

from dataclasses import dataclass

import pytest
from django.utils import timezone

from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.roles import Permitted, add_role, grant_role
from kantoor.procedures.actions.delivering import deliver_events
from kantoor.procedures.actions.going_on import go_on
from kantoor.procedures.actions.importing import import_procedure, publish_version
from kantoor.procedures.actions.starting import start_procedure
from kantoor.procedures.hearing import due_waits
from kantoor.procedures.models import HeardEvent, Instance, Procedure, Task, Wait
from tests.founded import House, found


@dataclass
class Office:
    """A company: Anne manages procedures, Bo and Cas keep the books, Dewi is an employee."""

    house: House
    anne: Actor
    bo: Actor
    cas: Actor
    dewi: Actor

    def import_as(self, content: str, *permissions: str) -> None:
        """Bring in a procedure and publish it, its account allowed to do these things."""
        imported = import_procedure(self.anne, content=content)
        key = imported.procedure
        if permissions:
            console, role = console_actor(self.house.company), f"of_{key}"
            allowed = [Permitted(each) for each in permissions]
            add_role(console, code=role, name_en=key, name_nl=key, permissions=allowed)
            account = Procedure.objects.get(key=key).account.sign_in
            grant_role(console, user=account, role=role)
        publish_version(self.anne, procedure=key, version=imported.version)

    def start(self, key: str, **values: object) -> Instance:
        """Start a procedure as Bo."""
        number = start_procedure(self.bo, procedure=key, values=values)
        return Instance.objects.get(number=number)

    def let_pass(self) -> None:
        """Let go on what is due, and deliver what was heard, as the worker does."""
        console = console_actor(self.house.company)
        heard = list(HeardEvent.objects.filter(handled_at=None).values_list("pk", flat=True))
        deliver_events(console, events=heard)
        due = Wait.objects.filter(due_waits(timezone.now())).order_by("due_at", "pk")
        go_on(console, waits=list(due.values_list("pk", flat=True)))

    def task(self, element: str) -> Task:
        """The open task at an element."""
        return Task.objects.get(element=element, state="open")


@pytest.fixture
def office(db: None) -> Office:
    """The company."""
    return company()


def company() -> Office:
    """A company with its people."""
    house = found("Bakker BV")
    return Office(
        house,
        house.administrator,
        house.person("bo", "bookkeeper", "employee"),
        house.person("cas", "bookkeeper", "employee"),
        house.person("dewi", "employee"),
    )
