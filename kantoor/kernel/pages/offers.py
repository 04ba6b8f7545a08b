"""What other departments offer to do about a thing: buttons on its record, after its own.

    @offers_about
    def tell_who_is_affected(actor: Actor, reference: str) -> Act | None: ...

A department that has the thing need not know who offers what. An offer looks at the reference alone
and asks the database nothing: it is made for every record that is shown.
"""

from collections.abc import Callable

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.ui.listing import Act

Offer = Callable[[Actor, str], Act | None]

_offers: list[Offer] = []


def offers_about(offer: Offer) -> Offer:
    """Register an offer; it gives None for what it has nothing to do with."""
    _offers.append(offer)
    return offer


def offered(actor: Actor, reference: str) -> list[Act]:
    """What can be done about a thing by others than who has it."""
    found = (offer(actor, reference) for offer in _offers) if reference else ()
    return [act for act in found if act is not None]
