"""Who is affected when something fails: told by the department that knows the thing.

    @affected_by("ict.server")
    def users_of_server(actor: Actor, key: int) -> Affected | None:
        return Affected(name="web-01", parts=[("ict.server_users", "web-01")])

The answer is a question to the company (kernel/audiences.py), so that who tells people about it
knows neither servers nor cases. Without a department that knows, nobody is affected.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kantoor.kernel.actors.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """Whom the failure of a thing concerns: `name` is what people call the thing.

    `parts` are audience kinds with a value: who answers to any of them is affected. `what` says
    what is wrong, as far as that is known.
    """

    name: str
    parts: Sequence[tuple[str, str]]
    what: str = ""


Teller = Callable[[Actor, int], Affected | None]

_tellers: dict[str, Teller] = {}


def affected_by(kind: str) -> Callable[[Teller], Teller]:
    """Register who knows whom the failure of a kind of thing concerns (`ict.server`)."""

    def note(teller: Teller) -> Teller:
        _tellers[kind] = teller
        return teller

    return note


def tells_affected(kind: str) -> bool:
    """Whether it is known of a kind of thing whom its failure concerns."""
    return kind in _tellers


def affected(actor: Actor, reference: str) -> Affected | None:
    """Whom the failure of a thing concerns (`ict.server/12`); None where nobody can tell.

    Nor where the actor may not see the thing.
    """
    kind, _slash, key = reference.partition("/")
    teller = _tellers.get(kind)
    return teller(actor, int(key)) if teller and key.isascii() and key.isdigit() else None
