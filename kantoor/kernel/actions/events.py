"""Events: told after the commit, to whoever subscribed; a subscriber's failure stops nobody.

Who must not lose one (the outbox) keeps it within the transaction instead.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from kantoor.kernel.actors.actor import Actor

log = logging.getLogger(__name__)
E = TypeVar("E")
_subscribers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)
Keeper = Callable[[Actor, Sequence[object]], None]
_keepers: list[Keeper] = []


def subscribe(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Call the decorated function with every published event of this kind, after the commit."""

    def note(function: Callable[[E], None]) -> Callable[[E], None]:
        if function not in _subscribers[kind]:
            _subscribers[kind].append(function)
        return function

    return note


def keep_before_commit(keeper: Keeper) -> Keeper:
    """Call the function with an action's events before the commit, so that none can be lost.

    What it writes belongs to the transaction; when it fails, so does the action.
    """
    if keeper not in _keepers:
        _keepers.append(keeper)
    return keeper


def before_commit(actor: Actor, happened: Sequence[object]) -> None:
    """Hand the events of a transaction that is about to commit to their keepers."""
    if happened:
        for keeper in _keepers:
            keeper(actor, happened)


def tell(happened: Sequence[object]) -> None:
    """Hand the events of a committed transaction to their subscribers."""
    for event in happened:
        for subscriber in _subscribers[type(event)]:
            try:
                subscriber(event)
            except Exception:
                log.exception("a subscriber to %s failed", type(event).__name__)
