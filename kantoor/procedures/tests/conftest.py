"""A company with people of several roles, for the tests of procedures."""

from dataclasses import dataclass

import pytest

from kantoor.kernel.actors.actor import Actor
from kantoor.procedures.models import Task
from tests.founded import House, found


@dataclass
class Office:
    """A company: Anne manages procedures, Bo and Cas keep the books, Dewi is an employee."""

    house: House
    anne: Actor
    bo: Actor
    cas: Actor
    dewi: Actor

    def task(self, element: str) -> Task:
        """The open task at an element."""
        return Task.objects.get(element=element, state="open")


@pytest.fixture
def office(db: None) -> Office:
    """The company."""
    house = found("Bakker BV")
    return Office(
        house,
        house.administrator,
        house.person("bo", "bookkeeper", "employee"),
        house.person("cas", "bookkeeper", "employee"),
        house.person("dewi", "employee"),
    )
