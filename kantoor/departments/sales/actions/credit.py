"""Refuse to sell more to a customer than was agreed."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.errors import CustomerBlocked, OverCreditLimit
from kantoor.departments.sales.queries.credit import standings
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import Money


def refuse_over_limit(actor: Actor, sales: Sequence[tuple[int, int]]) -> None:
    """Refuse sales (party and net amount) to a blocked customer or beyond a credit limit.

    What a customer owes, what was confirmed and not invoiced yet, and these sales count together.
    """
    wanted: dict[int, int] = {}
    for party_id, net in sales:
        wanted[party_id] = wanted.get(party_id, 0) + net
    for party_id, standing in standings(actor, list(wanted)).items():
        if standing.blocked:
            message = _("Nothing more is sold to {customer}: the account is blocked.")
            raise CustomerBlocked(message.format(customer=standing.code), field="customer")
        room = standing.room
        if room is not None and wanted[party_id] > max(room, 0):
            message = _(
                "{customer} may buy for {room} more, and this is {amount}. Let something be paid"
                " first, or have the credit limit raised."
            )
            said = message.format(
                customer=standing.code,
                room=in_words(max(room, 0), actor.currency),
                amount=in_words(wanted[party_id], actor.currency),
            )
            raise OverCreditLimit(said, field="customer")


def in_words(minor: int, currency: str) -> str:
    """An amount as a message says it: `GBP 12.50`."""
    return f"{currency} {Money(minor, currency).decimal:,}"
