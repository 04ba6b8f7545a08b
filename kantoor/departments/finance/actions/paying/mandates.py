"""Mandates for direct debit, and the identifier that the company collects under."""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts_payments import MandateDraft
from kantoor.departments.finance.errors import UnknownParty
from kantoor.departments.finance.formats.sepa.characters import is_plain, latin
from kantoor.departments.finance.models import CreditorIdentifier, Mandate, PartyAccount
from kantoor.departments.finance.models.party_accounts import ACTIVE, ENDED, VERIFIED
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound
from kantoor.kernel.store.lookup import rows_by_key

MANAGE = "finance.manage_mandates"
MOST = 10_000
_IDENTIFIER = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28}")


@action(permission=MANAGE, title=_("Enter mandates"), bulk_of="finance.add_mandate")
def add_mandates(actor: Actor, /, *, mandates: Sequence[MandateDraft]) -> list[str]:
    """Keep customers' consents to collect from their verified accounts, all or none.

    Gives the references. Raises UnknownParty, NotFound when the party has no verified account,
    Conflict for a reference that is there already; the line is the mandate's place, from 1.
    """
    if not 0 < len(mandates) <= MOST:
        raise InvalidInput(_("Name 1 to {most} mandates.").format(most=MOST), field="mandates")
    parties = rows_by_key(
        "SELECT code, id FROM kernel_party WHERE company_id = %s AND code IN ({})",
        [actor.company_id],
        {each.party for each in mandates},
    )
    accounts = dict(
        PartyAccount.objects.filter(party_id__in=parties.values(), state=VERIFIED).values_list(
            "party_id", "pk"
        )
    )
    rows = []
    for place, each in enumerate(mandates, 1):
        if each.party not in parties:
            said = _("There is no party “{code}”.").format(code=each.party[:40])
            raise UnknownParty(said, field="party", line=place)
        party_id = parties[each.party]
        if party_id not in accounts:
            message = _("{party} has no verified bank account to collect from.")
            raise NotFound(message.format(party=each.party), field="party", line=place)
        rows.append(_mandate(actor, each, party_id, accounts[party_id], place))
    _refuse_known(actor, rows)
    made = Mandate.objects.bulk_create(rows)
    if len(made) == 1:
        concerns(f"finance.mandate/{made[0].pk}")
    return [each.reference for each in made]


@action(permission=MANAGE, title=_("Enter a mandate"))
def add_mandate(
    actor: Actor,
    /,
    *,
    party: str,
    signed_on: date,
    reference: str = "",
    scheme: str = "CORE",
    kind: str = "recurring",
) -> str:
    """Keep a customer's consent to collect; gives the mandate's reference. See the bulk form."""
    if scheme not in ("CORE", "B2B") or kind not in ("recurring", "one_off"):
        raise InvalidInput(_("Choose one of those offered."), field="scheme")
    draft = MandateDraft(
        party=party,
        signed_on=signed_on,
        reference=reference,
        scheme=scheme,  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
    )
    return add_mandates(actor, mandates=[draft])[0]


@action(permission=MANAGE, title=_("End a mandate"))
def end_mandate(actor: Actor, /, *, reference: str, why: str) -> None:
    """No longer collect under a mandate; raises NotFound, InvalidInput."""
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    found = Mandate.objects.filter(
        company_id=actor.company_id, reference=reference, state=ACTIVE
    ).first()
    if found is None:
        raise NotFound(_("There is no such mandate in use."), field="reference")
    found.state, found.why = ENDED, why.strip()[:200]
    found.save()
    concerns(f"finance.mandate/{found.pk}")


@action(permission=MANAGE, title=_("Set the creditor identifier"))
def set_creditor_identifier(
    actor: Actor, /, *, identifier: str, valid_from: date | None = None
) -> None:
    """Set the identifier under which direct debits are collected, as the bank gave it.

    Raises InvalidInput when its check digits are wrong (EPC262-08).
    """
    bare = "".join(identifier.split()).upper()
    if not _IDENTIFIER.fullmatch(bare) or not _checked(bare):
        message = _("“{identifier}” is no creditor identifier: check the digits.")
        raise InvalidInput(message.format(identifier=identifier[:40]), field="identifier")
    since = valid_from or today_of(actor)
    known = CreditorIdentifier.objects.filter(company_id=actor.company_id, valid_from=since).first()
    if known is None:
        CreditorIdentifier.objects.create(
            company_id=actor.company_id, identifier=bare, valid_from=since
        )
    else:
        known.identifier = bare
        known.save()


def _checked(identifier: str) -> bool:
    """ISO 7064 mod 97-10 over country, check digits and national part, without the business code."""
    text = identifier[7:] + identifier[:4]
    return int("".join(str(int(letter, 36)) for letter in text)) % 97 == 1


def _mandate(
    actor: Actor, draft: MandateDraft, party_id: int, account_id: int, place: int
) -> Mandate:
    reference = draft.reference.strip() or latin(f"{draft.party}-{draft.signed_on:%Y%m%d}", 35)
    if len(reference) > 35 or not is_plain(reference):
        message = _("A mandate's reference has up to 35 plain letters and digits.")
        raise InvalidInput(message, field="reference", line=place)
    if draft.signed_on > today_of(actor):
        message = _("A mandate can't be signed in the future.")
        raise InvalidInput(message, field="signed_on", line=place)
    return Mandate(
        company_id=actor.company_id,
        party_id=party_id,
        account_id=account_id,
        reference=reference,
        scheme=draft.scheme,
        kind=draft.kind,
        signed_on=draft.signed_on,
        last_used_on=draft.last_used_on,
        state=ACTIVE,
        why="",
    )


def _refuse_known(actor: Actor, rows: Sequence[Mandate]) -> None:
    known = rows_by_key(
        "SELECT reference, id FROM finance_mandate WHERE company_id = %s AND reference IN ({})",
        [actor.company_id],
        {row.reference for row in rows},
    )
    for place, row in enumerate(rows, 1):
        if row.reference in known:
            message = _("There is a mandate “{reference}” already.")
            said = message.format(reference=row.reference)
            raise Conflict(said, field="reference", line=place)
        known[row.reference] = row
