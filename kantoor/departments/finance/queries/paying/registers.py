"""The registers of bank accounts of parties and of mandates."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import months_before
from kantoor.departments.finance.models import Mandate, PartyAccount
from kantoor.departments.finance.models.party_accounts import ACTIVE, MANDATE_MONTHS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

READ = "finance.read_payments"


class PartyAccountRow(msgspec.Struct, frozen=True, kw_only=True):
    """A bank account of a party; `mine` says that the reader proposed it."""

    id: int
    party: str
    party_name: str
    iban: str
    bic: str
    holder: str
    state: Literal["proposed", "verified", "retired"]
    why: str
    origin: str
    proposed_by: str
    proposed_on: date
    verified_by: str
    mine: bool


class MandateRow(msgspec.Struct, frozen=True, kw_only=True):
    """A mandate; `state` is active, lapsed (not used for 36 months) or ended."""

    id: int
    reference: str
    party: str
    party_name: str
    iban: str
    scheme: str
    kind: str
    signed_on: date
    last_used_on: date | None
    state: Literal["active", "lapsed", "ended"]
    why: str


@query(permission=READ, title=_("Bank accounts of relations"), exposed=True)
def party_accounts(
    actor: Actor,
    /,
    *,
    state: Literal["", "proposed", "verified", "retired"] = "",
    party: str = "",
    search: str = "",
    keys: Sequence[int] = (),
    sort: str = "-proposed_at",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[PartyAccountRow]:
    """Accounts, the newest first; `search` is the beginning of an IBAN or a part of a name."""
    found = scoped(actor, PartyAccount).select_related("party", "proposed_by", "verified_by")
    if state:
        found = found.filter(state=state)
    if party:
        found = found.filter(party__code=party)
    if keys:
        found = found.filter(pk__in=keys)
    if search and "\0" not in search:
        bare = "".join(search.split()).upper()
        found = found.filter(Q(iban__startswith=bare) | Q(party__name__icontains=search))
    order = sorted_by(sort, {"proposed_at": ("proposed_at",), "party": ("party__name",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    return page.map(lambda each: _account(actor, each))


@query(permission=READ, title=_("A bank account of a relation"), exposed=True)
def party_account(actor: Actor, /, *, key: int) -> PartyAccountRow:
    """The bank account with this key; raises NotFound."""
    found = scoped(actor, PartyAccount).select_related("party", "proposed_by", "verified_by")
    if (each := found.filter(pk=key).first()) is None:
        raise NotFound(_("It does not exist, or not in this company."), field="key")
    return _account(actor, each)


def _account(actor: Actor, each: PartyAccount) -> PartyAccountRow:
    return PartyAccountRow(
        id=each.pk,
        party=each.party.code,
        party_name=each.party.name,
        iban=each.iban,
        bic=each.bic,
        holder=each.holder,
        state=each.state,  # type: ignore[arg-type]
        why=each.why,
        origin=each.origin,
        proposed_by=each.proposed_by.name if each.proposed_by else "",
        proposed_on=each.proposed_at.date(),
        verified_by=each.verified_by.name if each.verified_by else "",
        mine=each.proposed_by_id == actor.user_id,
    )


@query(permission=READ, title=_("Mandates"), exposed=True)
def mandates(
    actor: Actor,
    /,
    *,
    state: Literal["", "active", "lapsed", "ended"] = "",
    party: str = "",
    search: str = "",
    keys: Sequence[int] = (),
    sort: str = "-signed_on",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[MandateRow]:
    """Mandates, the newest first; `search` is the beginning of a reference or a part of a name."""
    oldest = months_before(today_of(actor), MANDATE_MONTHS)
    lapsed = Q(last_used_on__lt=oldest) | Q(last_used_on=None, signed_on__lt=oldest)
    found = scoped(actor, Mandate).select_related("party", "account")
    if state == "ended":
        found = found.exclude(state=ACTIVE)
    elif state:
        found = found.filter(state=ACTIVE).filter(lapsed if state == "lapsed" else ~lapsed)
    if party:
        found = found.filter(party__code=party)
    if keys:
        found = found.filter(pk__in=keys)
    if search and "\0" not in search:
        found = found.filter(Q(reference__startswith=search) | Q(party__name__icontains=search))
    order = sorted_by(sort, {"signed_on": ("signed_on",), "reference": ("reference",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    return page.map(lambda each: _mandate(each, oldest))


@query(permission=READ, title=_("A mandate"), exposed=True)
def mandate(actor: Actor, /, *, reference: str) -> MandateRow:
    """The mandate with this reference; raises NotFound."""
    found = scoped(actor, Mandate).select_related("party", "account").filter(reference=reference)
    if (each := found.first()) is None:
        message = _("There is no mandate “{reference}”.").format(reference=reference[:40])
        raise NotFound(message, field="reference")
    return _mandate(each, months_before(today_of(actor), MANDATE_MONTHS))


def _mandate(each: Mandate, oldest: date) -> MandateRow:
    state = each.state
    if state == ACTIVE and (each.last_used_on or each.signed_on) < oldest:
        state = "lapsed"
    return MandateRow(
        id=each.pk,
        reference=each.reference,
        party=each.party.code,
        party_name=each.party.name,
        iban=each.account.iban,
        scheme=each.scheme,
        kind=each.kind,
        signed_on=each.signed_on,
        last_used_on=each.last_used_on,
        state=state,  # type: ignore[arg-type]
        why=each.why,
    )
