"""The list of purchase invoices and credit notes, from the day they come in, with what is open."""

from datetime import date
from typing import Any, Literal

import msgspec
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.drafts_invoices import Day
from kantoor.departments.finance.models import OpenItem, PurchaseInvoice
from kantoor.departments.finance.models.payables import CREDIT_NOTE, POSTED, REFUSED, WAITING
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped

Status = Literal["received", "proposed", "approved", "held", "refused", "open", "overdue", "paid"]
"""Where it stands: before it is posted its state, then whether it is paid; `held` goes before."""
Asked = Literal[
    "", "waiting", "received", "proposed", "approved", "held", "refused", "posted", "open",
    "overdue", "paid",
]  # fmt: skip


class PurchaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A purchase invoice or credit note in a list; amounts in minor units of `currency`.

    `open` is what we still owe; of a credit note, and what is in our favour, it is below zero.
    `supplier` is a code, empty while it is not known whose it is; then `name` is what it says.
    """

    number: str
    kind: Literal["invoice", "credit_note"]
    status: Status
    supplier: str
    name: str
    reference: str
    received_on: Day
    date: Day | None
    due_on: Day | None
    currency: str
    net: int
    tax: int
    gross: int
    open: int
    flagged: bool


SORTS = {
    "number": ("sequence",),
    "received_on": ("received_on",),
    "date": ("date",),
    "due_on": ("due_on",),
    "gross": ("gross",),
}


@query(permission="finance.read_payables", title=_("Purchase invoices"), exposed=True)
def purchase_invoices(
    actor: Actor,
    /,
    *,
    status: Asked = "",
    kind: Literal["", "invoice", "credit_note"] = "",
    supplier: str = "",
    reference: str = "",
    start: date | None = None,
    end: date | None = None,
    due_from: date | None = None,
    due_to: date | None = None,
    least: int | None = None,
    most: int | None = None,
    flagged: bool = False,
    search: str = "",
    sort: str = "-number",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[PurchaseRow]:
    """Purchase invoices and credit notes, the latest first, with what is open of each.

    `supplier` is a code, `reference` matches from its beginning; `flagged` are those that seem to
    be here already; `search` is a number, a reference or part of a name. The sums are `net`,
    `tax`, `gross` and `open` in the company's currency, credit notes counted below zero; what is
    in another and not posted yet is not in them. Raises InvalidInput.
    """
    check_span(start, end)
    check_span(due_from, due_to)
    found = with_status(scoped(actor, PurchaseInvoice), today_of(actor)).select_related("party")
    if status:
        found = found.filter(_asked(status))
    wanted: dict[str, object] = {
        "kind": kind or None,
        "party_id": scoped(actor, Party).filter(code=supplier).values("pk")[:1]
        if supplier
        else None,
        "reference__startswith": reference or None,
        "date__gte": start,
        "date__lte": end,
        "due_on__gte": due_from,
        "due_on__lte": due_to,
        "gross__gte": least,
        "gross__lte": most,
        "same_as__isnull": False if flagged else None,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    if search and "\0" not in search:
        found = found.filter(
            Q(number__istartswith=search)
            | Q(reference__istartswith=search)
            | Q(seller__icontains=search)
            | Q(party__name__icontains=search)
        )
    page = page_by(
        found,
        order=sorted_by(sort, SORTS),
        cursor=cursor,
        limit=limit,
        totals={
            "net": Sum(_booked(actor, "net")),
            "tax": Sum(_booked(actor, "tax")),
            "gross": Sum(_booked(actor, "net") + _booked(actor, "tax")),
            "open": Sum("own_open"),
        },
    )
    return page.map(purchase_row)


def _asked(status: str) -> Q:
    if status == "waiting":
        return Q(state__in=WAITING)
    if status == "posted":
        return Q(state=POSTED)
    return Q(status=status)


def with_status(found: QuerySet[PurchaseInvoice, PurchaseInvoice], today: date) -> QuerySet[Any, Any]:  # fmt: skip
    """Purchase invoices with `status`, and with `open` in their currency and in the company's."""
    of_item = OpenItem.objects.filter(entry_id=OuterRef("entry_id"), party_id=OuterRef("party_id"))
    return found.annotate(
        open=_first(of_item, "currency_open"),
        own_open=_first(of_item, "open"),
    ).annotate(
        status=Case(
            When(state=REFUSED, then=Value("refused")),
            When(~Q(hold=""), then=Value("held")),
            When(~Q(state=POSTED), then=F("state")),
            When(open__gt=0, due_on__lt=today, then=Value("overdue")),
            When(~Q(open=0), then=Value("open")),
            default=Value("paid"),
            output_field=CharField(),
        )
    )


def _first(items: QuerySet[Any, Any], name: str) -> Any:
    """What is open of the item, as we owe it."""
    found = Coalesce(Subquery(items.values(name)[:1]), 0, output_field=BigIntegerField())
    return 0 - found


def _booked(actor: Actor, name: str) -> Case:
    """An amount in the company's currency, of a credit note below zero."""
    own = Case(
        When(state=POSTED, then=F(f"own_{name}")),
        When(currency=actor.currency, then=F(name)),
        default=0,
        output_field=BigIntegerField(),
    )
    back = ExpressionWrapper(0 - own, output_field=BigIntegerField())
    return Case(When(kind=CREDIT_NOTE, then=back), default=own, output_field=BigIntegerField())


def purchase_row(found: Any) -> PurchaseRow:
    """A purchase invoice that `with_status` found, with its party, as lists show it."""
    return PurchaseRow(
        number=found.number,
        kind=found.kind,
        status=found.status,
        supplier=found.party.code if found.party else "",
        name=found.party.name if found.party else found.seller,
        reference=found.reference,
        received_on=found.received_on,
        date=found.date,
        due_on=found.due_on,
        currency=found.currency,
        net=found.net,
        tax=found.tax,
        gross=found.gross,
        open=found.open,
        flagged=found.same_as_id is not None,
    )
