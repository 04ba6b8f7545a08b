"""Events: told after the commit, to whoever subscribed; a subscriber's failure stops nobody."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

log = logging.getLogger(__name__)
E = TypeVar("E")
_subscribers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Call the decorated function with every published event of this kind, after the commit."""

    def note(function: Callable[[E], None]) -> Callable[[E], None]:
        if function not in _subscribers[kind]:
            _subscribers[kind].append(function)
        return function

    return note


def tell(happened: Sequence[object]) -> None:
    """Hand the events of a committed transaction to their subscribers."""
    for event in happened:
        for subscriber in _subscribers[type(event)]:
            try:
                subscriber(event)
            except Exception:
                log.exception("a subscriber to %s failed", type(event).__name__)
