"""Suggestions that are asked for while somebody types, for what is more than a page can hold.

    EMPLOYEES = suggests("employees", offer=colleagues)

    plan("ict.hand_out", Plan(suggestions={"party": EMPLOYEES}))

The page comes with the first few; whoever types is offered what has these words. The query behind
it asks its own permission and knows one company: what it refuses is not suggested.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.parties.employees import employees

URL = "/suggestions"
MOST = 20
LONGEST = 100
"""Characters of what is typed that are looked for."""

Offer = Callable[[Actor, str, int], Mapping[str, Any]]
"""{what is filled in: its word} for what has these words, at most so many; for no words the first."""


@dataclass(frozen=True, slots=True)
class Suggester:
    """Something that is suggested by the words that were typed."""

    key: str
    offer: Offer

    def offered(self, actor: Actor, words: str = "") -> Mapping[str, Any]:
        """What is offered to somebody; nothing to who may not see it."""
        try:
            return self.offer(actor, words.strip()[:LONGEST], MOST)
        except DomainError:
            return {}

    def attributes(self, list_id: str) -> dict[str, str]:
        """What makes a field ask for its suggestions, and put them in the list with this id."""
        return {
            "list": list_id,
            "autocomplete": "off",
            "hx-get": f"{URL}?{urlencode({'of': self.key})}",
            "hx-trigger": "input changed delay:150ms",
            "hx-target": f"#{list_id}",
            "hx-swap": "innerHTML",
            "hx-sync": "this:replace",
        }


_suggesters: dict[str, Suggester] = {}


def suggests(key: str, *, offer: Offer) -> Suggester:
    """Declare what can be suggested."""
    _suggesters[key] = Suggester(key, offer)
    return _suggesters[key]


def suggester_named(key: str) -> Suggester | None:
    """What is suggested under this key."""
    return _suggesters.get(key)


def _colleagues(actor: Actor, words: str, most: int) -> dict[str, str]:
    return {row.code: row.name for row in employees(actor, search=words, limit=most).rows}


EMPLOYEES = suggests("employees", offer=_colleagues)
"""Who works here, by a part of the name, the code, the start of an address, or a number."""
