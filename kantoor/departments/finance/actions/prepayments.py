"""What a final invoice deducts of prepayment invoices, and what a credit note of it gives back.

The deduction is a line below zero with the tax code of the prepayment: its VAT was due with the
prepayment invoice (Wet OB 1968, art. 13; Directive 2006/112/EC, art. 65), so the final invoice has
the VAT of the rest alone. See docs/decisions/0067.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.instalment_rows import Deducted
from kantoor.departments.finance.actions.payables.discounts import shares
from kantoor.departments.finance.actions.tax import Tax, TaxCodes
from kantoor.departments.finance.drafts_invoices import InvoiceLine
from kantoor.departments.finance.errors import TooMuch, UnknownInvoice
from kantoor.departments.finance.models import Deduction
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import MICRO, exponent, half_up_ratio
from kantoor.kernel.store.lookup import fetch, rows_by_key

INTRA_COMMUNITY = "K"


class Taken(NamedTuple):
    """A line of a final invoice that deducts, its tax, and what it deducts."""

    line: InvoiceLine
    tax: Tax
    prepaid_id: int
    net: int
    own_net: int


class _Prepaid(NamedTuple):
    """A line of a prepayment invoice: `left` of its net is neither credited nor deducted.

    `own_left` is what is left in the company's currency of all its lines with that tax code.
    """

    id: int
    number: str
    date: str
    party_id: int
    currency: str
    text: str
    tax_code_id: int
    left: int
    own_left: int


_LINES = (
    "SELECT line.id, invoice.number, CAST(invoice.date AS text), invoice.party_id,"
    " invoice.currency, line.text, line.tax_code_id, line.net"
    "  - (SELECT CAST(COALESCE(SUM(back.net), 0) AS bigint) FROM finance_invoice_line back"
    "     WHERE back.credits_id = line.id)"
    "  - (SELECT CAST(COALESCE(SUM(off.net), 0) AS bigint) FROM finance_deduction off"
    "     WHERE off.prepaid_id = line.id), tax.own_base"
    "  - (SELECT CAST(COALESCE(SUM(noted.own_base), 0) AS bigint) FROM finance_invoice note"
    "     JOIN finance_invoice_tax noted ON noted.invoice_id = note.id"
    "      AND noted.tax_code_id = line.tax_code_id"
    "     WHERE note.credits_id = invoice.id AND note.prepayment)"
    "  - (SELECT CAST(COALESCE(SUM(off.own_net), 0) AS bigint) FROM finance_deduction off"
    "     JOIN finance_invoice_line beside ON beside.id = off.prepaid_id"
    "     WHERE beside.invoice_id = invoice.id AND beside.tax_code_id = line.tax_code_id)"
    " FROM finance_invoice invoice JOIN finance_invoice_line line ON line.invoice_id = invoice.id"
    " JOIN finance_invoice_tax tax ON tax.invoice_id = invoice.id"
    "  AND tax.tax_code_id = line.tax_code_id"
    " WHERE invoice.company_id = %s AND invoice.prepayment AND invoice.kind = 'invoice'"
    " AND invoice.id IN ({})"
)


def what_to_deduct(
    actor: Actor, numbers: Sequence[str], party_id: int, currency: str, on: str, taxes: TaxCodes
) -> list[Taken]:
    """All that is left of these prepayment invoices, as lines of a final one; locks them.

    Raises UnknownInvoice for one that is no prepayment of this party in that currency, TooMuch
    where nothing is left of it, InvalidInput for one of a later day or named twice.
    """
    keys = _locked(actor, numbers)
    found: dict[str, list[_Prepaid]] = {}
    for key, row in sorted(rows_by_key(_LINES, [actor.company_id], keys.values()).items()):
        each = _Prepaid(key, *row)
        found.setdefault(each.number, []).append(each)
    taken: list[Taken] = []
    for place, number in enumerate(numbers, 1):
        lines = found.get(number, [])
        if not lines or lines[0].party_id != party_id or lines[0].currency != currency:
            message = _("{number} is no prepayment invoice of this party in {currency}.")
            said = message.format(number=number[:40], currency=currency)
            raise UnknownInvoice(said, field="deduct", line=place)
        if lines[0].date > on:
            message = _("{number} is of {date}; it can't be deducted before that.")
            said = message.format(number=number, date=lines[0].date)
            raise InvalidInput(said, field="deduct", line=place)
        if not any(each.left for each in lines):
            nothing = _("Nothing is left of {number} to deduct.").format(number=number)
            raise TooMuch(nothing, field="deduct", line=place)
        taken += _all_left(lines, taxes)
    return taken


def _locked(actor: Actor, numbers: Sequence[str]) -> dict[str, int]:
    # Two final invoices at once: the second waits, and finds nothing left.
    if len(set(numbers)) < len(numbers):
        raise InvalidInput(_("A prepayment invoice is named twice."), field="deduct")
    lock = " FOR NO KEY UPDATE" if connection.vendor == "postgresql" else ""
    found = rows_by_key(
        "SELECT number, id FROM finance_invoice"  # noqa: S608
        f" WHERE company_id = %s AND number IN ({{}}) ORDER BY id{lock}",
        [actor.company_id],
        [number for number in numbers if "\0" not in number],
    )
    return dict(found)


def _all_left(lines: Sequence[_Prepaid], taxes: TaxCodes) -> list[Taken]:
    """What is left of the lines of an invoice, at what they still stand in the books for.

    By tax code, as it was booked: the account of prepayments comes to nothing by it.
    """
    by_code: dict[int, list[_Prepaid]] = {}
    for each in lines:
        if each.left:
            by_code.setdefault(each.tax_code_id, []).append(each)
    own: dict[int, int] = {}
    for some in by_code.values():
        lefts = [each.left for each in some]
        parts = lefts if sum(lefts) == some[0].own_left else shares(some[0].own_left, lefts)
        own.update((each.id, part) for each, part in zip(some, parts, strict=True))
    return [_taken(each, own[each.id], taxes) for each in lines if each.left]


def _taken(each: _Prepaid, own: int, taxes: TaxCodes) -> Taken:
    text = gettext("Prepayment invoice {number} of {date}: {text}")
    said = text.format(number=each.number, date=each.date, text=each.text)
    price = each.left * MICRO // 10 ** exponent(each.currency)
    line = InvoiceLine("", said[:500], -MICRO, price, -each.left)
    return Taken(line, taxes.by_key(each.tax_code_id), each.id, each.left, own)


def _share(whole: int, part: int, of: int) -> int:
    """A part of a whole in proportion, rounded half up."""
    sign = -1 if of < 0 else 1
    return half_up_ratio(sign * whole * part, sign * of)


def deducted(taken: Sequence[Taken], before: int) -> list[Deducted]:
    """The deductions of lines that come after so many others."""
    return [
        Deducted(before + n, each.prepaid_id, each.net, each.own_net, each.tax.sales_account)
        for n, each in enumerate(taken, 1)
    ]


def given_back(lines: Sequence[tuple[int, int]], taxes: Sequence[Tax]) -> list[Deducted]:
    """What a credit note gives back of deductions: its lines as the line each credits, and its net."""
    kept = {
        each.line_id: each
        for each in Deduction.objects.filter(line_id__in=[key for key, _net in lines])
    }
    found = []
    for n, ((key, net), tax) in enumerate(zip(lines, taxes, strict=True), 1):
        if off := kept.get(key):
            own = _share(off.own_net, -net, off.net)
            found.append(Deducted(n, off.prepaid_id, -net, own, tax.sales_account))
    return found


def refuse_deducted(invoice_id: int, number: str) -> None:
    """Refuse to credit a prepayment invoice that a final invoice deducts."""
    rows = fetch(
        "SELECT 1 FROM finance_deduction off JOIN finance_invoice_line line"
        " ON line.id = off.prepaid_id WHERE line.invoice_id = %s"
        " GROUP BY line.id HAVING SUM(off.net) <> 0",
        [invoice_id],
    )
    if rows:
        message = _("{number} is deducted from a final invoice; credit that one first.")
        raise TooMuch(message.format(number=number), field="invoice")


def refuse_untaxable(taxes: Iterable[Tax]) -> None:
    """Refuse a prepayment on goods that go to a business in another EU country.

    Their VAT does not fall due with a prepayment (Directive 2006/112/EC, art. 67), and so they are
    not to be on a return or ICP listing before they go.
    """
    for n, tax in enumerate(taxes, 1):
        if tax.category == INTRA_COMMUNITY:
            message = _(
                "A prepayment on goods for another EU country is not declared yet: ask for it"
                " without VAT, and invoice when the goods go."
            )
            raise InvalidInput(message, field="prepayment", line=n)
