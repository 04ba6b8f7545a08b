"""Open items of customers and suppliers one by one: today, or as they stood on a day gone by."""

from datetime import date
from typing import Any

import msgspec
from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.drafts_invoices import Day
from kantoor.departments.finance.models import OpenItem, Settlement
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class OpenItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """An open item in minor units: above zero it is owed, to us or (of payables) by us.

    `invoice` is empty for what no invoice made, such as a payment not settled yet.
    """

    invoice: str
    entry: str
    party: str
    party_name: str
    date: Day
    due_on: Day
    days_late: int
    amount: int
    open: int


SORTS = {"due_on": ("due_on",), "date": ("date",), "open": ("was",), "amount": ("whole",)}


@query(permission="finance.read_receivables", title=_("Open items"), exposed=True)
def open_item_register(
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
    """What is open on the receivables account, the longest due first; at the end of `on`, if said.

    `search` is the beginning of an invoice number or a part of the customer's name.
    """
    return items_with_role(
        actor,
        "receivables",
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


def items_with_role(
    actor: Actor,
    role: str,
    *,
    party: str,
    due: tuple[date | None, date | None],
    overdue: bool,
    open_: tuple[int | None, int | None],
    on: date | None,
    search: str,
    sort: str,
    cursor: str,
    limit: int,
) -> Page[OpenItemRow]:
    """What is open on the account of a role; of payables what we owe is shown above zero."""
    check_span(*due)
    check_span(on, on)
    today, sign = on or today_of(actor), -1 if role == "payables" else 1
    exact: dict[str, Any] = {
        "party__code": party or None,
        "due_on__gte": due[0],
        "due_on__lte": due[1],
        "was__gte": open_[0],
        "was__lte": open_[1],
        "due_on__lt": today if overdue else None,
    }
    wanted = {name: value for name, value in exact.items() if value is not None}
    found = scoped(actor, OpenItem).filter(account__role=role)
    found = _as_on(found, on, sign).filter(**wanted)
    document = "entry__invoice__number" if sign > 0 else "entry__purchase_invoice__number"
    if search and "\0" not in search:
        found = found.filter(
            Q(**{f"{document}__istartswith": search}) | Q(party__name__icontains=search)
        )
    columns = ("pk", "line_id", "entry_id", document, "party__code", "party__name",
               "date", "due_on", "whole", "was")  # fmt: skip
    page = page_by(
        found.values(*columns),
        order=sorted_by(sort, SORTS, unique="line_id"),
        cursor=cursor,
        limit=limit,
        totals={"open": Sum("was"), "amount": Sum("whole")},
    )
    numbers = entry_numbers(row["entry_id"] for row in page.rows)
    return page.map(lambda row: _row(row, numbers[row["entry_id"]], today, document))


def _as_on(found: QuerySet[OpenItem, OpenItem], on: date | None, sign: int) -> QuerySet[Any, Any]:
    """Items that are open, with `was` how much of the `whole`, both above zero when it is owed.

    At the end of a day that is the whole less what settled it by then.
    """
    found = found.annotate(whole=sign * F("amount"))
    if on is None:
        return found.exclude(open=0).annotate(was=sign * F("open"))
    taken = [
        Coalesce(
            Subquery(
                Settlement.objects.filter(date__lte=on, **{side: OuterRef("line_id")})
                .order_by()
                .values(side)
                .annotate(sum=Sum("amount"))
                .values("sum")
            ),
            0,
            output_field=BigIntegerField(),
        )
        for side in ("debit_id", "credit_id")
    ]
    then = found.filter(date__lte=on).annotate(was=sign * (F("amount") - taken[0] + taken[1]))
    return then.exclude(was=0)


def _row(row: dict[str, Any], entry: str, today: date, document: str) -> OpenItemRow:
    late = (today - row["due_on"]).days
    return OpenItemRow(
        invoice=row[document] or "",
        entry=entry,
        party=row["party__code"] or "",
        party_name=row["party__name"] or "",
        date=row["date"],
        due_on=row["due_on"],
        days_late=max(late, 0) if row["was"] > 0 else 0,
        amount=row["whole"],
        open=row["was"],
    )
