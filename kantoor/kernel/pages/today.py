"""Cards of Today and of each desk: what waits, a few figures, what to begin with.

    @today_card("finance", permission="finance.read_ledger")
    def ledger_card(actor: Actor) -> Card:
        return Card(waiting=[…], figures=[…], charts=[…])

Cards ask queries; one that the actor may not ask is left out. A card is made anew for each page:
it counts with an index or reads what is kept, and never adds up a whole table.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.ui.charts import Chart
from kantoor.kernel.ui.today_page import Figure, FirstStep, Waiting


@dataclass(frozen=True, kw_only=True)
class Card:
    """What one part of the house has to say today."""

    waiting: Sequence[Waiting] = ()
    figures: Sequence[Figure] = ()
    charts: Sequence[Chart] = ()
    first_steps: Sequence[FirstStep] = ()


CardOf = Callable[[Actor], Card]


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared card, with the desk it belongs to and its place among others."""

    desk: str
    permission: str
    order: int
    make: CardOf


_cards: dict[str, Declared] = {}


def today_card(desk: str, *, permission: str = "", order: int = 50) -> Callable[[CardOf], CardOf]:
    """Declare a card of Today; it also stands on the desk's own page."""

    def note(make: CardOf) -> CardOf:
        _cards[f"{make.__module__}.{make.__qualname__}"] = Declared(desk, permission, order, make)
        return make

    return note


def cards(actor: Actor, desk: str = "") -> Iterator[Card]:
    """The cards that the actor may see, of one desk or of all."""
    for declared in sorted(_cards.values(), key=lambda each: each.order):
        if desk and declared.desk != desk:
            continue
        if declared.permission and not actor.may(declared.permission):
            continue
        try:
            yield declared.make(actor)
        except NotAllowed:
            continue


def together(found: Sequence[Card]) -> Card:
    """Many cards as one."""
    return Card(
        waiting=[each for card in found for each in card.waiting],
        figures=[each for card in found for each in card.figures],
        charts=[each for card in found for each in card.charts],
        first_steps=[each for card in found for each in card.first_steps],
    )
