"""Accounts of people in systems, as they are listed."""

from datetime import datetime

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import SystemAccount
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

READ = "ict.read_accounts"
SORTS = {"system": ("system",), "opened_at": ("opened_at",)}


class AccountRow(msgspec.Struct, frozen=True):
    """An account of somebody in a system; `closed_at` is None while it is open."""

    id: int
    party: str
    party_name: str
    system: str
    name: str
    opened_at: datetime
    closed_at: datetime | None


@query(permission=READ, title=_("Accounts in systems"), exposed=True)
def system_accounts(
    actor: Actor,
    /,
    *,
    party: str = "",
    search: str = "",
    open: bool | None = None,
    sort: str = "-opened_at",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[AccountRow]:
    """The accounts; `search` is a code, or the beginning of a system or a name."""
    found = scoped(actor, SystemAccount).select_related("party")
    if party:
        found = found.filter(party__code=party)
    if search:
        words = Q(system__istartswith=search) | Q(name__istartswith=search)
        found = found.filter(words | Q(party__code=search))
    if open is not None:
        found = found.filter(closed_at__isnull=open)
    page = page_by(found, order=sorted_by(sort, SORTS), cursor=cursor, limit=limit, totals={})
    return page.map(
        lambda row: AccountRow(
            row.pk, row.party.code, row.party.name, row.system, row.name, row.opened_at,
            row.closed_at,
        )
    )  # fmt: skip
