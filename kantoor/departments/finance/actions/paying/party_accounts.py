"""Bank accounts of parties: one person proposes, another verifies, and only then it is paid to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.paying.people import only_people
from kantoor.departments.finance.drafts_payments import PartyAccountDraft
from kantoor.departments.finance.errors import UnknownParty, WrongAccountNumber
from kantoor.departments.finance.events import PartyAccountProposed, PartyAccountVerified
from kantoor.departments.finance.models import Mandate, PartyAccount
from kantoor.departments.finance.models.party_accounts import (
    ACTIVE,
    ENDED,
    PROPOSED,
    RETIRED,
    VERIFIED,
)
from kantoor.departments.finance.queries.paying.accounts import compact
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kantoor.kernel.store.lookup import rows_by_key

if TYPE_CHECKING:
    from schwifty import IBAN

PROPOSE, VERIFY = "finance.propose_party_account", "finance.verify_party_account"
MOST = 10_000


@action(
    permission=PROPOSE, title=_("Propose bank accounts"), bulk_of="finance.propose_party_account"
)
def propose_party_accounts(actor: Actor, /, *, accounts: Sequence[PartyAccountDraft]) -> int:
    """Put bank accounts of parties forward, all or none; nothing is paid to them yet.

    Until somebody else verified it, a party with a proposed account is paid nothing, on its old
    account neither. Gives how many. Raises UnknownParty, WrongAccountNumber, Conflict for an
    account the party has already; the line is its place, from 1.
    """
    if not 0 < len(accounts) <= MOST:
        message = _("Name 1 to {most} accounts.")
        raise InvalidInput(message.format(most=MOST), field="accounts")
    parties = rows_by_key(
        "SELECT code, id, subject_id FROM kernel_party WHERE company_id = %s AND code IN ({})",
        [actor.company_id],
        {each.party for each in accounts},
    )
    rows = [_row(actor, parties, place, each) for place, each in enumerate(accounts, 1)]
    _refuse_known(rows)
    made = PartyAccount.objects.bulk_create(rows)
    if len(made) == 1:
        concerns(f"finance.party_account/{made[0].pk}")
    for each in accounts:
        publish(PartyAccountProposed(actor.company_id, each.party))
    return len(made)


@action(permission=PROPOSE, title=_("Propose a bank account"))
def propose_party_account(
    actor: Actor, /, *, party: str, iban: str, why: str, bic: str = "", holder: str = ""
) -> int:
    """Put a bank account of a party forward; somebody else verifies it. See the bulk form."""
    draft = PartyAccountDraft(party=party, iban=iban, why=why, bic=bic, holder=holder)
    return propose_party_accounts(actor, accounts=[draft])


@action(permission=VERIFY, title=_("Verify bank accounts"), bulk_of="finance.verify_party_account")
def verify_party_accounts(actor: Actor, /, *, ibans: Sequence[str], why: str = "") -> int:
    """Say that proposed accounts are their parties', all or none; from now on they are paid there.

    An account that the party had before is retired. Who proposed one can't verify it, nor can a
    machine, nor the console. `why` says how it was checked. Gives how many. Raises NotFound,
    NotAllowed, and Conflict for an IBAN that waits for several parties: verify it for one of them.
    """
    return _verify(actor, ibans, why)


def _verify(actor: Actor, ibans: Sequence[str], why: str, party: str = "") -> int:
    only_people(actor)
    found = _proposed(actor, ibans, party)
    if not found or len({each.party_id for each in found}) < len(found):
        message = _("Name accounts of different parties, one of each.")
        raise InvalidInput(message, field="ibans")
    for place, each in enumerate(found, 1):
        if each.proposed_by_id == actor.user_id:
            message = _("You proposed this account yourself: someone else has to verify it.")
            raise NotAllowed(message, field="ibans", line=place)
    parties = [each.party_id for each in found]
    before = PartyAccount.objects.filter(party_id__in=parties, state=VERIFIED)
    before.update(state=RETIRED)
    now = timezone.now()
    for each in found:
        each.state, each.verified_by_id, each.verified_at = VERIFIED, actor.user_id, now
        each.why = f"{each.why}; {why.strip()}"[:200] if why.strip() else each.why
    fields = ["state", "verified_by", "verified_at", "why"]
    PartyAccount.objects.bulk_update(found, fields)
    if len(found) == 1:
        concerns(f"finance.party_account/{found[0].pk}")
    for each in found:
        publish(PartyAccountVerified(actor.company_id, each.party.code))
    return len(found)


@action(permission=VERIFY, title=_("Verify a bank account"))
def verify_party_account(actor: Actor, /, *, iban: str, why: str = "", party: str = "") -> int:
    """Say that a proposed account is the party's: it is paid there from now on.

    `party` is its code, and has to be said where the IBAN waits for several. See the bulk form.
    """
    return _verify(actor, [iban], why, party)


@action(permission=PROPOSE, title=_("Retire a bank account"))
def retire_party_account(actor: Actor, /, *, party: str, iban: str, why: str) -> None:
    """No longer use a bank account of a party, or refuse a proposed one; its mandates end.

    Raises NotFound, InvalidInput.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    found = (
        PartyAccount.objects.filter(
            company_id=actor.company_id, party__code=party, iban=compact(iban)
        )
        .exclude(state=RETIRED)
        .first()
    )
    if found is None:
        raise NotFound(_("This party has no such account in use."), field="iban")
    found.state, found.why = RETIRED, why.strip()[:200]
    found.save()
    mandates = Mandate.objects.filter(account=found, state=ACTIVE)
    mandates.update(state=ENDED, why=why.strip()[:200])
    concerns(f"finance.party_account/{found.pk}")


