"""A department that takes events, for the tests of the intake, and who hands them in."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.companies import create_company
from kantoor.kernel.errors import Conflict
from kantoor.kernel.intake import incoming as registry
from kantoor.kernel.intake.eventhttp import events_from_http
from kantoor.kernel.intake.http import EventOutcome, take_events
from kantoor.kernel.intake.incoming import Incoming, Outcome
from kantoor.kernel.intake.problems import Problem
from kantoor.kernel.parties.models import Party
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.models import insert_rows

FOUNDER = Actor(user_id=None, name="founder", company_id=0, permissions=frozenset({"*"}))
KIND = "test.party.met"


class Desk:
    """A department that keeps the name of whom it met, and refuses whom it is told to."""

    def __init__(self) -> None:
        self.refuses: set[str] = set()
        self.raises: set[str] = set()
        self.breaks = False
        self.calls: list[int] = []

    def meet(self, actor: Actor, documents: Sequence[Incoming]) -> list[Outcome]:
        """Keep them all, in bulk."""
        self.calls.append(len(documents))
        if self.breaks:
            raise RuntimeError("the department broke")
        named = {id(each): json.loads(each.content.data)["name"] for each in documents}
        met = [each for each in documents if named[id(each)] not in self.refuses]
        keys = {}
        if met:
            first = take_ids(Party, len(met))
            keys = {id(each): first + n for n, each in enumerate(met)}
            rows = [_party_row(keys[id(e)], actor.company_id, named[id(e)]) for e in met]
            insert_rows(Party, rows)
        for name in named.values():
            if name in self.raises:
                raise Conflict(f"{name} is not welcome", field="name")
        return [
            Outcome(f"kernel.party/{keys[id(each)]}")
            if id(each) in keys
            else Outcome("", Problem(each.line, "name", "test.refused", f"no {named[id(each)]}"), 5)
            for each in documents
        ]


def _party_row(key: int, company: int, name: str) -> tuple[Any, ...]:
    blank = [""] * 9
    return (key, None, company, name, "person", name, *blank, now(), None)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A department that takes the events of these tests."""
    desk = Desk()
    monkeypatch.setitem(registry._handlers, KIND, desk.meet)
    return desk


@pytest.fixture
def anne(db: None) -> Actor:
    """Who may do everything in a company."""
    company = create_company(FOUNDER, name="Bakker BV", country="NL", currency="EUR")
    return replace(FOUNDER, name="Anne", company_id=company)


def event(id: str, name: str, **more: Any) -> dict[str, Any]:
    """An event that somebody was met."""
    base = {"specversion": "1.0", "id": id, "source": "front", "type": KIND}
    return base | {"data": {"name": name}} | more


def post(actor: Actor, *events: dict[str, Any]) -> list[EventOutcome]:
    """Hand in events as a batch over HTTP."""
    headers = {"Content-Type": "application/cloudevents-batch+json"}
    return take_events(actor, events_from_http(headers, json.dumps(events).encode()))


def states(outcomes: Sequence[EventOutcome]) -> list[str]:
    return [outcome.state for outcome in outcomes]


def ndjson(path: Path, *events: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in events))
    return path
