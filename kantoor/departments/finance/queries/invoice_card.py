"""One invoice complete: lines, taxes, what settled it, and where it comes from."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import (
    Account,
    Invoice,
    InvoiceLine,
    InvoiceTax,
    OpenItem,
    Particulars,
    PurchaseInvoice,
    Settlement,
    TaxCode,
)
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.invoice_parts import CardPart, belongings
from kantoor.departments.finance.queries.invoices import InvoiceRow, invoice_row, with_status
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query, scoped


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Who an invoice is from or to, as they were on its day; empty once erased."""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    vat_number: str
    registration: str


class CardLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line; `net` in minor units, `tax` a tax code."""

    n: int
    article: str
    text: str
    quantity: Decimal
    unit_price: Decimal
    net: int
    tax: str


class CardTax(msgspec.Struct, frozen=True, kw_only=True):
    """The tax of a rate group: `reason` says why there is none, `reason_code` is of VATEX."""

    code: str
    name: str
    category: str
    rate: Decimal
    base: int
    amount: int
    reason: str
    reason_code: str


class CardSettlement(msgspec.Struct, frozen=True, kw_only=True):
    """What settled it, in the invoice's currency: `by` is the number of a credit note or entry.

    What was undone is below zero.
    """

    date: date
    by: str
    amount: int
    why: str


class InvoiceCard(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice or credit note with all that belongs to it.

    `credits` is the number of the invoice it credits, `credit_notes` those that credit it,
    `entry` the number of the entry that books it (empty when it moves no account). `deducts` are
    the prepayment invoices that it takes off, `deducted_by` the final ones that take off this.
    """

    invoice: InvoiceRow
    text: str
    country: str
    seller: Address
    buyer: Address
    lines: list[CardLine]
    taxes: list[CardTax]
    settlements: list[CardSettlement]
    credits: str
    credit_notes: list[str]
    entry: str
    instalments: list[CardPart]
    prepayment: bool
    deducts: list[str]
    deducted_by: list[str]


@query(permission="finance.read_receivables", title=_("An invoice"), exposed=True)
def invoice(actor: Actor, /, *, number: str) -> InvoiceCard:
    """The invoice or credit note with this number; raises NotFound."""
    found = (
        with_status(scoped(actor, Invoice).filter(number=number), today_of(actor))
        .select_related("party", "seller", "buyer", "credits")
        .first()
    )
    if found is None:
        message = _("There is no invoice “{number}”.").format(number=number[:40])
        raise NotFound(message, field="number")
    notes = Invoice.objects.filter(credits_id=found.pk).order_by("id")
    belongs = belongings(found.pk)
    return InvoiceCard(
        invoice=invoice_row(found),
        text=found.text,
        country=found.country,
        seller=_address(found.seller),
        buyer=_address(found.buyer),
        lines=_lines(found.pk),
        taxes=_taxes(found.pk),
        settlements=settlements_of(found.entry_id),
        credits=found.credits.number if found.credits else "",
        credit_notes=list(notes.values_list("number", flat=True)),
        entry=entry_numbers([found.entry_id])[found.entry_id] if found.entry_id else "",
        instalments=belongs.instalments,
        prepayment=found.prepayment,
        deducts=belongs.deducts,
        deducted_by=belongs.deducted_by,
    )


def _address(found: Particulars) -> Address:
    return Address(
        name=found.name,
        street=found.street,
        postcode=found.postcode,
        city=found.city,
        country=found.country,
        vat_number=found.vat_number,
        registration=found.registration,
    )


def _lines(invoice_id: int) -> list[CardLine]:
    found = InvoiceLine.objects.filter(invoice_id=invoice_id).order_by("n")
    return [
        CardLine(
            n=each.n,
            article=each.article,
            text=each.text,
            quantity=each.quantity,
            unit_price=each.unit_price,
            net=each.net,
            tax=each.tax_code.code,
        )
        for each in found.select_related("tax_code")
    ]


def _taxes(invoice_id: int) -> list[CardTax]:
    found = InvoiceTax.objects.filter(invoice_id=invoice_id).order_by("id")
    return [
        CardTax(
            code=each.tax_code.code,
            name=in_language(each.tax_code, "name"),
            category=each.category,
            rate=each.rate,
            base=each.base,
            amount=each.amount,
            reason=in_language(each.tax_code, "reason"),
            reason_code=each.tax_code.reason_code,
        )
        for each in found.select_related("tax_code")
    ]


def in_language(code: TaxCode | Account, name: str, language: str | None = None) -> str:
    """The tax code's name or reason in the reader's language."""
    dutch = (language or get_language() or "en").startswith("nl")
    return str(getattr(code, f"{name}_{'nl' if dutch else 'en'}"))


def settlements_of(entry_id: int | None) -> list[CardSettlement]:
    if entry_id is None:
        return []
    lines = list(OpenItem.objects.filter(entry_id=entry_id).values_list("line_id", flat=True))
    found = list(
        (
            Settlement.objects.filter(debit_id__in=lines)
            | Settlement.objects.filter(credit_id__in=lines)
        )
        .select_related("debit", "credit")
        .order_by("id")
    )
    sides = [
        (each.credit, each.debit_amount)
        if each.debit_id in lines
        else (each.debit, each.credit_amount)
        for each in found
    ]
    names = _names({other.entry_id for other, _amount in sides})
    return [
        CardSettlement(date=each.date, by=names[other.entry_id], amount=amount, why=each.why)
        for each, (other, amount) in zip(found, sides, strict=True)
        if amount
    ]


def _names(entry_ids: Iterable[int]) -> dict[int, str]:
    """Entries by the number of the document they book, else their own."""
    wanted = list(entry_ids)
    documents = dict(Invoice.objects.filter(entry_id__in=wanted).values_list("entry_id", "number"))
    bought = PurchaseInvoice.objects.filter(entry_id__in=wanted)
    documents |= dict(bought.values_list("entry_id", "number"))
    return {**entry_numbers(wanted), **documents}
