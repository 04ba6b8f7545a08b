"""Prepayment invoices, and what of them no final invoice took off yet: what we owe to deliver."""

from datetime import date
from typing import Any

import msgspec
from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.drafts_invoices import Day
from kantoor.departments.finance.models import Deduction, Invoice, InvoiceLine
from kantoor.departments.finance.models.invoices import INVOICE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class PrepaymentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A prepayment invoice: `net` and what is `left` of it, in minor units of `currency`.

    `left` is neither credited nor taken off by a final invoice; `own_left` is the same as the books
    have it, in the company's currency.
    """

    number: str
    date: Day
    party: str
    party_name: str
    reference: str
    currency: str
    net: int
    left: int
    own_left: int


SORTS = {"number": ("date", "sequence"), "date": ("date",), "left": ("left",)}


@query(permission="finance.read_receivables", title=_("Prepayment invoices"), exposed=True)
def prepayments(
    actor: Actor,
    /,
    *,
    left: bool = False,
    party: str = "",
    start: date | None = None,
    end: date | None = None,
    search: str = "",
    sort: str = "-date",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[PrepaymentRow]:
    """Prepayment invoices, the latest first; with `left` those that a final invoice can take off.

    `party` is a code, `search` the beginning of a number or a part of a name. The sum of `own_left`
    is what stands on the account of prepayments received. Raises InvalidInput.
    """
    check_span(start, end)
    found = _with_left(scoped(actor, Invoice).filter(prepayment=True, kind=INVOICE))
    if left:
        found = found.exclude(left=0)
    wanted: dict[str, object] = {
        "party__code": party or None,
        "date__gte": start,
        "date__lte": end,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    if search and "\0" not in search:
        found = found.filter(Q(number__istartswith=search) | Q(party__name__icontains=search))
    page = page_by(
        found.select_related("party"),
        order=sorted_by(sort, SORTS),
        cursor=cursor,
        limit=limit,
        totals={"own_left": Sum("own_left")},
    )
    return page.map(_row)


def _with_left(found: QuerySet[Invoice, Invoice]) -> QuerySet[Any, Any]:
    """Prepayment invoices with what credit notes and final invoices left of them."""
    back = InvoiceLine.objects.filter(credits__invoice_id=OuterRef("pk"))
    notes = Invoice.objects.filter(credits_id=OuterRef("pk"), prepayment=True)
    off = Deduction.objects.filter(prepaid__invoice_id=OuterRef("pk"))
    return found.annotate(
        left=F("net")
        - _sum(back, "credits__invoice_id", "net")
        - _sum(off, "prepaid__invoice_id", "net"),
        own_left=F("own_net")
        - _sum(notes, "credits_id", "own_net")
        - _sum(off, "prepaid__invoice_id", "own_net"),
    )


def _sum(rows: QuerySet[Any, Any], by: str, name: str) -> Coalesce:
    added = rows.order_by().values(by).annotate(sum=Sum(name)).values("sum")
    return Coalesce(Subquery(added), 0, output_field=BigIntegerField())


def _row(found: Any) -> PrepaymentRow:
    return PrepaymentRow(
        number=found.number,
        date=found.date,
        party=found.party.code,
        party_name=found.party.name,
        reference=found.reference,
        currency=found.currency,
        net=found.net,
        left=found.left,
        own_left=found.own_left,
    )
