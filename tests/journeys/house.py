"""A company in which the journeys that come with Kantoor run, with few words for what people do."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

import kantoor.procedures
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.procedures.actions.delivering import deliver_events
from kantoor.procedures.actions.going_on import go_on
from kantoor.procedures.actions.journeys import use_journeys
from kantoor.procedures.actions.starting import start_procedure
from kantoor.procedures.actions.tasks import complete_task
from kantoor.procedures.hearing import due_waits
from kantoor.procedures.models import HeardEvent, Instance, Task, Wait
from tests.founded import House

READY = Path(kantoor.procedures.__file__).parent / "journeys"
KEYS = sorted(each.stem for each in READY.glob("*.bpmn"))
ROUNDS = 12


@dataclass
class Journey:
    """A journey that was published in a company; `instance` is the one that runs, once it does."""

    house: House
    key: str

    @property
    def instance(self) -> Instance:
        """The only instance of it."""
        return Instance.objects.get(procedure__key=self.key)

    def start(self, by: Actor, **values: object) -> None:
        """Start it by hand."""
        start_procedure(by, procedure=self.key, values=values)
        self.go_on()

    def go_on(self) -> None:
        """Deliver what was heard and go on with what is due, as the worker does, until it rests."""
        console = console_actor(self.house.company)
        for _round in range(ROUNDS):
            heard = list(HeardEvent.objects.filter(handled_at=None).values_list("pk", flat=True))
            deliver_events(console, events=heard)
            due = Wait.objects.filter(due_waits(timezone.now())).order_by("due_at", "pk")
            waits = list(due.values_list("pk", flat=True))
            go_on(console, waits=waits)
            if not heard and not waits:
                return
        raise AssertionError("it does not come to rest")

    def look(self) -> None:
        """Look at conditions now, as the worker does every hour."""
        waits = Wait.objects.filter(instance__procedure__key=self.key, kind="condition")
        go_on(console_actor(self.house.company), waits=list(waits.values_list("pk", flat=True)))
        self.go_on()

    @property
    def open(self) -> set[str]:
        """The elements at which tasks are open."""
        tasks = Task.objects.filter(instance__procedure__key=self.key, state="open")
        return set(tasks.values_list("element", flat=True))

    def task(self, element: str) -> Task:
        """The open task at an element."""
        return Task.objects.get(instance__procedure__key=self.key, element=element, state="open")

    def do(self, by: Actor, element: str, **values: Any) -> None:
        """Do the task at an element; what it sets going is gone on with."""
        complete_task(by, task=self.task(element).pk, values=values)
        self.go_on()

    def waits_at(self) -> set[str]:
        """The elements at which something is waited for."""
        waits = Wait.objects.filter(instance__procedure__key=self.key)
        return set(waits.values_list("element", flat=True))

    @property
    def state(self) -> str:
        """running, stuck, ended or called_off."""
        return self.instance.state


def publish(house: House, key: str) -> Journey:
    """Take a journey into use, its account allowed what stands beside its file and nothing more."""
    use_journeys(house.administrator, journeys=[key])
    return Journey(house, key)


def permissions_of(key: str) -> list[str]:
    """What the account of a journey may do."""
    return list(tomllib.loads((READY / f"{key}.toml").read_text())["permissions"])


def later(monkeypatch: pytest.MonkeyPatch, **amount: int) -> None:
    """Let it be so much later from now on."""
    moment = timezone.now() + timedelta(**amount)
    monkeypatch.setattr(timezone, "now", lambda: moment)
