"""The people of the trading company, and what two of them do together."""

from collections.abc import Callable
from typing import NamedTuple

from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.approvals import approve_request


class Office(NamedTuple):
    """Who works for the company: each as they act there; the last two are the help desk's."""

    bookkeeper: Actor
    controller: Actor
    seller: Actor
    agent: Actor
    manager: Actor


def by_two(second: Actor, act: Callable[[], object]) -> object:
    """Let somebody act, and `second` approve what waits for another pair of eyes."""
    try:
        return act()
    except NeedsSecondPair as waiting:
        return approve_request(second, approval_id=waiting.approval_id)
