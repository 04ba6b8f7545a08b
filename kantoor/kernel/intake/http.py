"""CloudEvents over HTTP: what a request held goes through the same door as a file."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.door import Verdict, receive
from kantoor.kernel.intake.eventfiles import Taken
from kantoor.kernel.intake.events import from_taken
from kantoor.kernel.intake.raw import EVENTS

SOME = 500
NO_SOURCE = "http"
"""Whose an event is that can't be read so far as to tell its source."""


class EventOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one event of a request; `place` is its place in it, from 1."""

    place: int
    source: str
    id: str
    state: Literal["accepted", "duplicate", "rejected"]
    result: str = ""
    code: str = ""
    message: str = ""
    field: str = ""


def take_events(actor: Actor, events: Iterable[Taken]) -> list[EventOutcome]:
    """Take in the events of a request (`events_from_http`); committed when this returns.

    Raises NotAllowed for an actor without `kernel.take_in`; a refused event is an outcome.
    """
    outcomes: list[EventOutcome] = []
    documents = [from_taken(taken, place, NO_SOURCE) for place, taken in events]
    for start in range(0, len(documents), SOME):
        verdicts = receive(actor, documents[start : start + SOME], form=EVENTS)
        outcomes.extend(outcome_of(verdict) for verdict in verdicts)
    return outcomes


def outcome_of(verdict: Verdict) -> EventOutcome:
    """What became of a document, for who handed it in."""
    document, state, outcome = verdict
    problem = outcome.problem
    return EventOutcome(
        place=document.line or 1,
        source=document.source,
        id=document.event_id,
        state=state,
        result=outcome.result,
        code=problem.code if problem else "",
        message=str(problem.message) if problem else "",
        field=problem.field if problem else "",
    )
