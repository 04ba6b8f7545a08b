"""What departments tell people one by one: it stands on the page of notices, the latest first.

@tells("management.read_dashboards", counted=my_notice_count)
def of_alerts(actor: Actor, since: datetime) -> Sequence[Happened]: ...

How many it is stands around every page, so that is asked apart from what it is.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.ui.today_page import Happened

Tells = Callable[[Actor, datetime], Sequence[Happened]]


class Counted(Protocol):
    """A query that says how many there are to tell since a moment."""

    def __call__(self, actor: Actor, /, *, since: datetime) -> int:
        """As many as would be told."""


_tellers: dict[str, tuple[str, Tells, Counted]] = {}


def tells(permission: str, *, counted: Counted) -> Callable[[Tells], Tells]:
    """Declare what is told to those who have a permission, and the query that counts it."""

    def note(tell: Tells) -> Tells:
        _tellers[f"{tell.__module__}.{tell.__qualname__}"] = permission, tell, counted
        return tell

    return note


def told_since(actor: Actor, since: datetime) -> Iterator[Happened]:
    """All that the actor was told since a moment."""
    for permission, tell, _counted in _tellers.values():
        if actor.may(permission):
            yield from tell(actor, since)


def how_many_told(actor: Actor, since: datetime) -> int:
    """How many that are."""
    asked = (counted for permission, _tell, counted in _tellers.values() if actor.may(permission))
    return sum(counted(actor, since=since) for counted in asked)
