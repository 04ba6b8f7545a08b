"""Claims by their numbers, locked, and who has a say in them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_expenses import ClaimState, OwnClaim, UnknownClaim
from kantoor.departments.hr.events import ClaimMoved
from kantoor.departments.hr.models import ExpenseClaim
from kantoor.departments.hr.queries.people.own import find_own_party
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

MOST = 1_000


def locked_claims(
    actor: Actor, numbers: Sequence[str], states: Sequence[str], parties: Sequence[int] | None
) -> list[ExpenseClaim]:
    """Claims in their order, locked until the commit; of these parties alone where they are given.

    Raises UnknownClaim or ClaimState with the place.
    """
    if not 0 < len(numbers) <= MOST or len(set(numbers)) < len(numbers):
        message = _("Name 1 to {most} claims, each once.").format(most=MOST)
        raise InvalidInput(message, field="claims")
    rows = scoped(actor, ExpenseClaim).select_for_update(of=("self",)).select_related("party")
    rows = rows.filter(number__in=numbers)
    if parties is not None:
        rows = rows.filter(party__in=parties)
    found = {row.number: row for row in rows.order_by("pk")}
    for place, number in enumerate(numbers, 1):
        if number not in found:
            unknown = _("There is no claim “{number}”.").format(number=number[:20])
            raise UnknownClaim(unknown, field="claims", line=place)
        if found[number].state not in states:
            changed = _("{number} is not in a state for this any more; look at it again.")
            raise ClaimState(changed.format(number=number), field="claims", line=place)
    if len(found) == 1:
        concerns(f"hr.expense_claim/{found[numbers[0]].pk}")
    return [found[number] for number in numbers]


def refuse_own(actor: Actor, claims: Sequence[ExpenseClaim]) -> None:
    """Refuse claims of the actor's own; raises OwnClaim."""
    mine = find_own_party(actor)
    for place, each in enumerate(claims, 1):
        if mine is not None and each.party_id == mine.pk:
            message = _("{number} is your own claim; somebody else decides on it.")
            raise OwnClaim(message.format(number=each.number), field="claims", line=place)


def tell_moved(actor: Actor, claims: Sequence[ExpenseClaim]) -> None:
    """Publish into which state each of these claims came."""
    for each in claims:
        publish(ClaimMoved(actor.company_id, each.number, each.party.code, each.state))
