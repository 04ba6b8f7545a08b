"""What an instance on its way says of itself: where it stands, what it passed, why it can't go on."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal

from kantoor.kernel.errors import DomainError
from kantoor.kernel.expressions import Value, read_expression
from kantoor.procedures.diagrams.elements import Assigned, Element

MOST_STEPS = 1_000
"""Elements that an instance passes without waiting; more is a way round that never waits."""
PEOPLES = frozenset({"task", "userTask", "manualTask"})
Scope = Mapping[str, Value]
Perform = Callable[[Element, Scope], Value]
"""Does the work of an element with these values and gives what came of it; raises DomainError."""


Whole = Callable[[], AbstractContextManager[None]]
"""Within it, what was done is undone when it raises."""


class WentWrong(DomainError):
    """A mistake of our own in what an element does; the log has it."""

    code = "procedures.went_wrong"


class NoLongerThere(DomainError):
    """The token is not where it was: somebody else was first."""

    code = "procedures.no_longer_there"
    status = 409


class Asked(Exception):
    """Work needs a second person first; it was asked as a request for approval."""

    def __init__(self, approval: int) -> None:
        super().__init__(approval)
        self.approval = approval


class NeverWaits(DomainError):
    """An instance goes round without waiting."""

    code = "procedures.never_waits"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token stands: work for a person, an event that is awaited, something that failed, or
    a request for approval.

    `element` is the event of an event-based gateway, otherwise where the token is. `local` is
    what only this token knows (one of a list). `why` says why it failed; of a request its number.
    """

    token: str
    element: Element
    kind: Literal["work", "event", "failed", "asked"]
    why: str = ""
    local: Scope = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passed:
    """An element that was passed: `how` is done, happened, failed or cancelled."""

    token: str
    element: Element
    how: str


def inputs_of(element: Element, scope: Scope, given: tuple[Assigned, ...]) -> dict[str, Value]:
    """The parameters of an action or query: each by its name, parts of a record by `a.b`."""
    parameters: dict[str, Value] = {}
    for each in given:
        *path, last = each.name.split(".")
        place = parameters
        for part in path:
            place = place.setdefault(part, {})
        place[last] = read_expression(each.value).value(scope)
    return parameters
