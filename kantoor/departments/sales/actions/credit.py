"""Refuse to sell more to a customer than was agreed."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.errors import CustomerBlocked, OverCreditLimit
from kantoor.departments.sales.queries.credit import standings
from kantoor.kernel.actors.actor import Actor


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
                "{customer} may buy for {room} more and this is {amount} (minor units of"
                " {currency}). Let something be paid first, or have the credit limit raised."
            )
            said = message.format(
                customer=standing.code,
                room=max(room, 0),
                amount=wanted[party_id],
                currency=actor.currency,
            )
            raise OverCreditLimit(said, field="customer")
