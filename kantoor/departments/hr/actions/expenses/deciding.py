"""Decide on claims: the manager for their people, HR for all; never for oneself."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.expenses.finding import locked_claims, refuse_own, tell_moved
from kantoor.departments.hr.models import ExpenseClaim
from kantoor.departments.hr.models.expenses.claim import APPROVED, REFUSED, SUBMITTED
from kantoor.departments.hr.queries.people.own import people_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput

OWN, MANAGE = "hr.use_own", "hr.manage_expenses"


@action(permission=OWN, title=_("Approve claims"), bulk_of="hr.approve_claim")
def approve_claims(actor: Actor, /, *, claims: Sequence[str]) -> None:
    """Approve claims of people that one manages, or of anybody with the permission for it.

    Raises UnknownClaim, ClaimState, OwnClaim.
    """
    _decide(actor, _decidable(actor, claims, [SUBMITTED]), APPROVED, "")


@action(permission=OWN, title=_("Approve a claim"))
def approve_claim(actor: Actor, /, *, claim: str) -> None:
    """Approve one claim."""
    approve_claims(actor, claims=[claim])


@action(permission=OWN, title=_("Refuse claims"), bulk_of="hr.refuse_claim")
def refuse_claims(actor: Actor, /, *, claims: Sequence[str], why: str) -> None:
    """Send claims back to who made them, who may change them and hand them in again.

    Raises UnknownClaim, ClaimState, OwnClaim, InvalidInput without a reason.
    """
    if not 0 < len(why.strip()) <= 500:
        raise InvalidInput(_("Say why, in at most 500 characters."), field="why")
    _decide(actor, _decidable(actor, claims, [SUBMITTED, APPROVED]), REFUSED, why.strip())


@action(permission=OWN, title=_("Refuse a claim"))
def refuse_claim(actor: Actor, /, *, claim: str, why: str) -> None:
    """Send one claim back."""
    refuse_claims(actor, claims=[claim], why=why)


def _decidable(actor: Actor, numbers: Sequence[str], states: Sequence[str]) -> list[ExpenseClaim]:
    everybody = actor.may(MANAGE) or (actor.may("hr.post_expenses") and states != [SUBMITTED])
    parties = None if everybody else sorted(people_of(actor, timezone.localdate()))
    rows = locked_claims(actor, numbers, states, parties)
    refuse_own(actor, rows)
    return rows


def _decide(actor: Actor, rows: Sequence[ExpenseClaim], state: str, why: str) -> None:
    now = timezone.now()
    for row in rows:
        row.state, row.why = state, why
        row.decided_at, row.decided_by_id = now, actor.user_id
        row.checked_at = row.checked_by_id = None
    changed = ["state", "why", "decided_at", "decided_by", "checked_at", "checked_by"]
    ExpenseClaim.objects.bulk_update(rows, changed)
    tell_moved(actor, rows)
