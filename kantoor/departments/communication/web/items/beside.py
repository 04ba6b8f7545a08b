"""What other areas say beside an item: its figures, mailings, who read it.

@beside_item
def mailings_beside(actor: Actor, shown: ItemShown) -> Beside: ...
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kantoor.departments.communication.queries.items.shapes import ItemShown
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Relation


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Relations to show beside an item, and buttons to put among its own."""

    relations: Sequence[Relation] = ()
    steps: Sequence[Act | None] = ()


Teller = Callable[[Actor, ItemShown], Beside]
_tellers: list[Teller] = []


def beside_item(teller: Teller) -> Teller:
    """Register what an area says beside each item; it asks a fixed number of statements."""
    _tellers.append(teller)
    return teller


def all_beside(actor: Actor, shown: ItemShown) -> list[Beside]:
    """What every area says that the actor may see."""
    found = []
    for teller in _tellers:
        try:
            found.append(teller(actor, shown))
        except NotAllowed:
            continue
    return found
