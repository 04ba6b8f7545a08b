"""One invoice or credit note with all that stands on it, and what was paid of it."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import Invoice, InvoiceLine, InvoiceTax, Line, OpenItem
from kantoor.departments.finance.models.particulars import Particulars
from kantoor.departments.finance.queries.accounts import name_of
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.invoice_register import state_of
from kantoor.departments.finance.queries.settlements import live_settlements
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query, scoped


class PrintedParty(msgspec.Struct, frozen=True, kw_only=True):
    """A name and address as they were on the day of the invoice."""

    name: str
    lines: list[str]
    vat_number: str


class PrintedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line; `net` in minor units, `tax` is the name of the tax code."""

    n: int
    article: str
    text: str
    quantity: Decimal
    unit_price: Decimal
    net: int
    tax: str


class PrintedTax(msgspec.Struct, frozen=True, kw_only=True):
    """The tax of one rate group, in minor units, and why where there is none."""

    name: str
    rate: Decimal
    base: int
    amount: int
    reason: str


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What paid or settled a part of it: the entry, its day, the amount in minor units."""

    entry: str
    date: date
    amount: int


class InvoiceCard(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice as its paper shows it, amounts in minor units as they stand on it."""

    id: int
    number: str
    kind: str
    date: date
    due_on: date
    party: str
    seller: PrintedParty
    buyer: PrintedParty
    currency: str
    reference: str
    origin: str
    text: str
    lines: list[PrintedLine]
    more_lines: int
    taxes: list[PrintedTax]
    net: int
    tax: int
    gross: int
    open: int
    state: str
    entry: str
    credits: str
    credit_notes: list[str]
    settled: list[Settled]


MOST = 500
"""Lines that a page of an invoice shows; an invoice of more says how many more there are."""


@query(permission="finance.read_receivables", title=_("Invoice with its lines"))
def invoice_card(actor: Actor, /, *, number: str) -> InvoiceCard:
    """An invoice or credit note by its number; NotFound alike when it is another company's."""
    found = (
        scoped(actor, Invoice)
        .select_related("seller", "buyer", "party", "credits")
        .filter(number=number)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no invoice “{number}”.").format(number=number[:40]))
    items = OpenItem.objects.filter(entry_id=found.entry_id) if found.entry_id else []
    still = sum(item.open for item in items)
    numbers = entry_numbers([found.entry_id]) if found.entry_id else {}
    return InvoiceCard(
        id=found.pk,
        number=found.number,
        kind=found.kind,
        date=found.date,
        due_on=found.due_on,
        party=found.party.code,
        seller=_printed(found.seller),
        buyer=_printed(found.buyer),
        currency=found.currency,
        reference=found.reference,
        origin=found.origin,
        text=found.text,
        lines=_lines(actor, found),
        more_lines=max(found.line_count - MOST, 0),
        taxes=_taxes(actor, found),
        net=found.net,
        tax=found.tax,
        gross=found.gross,
        open=still,
        state=state_of(still, found.due_on, timezone.localdate(), found.kind),
        entry=numbers.get(found.entry_id or 0, ""),
        credits=found.credits.number if found.credits else "",
        credit_notes=list(found.credit_notes.order_by("id").values_list("number", flat=True)[:50]),
        settled=_settled(actor, [item.pk for item in items]),
    )


def _printed(copy: Particulars) -> PrintedParty:
    place = " ".join(part for part in (copy.postcode, copy.city) if part)
    lines = [line for line in (copy.street, place, copy.country) if line]
    return PrintedParty(name=copy.name, lines=lines, vat_number=copy.vat_number)


def _lines(actor: Actor, invoice: Invoice) -> list[PrintedLine]:
    found = InvoiceLine.objects.filter(invoice=invoice).select_related("tax_code").order_by("n")
    return [
        PrintedLine(
            n=line.n,
            article=line.article,
            text=line.text,
            quantity=line.quantity,
            unit_price=line.unit_price,
            net=line.net,
            tax=line.tax_code.code,
        )
        for line in found[:MOST]
    ]


def _taxes(actor: Actor, invoice: Invoice) -> list[PrintedTax]:
    found = InvoiceTax.objects.filter(invoice=invoice).select_related("tax_code").order_by("id")
    return [
        PrintedTax(
            name=name_of(actor, each.tax_code),
            rate=each.rate,
            base=each.base,
            amount=each.amount,
            reason=_reason(actor, each.tax_code),
        )
        for each in found
    ]


def _reason(actor: Actor, code: Any) -> str:
    return str(code.reason_nl if actor.language.startswith("nl") else code.reason_en)


def _settled(actor: Actor, lines: list[int]) -> list[Settled]:
    """What settled these items, each by the entry of the other side."""
    settlements = live_settlements(actor.company_id, lines)
    mine = set(lines)
    other = {s.id: s.credit_id if s.debit_id in mine else s.debit_id for s in settlements}
    entries = dict(Line.objects.filter(pk__in=set(other.values())).values_list("pk", "entry_id"))
    numbers = entry_numbers(entries.values())
    return [
        Settled(
            entry=numbers[entries[other[each.id]]],
            date=date.fromisoformat(each.date),
            amount=each.amount,
        )
        for each in settlements
    ]
