"""Whether a party can be paid: how its bank account stands."""

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import UnknownParty
from kantoor.departments.finance.models import PartyAccount
from kantoor.departments.finance.models.party_accounts import PROPOSED, VERIFIED
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped


class AccountStanding(msgspec.Struct, frozen=True, kw_only=True):
    """How the bank account of a party stands.

    `verified` when it is paid on `iban`; `waiting` when an account was proposed that another
    person has to verify, and until then nothing is paid. `proposed` is that IBAN, `proposed_by`
    the sign-in name of who put it forward.
    """

    party: str
    name: str
    verified: bool
    iban: str
    waiting: bool
    proposed: str
    proposed_by: str


@query(permission="finance.read_payments", title=_("Whether somebody can be paid"), exposed=True)
def account_standing(actor: Actor, /, *, party: str) -> AccountStanding:
    """How the bank account of the party with this code stands, in two statements.

    Raises UnknownParty.
    """
    row = scoped(actor, Party).filter(code=party).first()
    if row is None:
        message = _("There is no party “{code}”.").format(code=party[:40])
        raise UnknownParty(message, field="party")
    rows = PartyAccount.objects.filter(party=row, state__in=(PROPOSED, VERIFIED))
    found = {each.state: each for each in rows.select_related("proposed_by").order_by("pk")}
    verified, proposed = found.get(VERIFIED), found.get(PROPOSED)
    by = proposed.proposed_by if proposed else None
    return AccountStanding(
        party=row.code,
        name=row.name,
        verified=verified is not None and proposed is None,
        iban=verified.iban if verified else "",
        waiting=proposed is not None,
        proposed=proposed.iban if proposed else "",
        proposed_by=by.sign_in if by else "",
    )
