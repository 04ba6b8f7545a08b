"""Returns: the register, and one return with its lines and credit note."""

from datetime import date
from typing import Literal

import msgspec
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.errors import UnknownOrder
from kantoor.departments.sales.models import Return, ReturnLine
from kantoor.departments.sales.models.orders import order_number
from kantoor.departments.sales.models.returns import return_number
from kantoor.departments.sales.queries.numbers import read_number
from kantoor.departments.sales.queries.orders import (
    READ,
    InvoiceShown,
    LineRow,
    StateRow,
    history_of,
    invoice_of,
    line_row,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class ReturnRow(msgspec.Struct, frozen=True):
    """A return as listed; `order` is the number of the order it takes back, if known."""

    id: int
    number: str
    customer: str
    customer_name: str
    taken_on: date
    country: str
    net: int
    state: str
    source: str
    reference: str
    order: str


class ReturnShown(msgspec.Struct, frozen=True):
    """A return with its lines, its history and its credit note."""

    taken: ReturnRow
    lines: list[LineRow]
    states: list[StateRow]
    credit_note: InvoiceShown | None
    text: str


@query(permission=READ, title=_("Returns"), exposed=True)
def returns(
    actor: Actor,
    /,
    *,
    state: Literal["", "taken", "credited"] = "",
    customer: str = "",
    source: str = "",
    search: str = "",
    since: date | None = None,
    until: date | None = None,
    sort: str = "-number",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[ReturnRow]:
    """The returns."""
    found = scoped(actor, Return).select_related("party", "order")
    for field, value in (
        ("state", state),
        ("party__code", customer),
        ("source", source),
        ("reference__startswith", search),
        ("taken_on__gte", since),
        ("taken_on__lte", until),
    ):
        if value:
            found = found.filter(**{field: value})
    keys = {"number": (), "taken_on": ("taken_on",), "net": ("net",)}
    order = sorted_by(sort, keys)
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={"net": Sum("net")})
    return page.map(_row)


@query(permission=READ, title=_("A return"), exposed=True)
def taken_return(actor: Actor, /, *, number: str) -> ReturnShown:
    """One return by its number (`RT-000012`). Raises UnknownOrder."""
    found = scoped(actor, Return).select_related("party", "order")
    row = found.filter(number=read_number(Return, number) or 0).first()
    if row is None:
        message = _("There is no return “{number}”.").format(number=number[:40])
        raise UnknownOrder(message, field="number")
    lines = ReturnLine.objects.filter(taken=row).select_related("article").order_by("pk")
    return ReturnShown(
        _row(row),
        [line_row(line) for line in lines],
        history_of(f"sales.return/{row.pk}"),
        invoice_of(actor, row.invoice_id),
        row.text,
    )


def _row(row: Return) -> ReturnRow:
    return ReturnRow(
        row.pk,
        return_number(row.number),
        row.party.code,
        row.party.name,
        row.taken_on,
        row.country,
        row.net,
        row.state,
        row.source,
        row.reference,
        order_number(row.order.number) if row.order else "",
    )