def _row(
    actor: Actor,
    parties: dict[str, tuple[int, int | None]],
    place: int,
    draft: PartyAccountDraft,
) -> PartyAccount:
    if draft.party not in parties:
        said = _("There is no party “{code}”.").format(code=draft.party[:40])
        raise UnknownParty(said, field="party", line=place)
    if not draft.why.strip():
        message = _("Say how you know that this account is theirs.")
        raise InvalidInput(message, field="why", line=place)
    iban, bic = checked_iban(draft.iban, draft.bic, place)
    party_id, subject_id = parties[draft.party]
    return PartyAccount(
        subject_id=subject_id,
        company_id=actor.company_id,
        party_id=party_id,
        iban=iban,
        bic=bic,
        holder=draft.holder.strip()[:70],
        state=PROPOSED,
        origin=draft.origin[:80],
        why=draft.why.strip()[:200],
        proposed_by_id=actor.user_id,
        proposed_at=timezone.now(),
    )


def checked_iban(iban: str, bic: str = "", place: int | None = None) -> tuple[str, str]:
    """IBAN and BIC as they are kept, the BIC by the country's list where it is not given.

    Raises WrongAccountNumber.
    """
    # Its register of banks takes memory: it is loaded when a number is first looked at.
    from schwifty import BIC, IBAN
    from schwifty.exceptions import SchwiftyException

    try:
        found = IBAN(compact(iban), validate_bban=True)
    except SchwiftyException:
        said = _("“{iban}” is no IBAN: check the digits.").format(iban=iban[:40])
        raise WrongAccountNumber(said, field="iban", line=place) from None
    if not bic.strip():
        return str(found), _bic_of(found)
    try:
        given = BIC(compact(bic))
    except SchwiftyException:
        said = _("“{bic}” is no BIC; leave it empty to have it looked up.").format(bic=bic[:40])
        raise WrongAccountNumber(said, field="bic", line=place) from None
    known = _bic_of(found)
    if known and known[:8] != str(given)[:8]:
        message = _("This IBAN is of the bank {known}, not {given}.")
        said = message.format(known=known, given=str(given))
        raise WrongAccountNumber(said, field="bic", line=place)
    return str(found), str(given)


def _bic_of(iban: "IBAN") -> str:
    from schwifty.exceptions import SchwiftyException

    try:
        return str(iban.bic or "")
    except SchwiftyException:
        return ""


def _refuse_known(rows: Sequence[PartyAccount]) -> None:
    known: dict[Any, Any] = {}
    for party_id, iban in (
        PartyAccount.objects.filter(party_id__in={row.party_id for row in rows})
        .exclude(state=RETIRED)
        .values_list("party_id", "iban")
    ):
        known[party_id, iban] = True
    for place, row in enumerate(rows, 1):
        if (row.party_id, row.iban) in known:
            message = _("This party has this account already.")
            raise Conflict(message, field="iban", line=place)
        known[row.party_id, row.iban] = True


def _proposed(actor: Actor, ibans: Sequence[str], party: str) -> list[PartyAccount]:
    """The accounts that wait, in the order of their IBANs, locked until the commit."""
    wanted = {compact(iban) for iban in ibans if "\0" not in iban}
    rows = (
        PartyAccount.objects.select_for_update(of=("self",))
        .select_related("party")
        .filter(company_id=actor.company_id, iban__in=wanted, state=PROPOSED)
    )
    if party:
        rows = rows.filter(party__code=party)
    waiting: dict[str, list[PartyAccount]] = {}
    for row in rows.order_by("pk"):
        waiting.setdefault(row.iban, []).append(row)
    found = []
    for place, iban in enumerate(ibans, 1):
        some = waiting.get(compact(iban), [])
        if not some:
            said = _("No account “{iban}” waits to be verified.").format(iban=iban[:40])
            raise NotFound(said, field="ibans", line=place)
        if len(some) > 1:
            # Who looked at one party's account has not looked at another's.
            several = _("“{iban}” waits for more than one relation; verify it for one of them.")
            raise Conflict(several.format(iban=iban[:40]), field="ibans", line=place)
        found += some
    return found
