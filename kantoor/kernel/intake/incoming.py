"""What the door takes: documents with an identity, and what a department says of each.

A department registers a handler for a type of document (`@takes`). It gets many at once and
gives an outcome for each, in their order; whatever it writes is part of the same transaction. A
`DomainError` that it raises refuses the one document it was given, or sends it the halves of many.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.problems import Problem


class Incoming(msgspec.Struct, gc=False):
    """One document as it came in.

    `content` is what its handler understands: `Rows` for a file with a mapping, the decoded event
    for a CloudEvent. `raw` is the MessagePack of what is kept of it, `digest` tells its content
    from another's, `rows` is what it counts for and `line` where it began in the input. With a
    `problem` it is refused without asking its handler.
    """

    source: str
    event_id: str
    type: str
    digest: bytes
    raw: bytes
    content: Any
    rows: int = 1
    line: int | None = None
    time: str | None = None
    problem: Problem | None = None

    @property
    def origin(self) -> str:
        """Its name as the cause of what is made of it."""
        return f"event:{self.source}/{self.event_id}"


class Outcome(NamedTuple):
    """What became of a document: `result` names it when accepted, `problem` why not.

    `amount` is what a refused document stands for in minor units of the company's currency, where
    that can be told.
    """

    result: str = ""
    problem: Problem | None = None
    amount: int | None = None


Handler = Callable[[Actor, Sequence[Incoming]], Sequence[Outcome]]
Valuer = Callable[[Actor, Incoming], int | None]

_handlers: dict[str, Handler] = {}
_valuers: dict[str, Valuer] = {}


def takes(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of a type of document (`kantoor.sales.order.placed`)."""

    def note(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return note


def values(kind: str) -> Callable[[Valuer], Valuer]:
    """Register what tells the amount of a document that is refused unread."""

    def note(valuer: Valuer) -> Valuer:
        _valuers[kind] = valuer
        return valuer

    return note


def handler_of(kind: str) -> Handler | None:
    """Who takes documents of this type."""
    return _handlers.get(kind)


def amount_of(actor: Actor, document: Incoming) -> int | None:
    """What a document stands for, as far as it can be read."""
    valuer = _valuers.get(document.type)
    return valuer(actor, document) if valuer else None


def types_taken() -> tuple[str, ...]:
    """Every type of document that somebody takes."""
    return tuple(sorted(_handlers))
