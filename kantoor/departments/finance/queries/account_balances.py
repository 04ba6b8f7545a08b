"""The chart of accounts with what stands on each account."""

from typing import Literal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import Account
from kantoor.departments.finance.queries.accounts import name_of
from kantoor.departments.finance.queries.calendar import last_booked, year_start
from kantoor.departments.finance.queries.movements import NOTHING, Span, movements
from kantoor.departments.finance.reference import layout
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


class AccountBalance(msgspec.Struct, frozen=True, kw_only=True):
    """An account with its balance in minor units, debit positive.

    Of income and expenses the balance is that of the fiscal year that was booked in last.
    """

    code: str
    name: str
    kind: str
    group: str
    group_name: str
    role: str
    rgs: str
    active: bool
    moved: bool
    balance: int


@query(permission="finance.read_ledger", title=_("Accounts and their balances"), exposed=True)
def account_balances(
    actor: Actor,
    /,
    *,
    search: str = "",
    kind: str = "",
    group: str = "",
    show: Literal["", "used", "retired"] = "",
) -> list[AccountBalance]:
    """The accounts in order of code, in five statements whatever their number.

    `search` is a part of the code or name; `show` keeps to those that anything was posted to, or
    to the retired ones, which are left out otherwise.
    """
    found = scoped(actor, Account).filter(active=show != "retired").order_by("code")
    if kind:
        found = found.filter(kind=kind)
    if group:
        found = found.filter(group=group)
    last = last_booked(actor.company_id)
    this_year = Span(year_start(actor.company_id, last), last) if last else Span(None, None)
    moved = movements(actor.company_id, [Span(None, None), this_year])
    words = search.lower()
    rows = []
    for each in found:
        name = name_of(actor, each)
        if words and words not in name.lower() and not each.code.lower().startswith(words):
            continue
        if show == "used" and each.pk not in moved:
            continue
        ever, now = moved.get(each.pk, [NOTHING, NOTHING])
        carried = each.kind not in ("income", "expense")
        rows.append(
            AccountBalance(
                code=each.code,
                name=name,
                kind=each.kind,
                group=each.group,
                group_name=layout.group(each.group).name.in_language(actor.language),
                role=each.role,
                rgs=each.rgs,
                active=each.active,
                moved=each.pk in moved,
                balance=(ever if carried else now).net,
            )
        )
    return rows
