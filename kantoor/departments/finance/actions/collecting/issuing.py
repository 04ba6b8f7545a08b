"""Issue recurring invoices in bulk: each period once, dated on its first day, prices indexed."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from typing import NamedTuple

from babel.dates import format_date
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.collecting.recurring import period_after
from kantoor.departments.finance.actions.invoices import checks_for, issue
from kantoor.departments.finance.dates import months_before
from kantoor.departments.finance.drafts_collecting import RecurringIssued
from kantoor.departments.finance.drafts_invoices import InvoiceDraft, InvoiceLine
from kantoor.departments.finance.errors import AmountOutOfRange
from kantoor.departments.finance.models import RecurringInvoice, RecurringLine, RecurringPeriod
from kantoor.departments.finance.models.collecting import ACTIVE, ENDED
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.intake.numbers import line_amount
from kantoor.kernel.intake.problems import Refused
from kantoor.kernel.money import MICRO, exponent

MOST = 20_000
"""Invoices of one call; what is left is issued by the next."""


class Period(NamedTuple):
    """A period of an agreement that is to be invoiced, with its lines at their prices then."""

    row: RecurringInvoice
    starts_on: date
    ends_on: date
    lines: list[RecurringLine]


@action(permission="finance.issue_invoice", title=_("Issue recurring invoices"))
def issue_recurring_invoices(actor: Actor, /, *, until: date | None = None) -> RecurringIssued:
    """Issue an invoice for each period that begins by a day (today if unsaid), all or none.

    Done again it issues nothing: a period is invoiced once. What was missed is made up for,
    period by period. Raises what `issue_invoices` raises, and InvalidInput for a day to come.
    """
    today = today_of(actor)
    day = until or today
    if day > today + timedelta(days=31):
        message = _("Recurring invoices are issued at most a month ahead.")
        raise InvalidInput(message, field="until")
    due = _due(actor, day)
    if not due:
        return RecurringIssued(0, "", "", 0, 0)
    drafts = [_draft(actor, each) for each in due]
    own, checks = checks_for(actor, drafts)
    ready = []
    for place, (draft, each) in enumerate(zip(drafts, due, strict=True), 1):
        taxes = [
            checks.taxes.named(line.tax, each.starts_on, place)
            if line.tax
            else checks.taxes.decide(draft.country, draft.vat_number, draft.date, False, place)
            for line in each.lines
        ]
        ready.append(checks.ready(place, draft, taxes))
    issued = issue(actor, own, checks, ready)
    RecurringPeriod.objects.bulk_create(
        RecurringPeriod(
            company_id=actor.company_id,
            recurring=each.row,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            invoice_id=key,
        )
        for each, key in zip(due, issued.invoice_ids, strict=True)
    )
    _advance(due)
    return RecurringIssued(len(due), issued.first, issued.last, issued.net, issued.gross)


def _due(actor: Actor, until: date) -> list[Period]:
    """The periods to be invoiced, in their order; the agreements locked until the commit."""
    rows = list(
        RecurringInvoice.objects.select_for_update(of=("self",))
        .filter(company_id=actor.company_id, state=ACTIVE, next_on__lte=until)
        .select_related("party")
        .order_by("next_on", "id")
    )
    lines: dict[int, list[RecurringLine]] = {row.pk: [] for row in rows}
    for line in RecurringLine.objects.filter(recurring__in=rows).order_by("recurring_id", "n"):
        lines[line.recurring_id].append(line)
    places = exponent(actor.currency)
    found = (each for row in rows for each in _periods(row, lines[row.pk], until, places))
    return list(islice(found, MOST))


def _periods(
    row: RecurringInvoice, lines: list[RecurringLine], until: date, places: int
) -> Iterator[Period]:
    on = row.next_on
    while on <= until and (row.ends_on is None or on <= row.ends_on):
        lines = _indexed(row, lines, on, places)
        following = period_after(row, on)
        yield Period(row, on, following - timedelta(days=1), lines)
        on = following


def _indexed(
    row: RecurringInvoice, lines: list[RecurringLine], on: date, places: int
) -> list[RecurringLine]:
    """The lines at their prices on a day; each year that begins raises them once."""
    while row.index_percent and row.index_on is not None and row.index_on <= on:
        factor = 1 + row.index_percent / 100
        lines = [_raised(line, factor, places) for line in lines]
        row.index_on = months_before(row.index_on, -12)
    return lines


def _raised(line: RecurringLine, factor: Decimal, places: int) -> RecurringLine:
    copy = RecurringLine(
        **{field.attname: getattr(line, field.attname) for field in line._meta.concrete_fields}
    )
    copy._state.adding = False
    step = Decimal(1).scaleb(-places)
    # A price in tenths of a cent keeps them.
    finer = min(step, Decimal(1).scaleb(int(line.unit_price.normalize().as_tuple().exponent)))
    raised = (line.unit_price * factor).quantize(finer, rounding=ROUND_HALF_UP)
    copy.unit_price = raised
    return copy


def _draft(actor: Actor, period: Period) -> InvoiceDraft:
    row, party = period.row, period.row.party
    language = "nl" if (party.language or actor.language) == "nl" else "en_GB"
    first, last = (
        format_date(day, "d MMMM y", locale=language) for day in (period.starts_on, period.ends_on)
    )
    return InvoiceDraft(
        party_id=party.pk,
        country=party.country,
        vat_number=party.vat_number,
        date=period.starts_on.isoformat(),
        reference=row.reference,
        origin=f"finance.recurring_invoice/{row.pk}",
        lines=[_line(actor, line) for line in period.lines],
        due_days=row.due_days,
        text=f"{row.text} {first} – {last}".strip(),
    )


def _line(actor: Actor, line: RecurringLine) -> InvoiceLine:
    quantity, price = int(line.quantity * MICRO), int(line.unit_price * MICRO)
    try:
        net = line_amount(quantity, price, exponent(actor.currency))
    except Refused:
        message = _("The amount is beyond 64 bits.")
        raise AmountOutOfRange(message, field="lines") from None
    return InvoiceLine(line.article, line.text, quantity, price, net)


def _advance(due: list[Period]) -> None:
    """Set each agreement to its next period, its lines to their prices, and end what is over."""
    last = {each.row.pk: each for each in due}
    rows, lines = [], []
    for each in last.values():
        row = each.row
        row.next_on = each.ends_on + timedelta(days=1)
        if row.ends_on is not None and row.next_on > row.ends_on:
            row.state = ENDED
        rows.append(row)
        lines += each.lines
    RecurringInvoice.objects.bulk_update(rows, ["next_on", "index_on", "state"])
    RecurringLine.objects.bulk_update(lines, ["unit_price"])
