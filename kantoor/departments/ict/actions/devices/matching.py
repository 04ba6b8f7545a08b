"""Whose inventory it is: the known device, a new one, or a question for a person.

An agent's own name says which machine it was installed on, but it is copied with disks; serial
numbers, UUIDs and IMEIs are burnt in; a network address may be that of a dock; a host name is
only a hint. So a device is known again when what it says agrees, and a person is asked when it
does not: nothing is ever merged by guess.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from kantoor.departments.ict.formats.inventory.identity import (
    AGENT,
    HOST,
    MAC,
    STRONG,
    Key,
)

OWN, SHARED, IGNORED = "own", "shared", "ignored"
Values = Mapping[str, set[str]]
"""Values of the keys of a device by kind."""


class Known(NamedTuple):
    """Whose key it is."""

    device_id: int | None
    state: str


class Verdict(NamedTuple):
    """What to do with a reading; `reason` is why it is held, `candidates` which devices it may be."""

    verdict: Literal["known", "new", "held", "ignored"]
    device_id: int | None = None
    reason: str = ""
    candidates: tuple[int, ...] = ()


def judge(keys: Sequence[Key], known: Mapping[Key, Known], own: Mapping[int, Values]) -> Verdict:
    """Whose reading it is, by its keys; `own` are all keys of the devices that `known` names."""
    agent = next((known[key] for key in keys if key.kind == AGENT and key in known), None)
    if agent is not None and agent.state == IGNORED:
        return Verdict("ignored")
    mine = _by_kind(key for key in keys if known.get(key, Known(None, OWN)).state == OWN)
    by_strong = _devices(keys, known, STRONG)
    if agent is not None and agent.device_id is not None:
        device = agent.device_id
        others = tuple(each for each in by_strong if each != device)
        if others:
            return Verdict("held", None, "several", (device, *others))
        if contradicts(mine, own.get(device, {})) or _elsewhere(mine, own.get(device, {})):
            return Verdict("held", None, "two_machines", (device,))
        return Verdict("known", device)
    for kinds in (STRONG, (MAC,), (HOST,)):
        found = _devices(keys, known, kinds)
        if kinds is not STRONG:
            # A dock or a name that wandered: what is burnt in says that it is another machine.
            found = tuple(each for each in found if not contradicts(mine, own.get(each, {})))
        if len(found) > 1:
            return Verdict("held", None, "several", found)
        if found:
            return _alone(found[0], mine, own.get(found[0], {}))
    return Verdict("new")


def _alone(device: int, mine: Values, theirs: Values) -> Verdict:
    """The one device with these keys: known, unless another agent reports it already."""
    if contradicts(mine, theirs):
        return Verdict("held", None, "two_machines", (device,))
    if mine.get(AGENT) and theirs.get(AGENT):
        return Verdict("held", None, "other_agent", (device,))
    return Verdict("known", device)


def contradicts(mine: Values, theirs: Values) -> bool:
    """Whether what is burnt in is known of both, and nothing of it agrees."""
    both = [kind for kind in STRONG if mine.get(kind) and theirs.get(kind)]
    return bool(both) and not any(mine[kind] & theirs[kind] for kind in both)


def _elsewhere(mine: Values, theirs: Values) -> bool:
    """Whether nothing burnt in is known of both, and neither address nor name agrees."""
    if any(mine.get(kind) and theirs.get(kind) for kind in STRONG):
        return False
    both = [kind for kind in (MAC, HOST) if mine.get(kind) and theirs.get(kind)]
    return len(both) == 2 and not any(mine[kind] & theirs[kind] for kind in both)


def _devices(
    keys: Sequence[Key], known: Mapping[Key, Known], kinds: Sequence[str]
) -> tuple[int, ...]:
    found = (known[key] for key in keys if key.kind in kinds and key in known)
    return tuple(
        dict.fromkeys(
            each.device_id for each in found if each.device_id is not None and each.state == OWN
        )
    )


def _by_kind(keys: Iterable[Key]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, value in keys:
        found.setdefault(kind, set()).add(value)
    return found
