"""The list of invoices and credit notes, with what is open of each."""

from datetime import date
from typing import Any, Literal

import msgspec
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
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
from kantoor.departments.finance.models import Invoice, OpenItem
from kantoor.departments.finance.models.invoices import CREDIT_NOTE, INVOICE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped

Status = Literal["open", "overdue", "paid", "credited"]
"""`overdue` is open past its due date; `credited` is settled by credit notes for all of it."""


class InvoiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice or credit note in a list; amounts in minor units of `currency`.

    `open` is what is left to pay; of a credit note, and of what is in the customer's favour, it
    is below zero. `party` is the code, `origin` the thing it comes from (`sales.order/12`).
    """

    number: str
    kind: Literal["invoice", "credit_note"]
    date: Day
    due_on: Day
    party: str
    party_name: str
    reference: str
    origin: str
    currency: str
    net: int
    tax: int
    gross: int
    open: int
    status: Status


SORTS = {
    "date": ("date",),
    "number": ("year_id", "kind", "sequence"),
    "due_on": ("due_on",),
    "gross": ("gross",),
    "party": ("party__code",),
}


@query(permission="finance.read_receivables", title=_("Invoices"), exposed=True)
def invoices(
    actor: Actor,
    /,
    *,
    status: Literal["", "open", "overdue", "paid", "credited"] = "",
    kind: Literal["", "invoice", "credit_note"] = "",
    party: str = "",
    number: str = "",
    reference: str = "",
    origin: str = "",
    start: date | None = None,
    end: date | None = None,
    least: int | None = None,
    most: int | None = None,
    sort: str = "-date",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[InvoiceRow]:
    """Invoices and credit notes, newest first, with what is open of each.

    `party` is a code; `number` and `reference` match from their beginning; `least` and `most`
    bound the gross amount in minor units; dates are included. The sums are `net`, `tax`, `gross`
    and `open` in the company's currency, credit notes counted below zero. Raises InvalidInput.
    """
    check_span(start, end)
    today = today_of(actor)
    found = with_status(scoped(actor, Invoice), today).select_related("party")
    if status:
        found = found.filter(status=status)
    if status in ("open", "overdue"):
        # Said once more in a way that the database finds by what is open alone.
        found = found.filter(Exists(OpenItem.objects.filter(_of_invoice, ~Q(open=0))))
    wanted: dict[str, object] = {
        "kind": kind or None,
        "party_id": _party(actor, party) if party else None,
        "number__startswith": number or None,
        "reference__startswith": reference or None,
        "origin": origin or None,
        "date__gte": start,
        "date__lte": end,
        "gross__gte": least,
        "gross__lte": most,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    page = page_by(
        found,
        order=sorted_by(sort, SORTS),
        cursor=cursor,
        limit=limit,
        totals={
            "net": Sum(signed("own_net")),
            "tax": Sum(signed("own_tax")),
            "gross": Sum(signed("own_net") + signed("own_tax")),
            "open": Sum("own_open"),
        },
    )
    return page.map(invoice_row)


def _party(actor: Actor, code: str) -> QuerySet[Any, Any]:
    # Compared with one key, the list is found by party and not by company.
    return scoped(actor, Party).filter(code=code).values("pk")[:1]


_of_invoice = Q(entry_id=OuterRef("entry_id"))


def with_status(found: QuerySet[Invoice, Invoice], today: date) -> QuerySet[Any, Any]:
    """Invoices with `status`, and with `open` in their currency and in the company's."""
    credit = Invoice.objects.filter(credits_id=OuterRef("pk")).order_by().values("credits_id")
    of_item = OpenItem.objects.filter(_of_invoice)
    late = of_item.filter(currency_open__gt=0, due_on__lt=today)
    return found.annotate(
        open=_sum(of_item, "currency_open"),
        own_open=_sum(of_item, "open"),
        late=Exists(late),
        credited=Coalesce(
            Subquery(credit.annotate(sum=Sum("gross")).values("sum")),
            0,
            output_field=BigIntegerField(),
        ),
    ).annotate(
        status=Case(
            When(late=True, then=Value("overdue")),
            When(~Q(open=0), then=Value("open")),
            When(kind=INVOICE, gross__gt=0, credited__gte=F("gross"), then=Value("credited")),
            default=Value("paid"),
            output_field=CharField(),
        )
    )


def _sum(items: QuerySet[Any, Any], name: str) -> Coalesce:
    """Of all items of an invoice: one that is paid in instalments has several."""
    added = items.order_by().values("entry_id").annotate(sum=Sum(name)).values("sum")
    return Coalesce(Subquery(added), 0, output_field=BigIntegerField())


def signed(name: str) -> Case:
    """An amount of an invoice, of a credit note below zero."""
    back = ExpressionWrapper(0 - F(name), output_field=BigIntegerField())
    return Case(When(kind=CREDIT_NOTE, then=back), default=F(name), output_field=BigIntegerField())


def invoice_row(found: Any) -> InvoiceRow:
    """An invoice that `with_status` found, with its party, as lists show it."""
    return InvoiceRow(
        number=found.number,
        kind=found.kind,
        date=found.date,
        due_on=found.due_on,
        party=found.party.code,
        party_name=found.party.name,
        reference=found.reference,
        origin=found.origin,
        currency=found.currency,
        net=found.net,
        tax=found.tax,
        gross=found.gross,
        open=found.open,
        status=found.status,
    )
