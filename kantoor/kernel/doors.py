"""Doors for machines: addresses at the root where agents and watching programs knock.

A department registers one in its `web`, and the shell opens it at `/<name>`:

    @machine_door("inventory", largest=20 * 2**20)
    def inventory(visit: Visit) -> Reply: ...

Who knocks may show a token (bearer, the password of basic authentication, or behind the name in
the address, for agents that can do no other); the door decides what to do with who shows none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kantoor.kernel.actors.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request at a door. `actor` is whose token was shown, None where none was.

    `from_here` says that the machine itself asks, and no proxy on it for somebody else; `address`
    is where it comes from.
    """

    method: str
    body: bytes
    content_type: str
    address: str
    from_here: bool
    actor: Actor | None = None
    root: str = ""
    """Where the house is opened (https://kantoor.example.org), for addresses in the answer."""
    token: str = ""
    """What stands behind the name in the address, at a door with tokens of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a door answers."""

    body: bytes
    content_type: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Callable[[Visit], Reply]


@dataclass(frozen=True, slots=True)
class Door:
    """A door: its name in the address, and the most bytes it takes at once.

    One with `own_tokens` judges itself what stands behind its name; nobody is an actor there.
    """

    name: str
    largest: int
    answer: Answer
    own_tokens: bool = False


_doors: dict[str, Door] = {}


def machine_door(
    name: str, *, largest: int, own_tokens: bool = False
) -> Callable[[Answer], Answer]:
    """Open a door at `/<name>` (which may have slashes) for bodies up to `largest` bytes."""

    def note(answer: Answer) -> Answer:
        _doors[name] = Door(name, largest, answer, own_tokens)
        return answer

    return note


def doors() -> list[Door]:
    """Every door, by name."""
    return [_doors[name] for name in sorted(_doors)]
