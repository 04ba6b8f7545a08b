"""Quotations: the register, and one quotation with its lines."""

from datetime import date
from typing import Literal

import msgspec
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.errors import UnknownOrder
from kantoor.departments.sales.models import Quotation, QuotationLine
from kantoor.departments.sales.models.orders import order_number
from kantoor.departments.sales.models.quotations import quotation_number
from kantoor.departments.sales.queries.numbers import read_number
from kantoor.departments.sales.queries.orders import READ, LineRow, StateRow, history_of, line_row
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class QuotationRow(msgspec.Struct, frozen=True):
    """A quotation as listed; `order` is the number of the order that came of it, or empty."""

    id: int
    number: str
    customer: str
    customer_name: str
    offered_on: date
    valid_until: date
    net: int
    state: str
    reference: str
    order: str


class QuotationShown(msgspec.Struct, frozen=True):
    """A quotation with its lines and its history."""

    quotation: QuotationRow
    lines: list[LineRow]
    states: list[StateRow]
    text: str


@query(permission=READ, title=_("Quotations"), exposed=True)
def quotations(
    actor: Actor,
    /,
    *,
    state: Literal["", "offered", "accepted", "declined", "withdrawn"] = "",
    customer: str = "",
    since: date | None = None,
    until: date | None = None,
    sort: str = "-number",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[QuotationRow]:
    """The quotations."""
    found = scoped(actor, Quotation).select_related("party", "order")
    if state:
        found = found.filter(state=state)
    if customer:
        found = found.filter(party__code=customer)
    if since:
        found = found.filter(offered_on__gte=since)
    if until:
        found = found.filter(offered_on__lte=until)
    keys = {"number": (), "offered_on": ("offered_on",), "net": ("net",)}
    order = sorted_by(sort, keys)
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={"net": Sum("net")})
    return page.map(_row)


@query(permission=READ, title=_("A quotation"), exposed=True)
def quotation(actor: Actor, /, *, number: str) -> QuotationShown:
    """One quotation by its number (`QU-000012`). Raises UnknownOrder."""
    found = scoped(actor, Quotation).select_related("party", "order")
    row = found.filter(number=read_number(Quotation, number) or 0).first()
    if row is None:
        message = _("There is no quotation “{number}”.").format(number=number[:40])
        raise UnknownOrder(message, field="number")
    lines = QuotationLine.objects.filter(quotation=row).select_related("article").order_by("pk")
    states = history_of(f"sales.quotation/{row.pk}")
    return QuotationShown(_row(row), [line_row(line) for line in lines], states, row.text)


def _row(row: Quotation) -> QuotationRow:
    return QuotationRow(
        row.pk,
        quotation_number(row.number),
        row.party.code,
        row.party.name,
        row.offered_on,
        row.valid_until,
        row.net,
        row.state,
        row.reference,
        order_number(row.order.number) if row.order else "",
    )
