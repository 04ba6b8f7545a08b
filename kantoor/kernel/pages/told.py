"""What departments tell people one by one: it stands on the page of notices, the latest first.

@tells("management.read_dashboards")
def of_alerts(actor: Actor, since: datetime) -> Sequence[Happened]: ...
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.ui.today_page import Happened

Tells = Callable[[Actor, datetime], Sequence[Happened]]
_tellers: dict[str, tuple[str, Tells]] = {}


def tells(permission: str) -> Callable[[Tells], Tells]:
    """Declare what is told to those who have a permission."""

    def note(tell: Tells) -> Tells:
        _tellers[f"{tell.__module__}.{tell.__qualname__}"] = permission, tell
        return tell

    return note


def told_since(actor: Actor, since: datetime) -> Iterator[Happened]:
    """All that the actor was told since a moment."""
    for permission, tell in _tellers.values():
        if actor.may(permission):
            yield from tell(actor, since)
