"""How a claim stands, from handing in to repayment, for who waits for it."""

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import owed_to_staff
from kantoor.departments.hr.errors_expenses import UnknownClaim
from kantoor.departments.hr.models import ExpenseClaim
from kantoor.departments.hr.models.expenses.claim import POSTED
from kantoor.departments.hr.queries.expenses.checking import TO_CHECK, checked_from, state_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.managers import managers_of
from kantoor.kernel.parties.models import PartyUser
from kantoor.kernel.queries import query, scoped


class ClaimStanding(msgspec.Struct, frozen=True, kw_only=True):
    """How a claim stands; `amount` and `owed` in minor units of the company's currency.

    `claimant`, `manager` and `decided_by` are sign-in names, empty without an account. `to_check`
    says that HR has to check it before it is posted, `repaid` that nothing is owed of it any more.
    """

    claim: str
    employee: str
    claimant: str
    manager: str
    state: str
    amount: int
    decided_by: str
    to_check: bool
    owed: int
    run: str
    repaid: bool


@query(permission="hr.read_expenses", title=_("How a claim stands"), exposed=True)
def claim_standing(actor: Actor, /, *, claim: str) -> ClaimStanding:
    """How the claim with this number stands. Raises UnknownClaim."""
    rows = scoped(actor, ExpenseClaim).select_related("party", "decided_by")
    row = rows.filter(number=claim).first()
    if row is None:
        message = _("There is no claim “{number}”.").format(number=claim[:20])
        raise UnknownClaim(message, field="claim")
    boss = managers_of(actor.company_id, [row.party_id], timezone.localdate()).get(row.party_id)
    users = PartyUser.objects.filter(party__in=[row.party_id, boss or 0], user__active=True)
    names = dict(users.values_list("party_id", "user__sign_in"))
    owed = owed_to_staff(actor, [row.entry]).get(row.entry) if row.entry else None
    left = owed.open if owed and row.state == POSTED else 0
    return ClaimStanding(
        claim=row.number,
        employee=row.party.code,
        claimant=names.get(row.party_id, ""),
        manager=names.get(boss, "") if boss else "",
        state=row.state,
        amount=row.amount,
        decided_by=row.decided_by.sign_in if row.decided_by else "",
        to_check=state_of(row, checked_from(actor.company_id)) == TO_CHECK,
        owed=left,
        run=owed.run if owed else "",
        repaid=row.state == POSTED and owed is not None and owed.open <= 0,
    )
