"""What affiliates booked with this company, and which parties are affiliates."""

from typing import Literal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts_groups import Day
from kantoor.departments.finance.models import Affiliate, Mirror
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class MirrorRow(msgspec.Struct, frozen=True, kw_only=True):
    """A document of an affiliate, in minor units of its currency: above zero they are owed.

    `entry` is what books it here, `number` what they call it.
    """

    id: int
    party: str
    party_name: str
    number: str
    date: Day
    currency: str
    amount: int
    state: str
    entry: str
    why: str


class AffiliateRow(msgspec.Struct, frozen=True, kw_only=True):
    """A party that is another company; `mutual` when that company says the same of this one."""

    party: str
    company: str
    account: str
    at_once: bool
    mutual: bool


SORTS = {"date": ("date",), "amount": ("amount",)}


@query(permission="finance.read_receivables", title=_("From affiliates"), exposed=True)
def mirrors(
    actor: Actor,
    /,
    *,
    state: Literal["", "waiting", "booked", "refused", "withdrawn"] = "",
    sort: str = "-date",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[MirrorRow]:
    """What affiliated companies booked with this one, newest first."""
    found = scoped(actor, Mirror).select_related("affiliate__party")
    if state:
        found = found.filter(state=state)
    page = page_by(found, order=sorted_by(sort, SORTS), cursor=cursor, limit=limit)
    numbers = entry_numbers([each.entry_id for each in page.rows if each.entry_id])
    return page.map(
        lambda each: MirrorRow(
            id=each.pk,
            party=each.affiliate.party.code,
            party_name=each.affiliate.party.name,
            number=each.number,
            date=each.date,
            currency=each.currency,
            amount=each.amount,
            state=each.state,
            entry=numbers.get(each.entry_id or 0, ""),
            why=each.why,
        )
    )


@query(permission="finance.read_ledger", title=_("Affiliated companies"), exposed=True)
def affiliates(actor: Actor, /) -> list[AffiliateRow]:
    """The parties of this company that are other companies."""
    found = scoped(actor, Affiliate).select_related("party", "other", "account")
    back = set(
        Affiliate.objects.filter(other_id=actor.company_id).values_list("company_id", flat=True)
    )
    return [
        AffiliateRow(
            party=each.party.code,
            company=each.other.name,
            account=each.account.code,
            at_once=each.at_once,
            mutual=each.other_id in back,
        )
        for each in found.order_by("party__code")
    ]
