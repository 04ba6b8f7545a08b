"""What recurs: the register of agreements, and one with its lines and the invoices it made."""

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import RecurringInvoice, RecurringLine, RecurringPeriod
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.money import exponent, half_up
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

READ = "finance.read_receivables"
SHOWN = 100


class RecurringRow(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement; `net` is what a period costs now, in minor units, without VAT."""

    id: int
    number: str
    party: str
    party_name: str
    months: int
    next_on: date
    ends_on: date | None
    text: str
    net: int
    state: Literal["active", "ended"]


class RecurringCardLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line at its present price."""

    n: int
    text: str
    quantity: Decimal
    unit_price: Decimal
    tax: str
    net: int


class RecurringPeriodRow(msgspec.Struct, frozen=True, kw_only=True):
    """A period that was invoiced."""

    start: date
    end: date
    invoice: str


class RecurringCard(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement with its lines, and the last hundred periods that were invoiced."""

    row: RecurringRow
    starts_on: date
    due_days: int
    reference: str
    index_percent: Decimal
    index_on: date | None
    why: str
    lines: list[RecurringCardLine]
    periods: list[RecurringPeriodRow]


@query(permission=READ, title=_("Recurring invoices"), exposed=True)
def recurring_invoices(
    actor: Actor,
    /,
    *,
    state: Literal["", "active", "ended"] = "",
    party: str = "",
    search: str = "",
    sort: str = "next_on",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[RecurringRow]:
    """What recurs, the next to be invoiced first; `search` is a number or a part of a name."""
    found = scoped(actor, RecurringInvoice).select_related("party").prefetch_related("lines")
    if state:
        found = found.filter(state=state)
    if party:
        found = found.filter(party__code=party)
    if search and "\0" not in search:
        found = found.filter(Q(number__istartswith=search) | Q(party__name__icontains=search))
    order = sorted_by(sort, {"next_on": ("next_on",), "number": ("sequence",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    return page.map(lambda each: _row(actor, each))


def _row(actor: Actor, each: RecurringInvoice) -> RecurringRow:
    return RecurringRow(
        id=each.pk,
        number=each.number,
        party=each.party.code,
        party_name=each.party.name,
        months=each.months,
        next_on=each.next_on,
        ends_on=each.ends_on,
        text=each.text,
        net=sum(_net(actor, line) for line in each.lines.all()),
        state=each.state,  # type: ignore[arg-type]
    )


def _net(actor: Actor, line: RecurringLine) -> int:
    return half_up(line.quantity * line.unit_price, exponent(actor.currency))


@query(permission=READ, title=_("A recurring invoice"), exposed=True)
def recurring(actor: Actor, /, *, number: str) -> RecurringCard:
    """The agreement with this number; raises NotFound."""
    found = (
        scoped(actor, RecurringInvoice)
        .select_related("party")
        .prefetch_related("lines")
        .filter(number=number)
        .first()
    )
    if found is None:
        message = _("Nothing recurs under “{number}”.").format(number=number[:40])
        raise NotFound(message, field="number")
    periods = RecurringPeriod.objects.filter(recurring=found).select_related("invoice")
    return RecurringCard(
        row=_row(actor, found),
        starts_on=found.starts_on,
        due_days=found.due_days,
        reference=found.reference,
        index_percent=found.index_percent,
        index_on=found.index_on,
        why=found.why,
        lines=[
            RecurringCardLine(
                n=each.n,
                text=each.text,
                quantity=each.quantity,
                unit_price=each.unit_price,
                tax=each.tax,
                net=_net(actor, each),
            )
            for each in sorted(found.lines.all(), key=lambda line: line.n)
        ],
        periods=[
            RecurringPeriodRow(start=each.starts_on, end=each.ends_on, invoice=each.invoice.number)
            for each in periods.order_by("-starts_on")[:SHOWN]
        ],
    )
