"""Invoices and credit notes as a register: found, narrowed, and with what is open of each."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import msgspec
from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.models import Invoice, OpenItem
from kantoor.departments.finance.models.invoices import CREDIT_NOTE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import rows_by_key

State = Literal["", "open", "overdue", "paid"]


class InvoiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice in a list, amounts in minor units; those of a credit note are below zero.

    `state` is open, overdue or paid (which a credit note is when it is settled).
    """

    number: str
    kind: str
    date: date
    due_on: date
    party: str
    party_name: str
    reference: str
    currency: str
    net: int
    tax: int
    gross: int
    open: int
    state: str


SORTS = {
    "date": ("date",),
    "number": ("kind", "year_id", "sequence"),
    "due_on": ("due_on",),
    "gross": ("gross",),
}
COLUMNS = ("id", "number", "kind", "date", "due_on", "party__code", "buyer__name", "reference",
           "currency", "net", "tax", "gross", "entry_id", "year_id", "sequence")  # fmt: skip


@query(permission="finance.read_receivables", title=_("Register of invoices"))
def invoice_register(
    actor: Actor,
    /,
    *,
    kind: Literal["", "invoice", "credit_note"] = "",
    state: State = "",
    party: str = "",
    start: date | None = None,
    end: date | None = None,
    search: str = "",
    sort: str = "-date",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[InvoiceRow]:
    """Invoices and credit notes, the latest first; two statements more than the page itself.

    `search` is the beginning of a number, a reference, or a part of the customer's name.
    """
    check_span(start, end)
    found = _narrowed(actor, kind, state, party, start, end, search)
    signed = {name: Sum(_signed(name)) for name in ("net", "tax", "gross")}
    page = page_by(
        found.values(*COLUMNS),
        order=sorted_by(sort, SORTS),
        cursor=cursor,
        limit=limit,
        totals=signed,
    )
    return page.with_rows(_rows(page.rows))


def _signed(name: str) -> Case:
    whole = BigIntegerField()
    turned = ExpressionWrapper(-F(name), output_field=whole)
    return Case(When(kind=CREDIT_NOTE, then=turned), default=F(name), output_field=whole)


def _narrowed(
    actor: Actor,
    kind: str,
    state: str,
    party: str,
    start: date | None,
    end: date | None,
    search: str,
) -> "QuerySet[Invoice]":
    exact: dict[str, Any] = {
        "kind": kind, "party__code": party, "date__gte": start, "date__lte": end,
    }  # fmt: skip
    found = scoped(actor, Invoice).filter(**{name: value for name, value in exact.items() if value})
    still = Exists(OpenItem.objects.filter(entry_id=OuterRef("entry_id")).exclude(open=0))
    if state == "paid":
        found = found.filter(~still)
    elif state:
        found = found.filter(still)
    if state == "overdue":
        found = found.filter(due_on__lt=timezone.localdate())
    if search and "\0" not in search:
        found = found.filter(
            Q(number__istartswith=search)
            | Q(reference__iexact=search)
            | Q(buyer__name__icontains=search)
        )
    return found


def _rows(found: Sequence[dict[str, Any]]) -> list[InvoiceRow]:
    open_of = rows_by_key(
        "SELECT entry_id, CAST(SUM(open) AS bigint) FROM finance_open_item"
        " WHERE entry_id IN ({}) GROUP BY entry_id",
        [],
        [row["entry_id"] for row in found if row["entry_id"]],
    )
    today = timezone.localdate()
    return [_row(row, open_of.get(row["entry_id"], 0), today) for row in found]


def _row(row: dict[str, Any], still: int, today: date) -> InvoiceRow:
    sign = -1 if row["kind"] == CREDIT_NOTE else 1
    return InvoiceRow(
        number=row["number"],
        kind=row["kind"],
        date=row["date"],
        due_on=row["due_on"],
        party=row["party__code"],
        party_name=row["buyer__name"],
        reference=row["reference"],
        currency=row["currency"],
        net=sign * row["net"],
        tax=sign * row["tax"],
        gross=sign * row["gross"],
        open=still,
        state=state_of(still, row["due_on"], today, row["kind"]),
    )


def state_of(still: int, due_on: date, today: date, kind: str) -> str:
    """Paid, open, or overdue; a credit note is never overdue."""
    if not still:
        return "paid"
    return "overdue" if due_on < today and kind != CREDIT_NOTE else "open"
