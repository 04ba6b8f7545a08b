"""What we owe suppliers: by age on any day, item by item, and in a few figures for the desk."""

from datetime import date, timedelta

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import PurchaseInvoice
from kantoor.departments.finance.models.payables import WAITING
from kantoor.departments.finance.queries.open_item_register import OpenItemRow, items_with_role
from kantoor.departments.finance.queries.receivables import Ages, by_age
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.paging import PAGE, Page
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch

PERMISSION = "finance.read_payables"
WEEK = timedelta(days=7)


@query(permission=PERMISSION, title=_("Payables by age"), exposed=True)
def payables_by_age(actor: Actor, /, *, on: date | None = None) -> Ages:
    """What we owed each supplier at the end of a day (today if unsaid), by days past due.

    Above zero is what we owe; `account` is the balance of the ledger account seen so. Raises
    UnknownAccount when no account has the role of payables, InvalidInput for a day that can't be.
    """
    return by_age(actor, "payables", on, sign=-1)


@query(permission=PERMISSION, title=_("Open items of suppliers"), exposed=True)
def payables_register(
    actor: Actor,
    /,
    *,
    party: str = "",
    due_from: date | None = None,
    due_to: date | None = None,
    overdue: bool = False,
    open_min: int | None = None,
    open_max: int | None = None,
    on: date | None = None,
    search: str = "",
    sort: str = "due_on",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[OpenItemRow]:
    """What is open on the payables account, the longest due first: above zero we owe it.

    With `on` as it stood at the end of that day.

    `search` is the beginning of our number of an invoice or a part of the supplier's name.
    """
    return items_with_role(
        actor,
        "payables",
        party=party,
        due=(due_from, due_to),
        overdue=overdue,
        open_=(open_min, open_max),
        on=on,
        search=search,
        sort=sort,
        cursor=cursor,
        limit=limit,
    )


class PayableFigures(msgspec.Struct, frozen=True, kw_only=True):
    """In minor units: all that we owe, what is past due, and what is due within a week.

    `waiting` is how many invoices are not posted yet, `to_approve` how many of them are proposed.
    """

    total: int
    overdue: int
    due_this_week: int
    waiting: int
    to_approve: int


@query(permission=PERMISSION, title=_("What we owe"))
def payable_figures(actor: Actor, /) -> PayableFigures:
    """The few figures of the desk, in two statements."""
    today = today_of(actor)
    rows = fetch(
        "SELECT CAST(COALESCE(SUM(-item.open), 0) AS bigint), CAST(COALESCE(SUM("
        " CASE WHEN item.due_on < %s AND item.open < 0 THEN -item.open ELSE 0 END), 0) AS bigint),"
        " CAST(COALESCE(SUM(CASE WHEN item.due_on >= %s AND item.due_on <= %s AND item.open < 0"
        " THEN -item.open ELSE 0 END), 0) AS bigint)"
        " FROM finance_open_item item JOIN finance_account account"
        " ON account.id = item.account_id AND account.role = 'payables'"
        " WHERE item.company_id = %s AND item.open <> 0",
        [today.isoformat(), today.isoformat(), (today + WEEK).isoformat(), actor.company_id],
    )
    total, overdue, week = rows[0]
    states = list(
        scoped(actor, PurchaseInvoice).filter(state__in=WAITING, hold="").values_list("state", flat=True)
    )  # fmt: skip
    return PayableFigures(
        total=total,
        overdue=overdue,
        due_this_week=week,
        waiting=len(states),
        to_approve=states.count("proposed"),
    )
