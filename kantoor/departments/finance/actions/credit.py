"""What of an invoice a credit note takes back: its lines, less what was taken back before."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.prepayments import refuse_deducted
from kantoor.departments.finance.drafts_invoices import CreditLine, InvoiceLine
from kantoor.departments.finance.errors import TooMuch, UnknownInvoice
from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.models.invoices import INVOICE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.intake.numbers import line_amount
from kantoor.kernel.money import exponent
from kantoor.kernel.store.lookup import fetch


class Original(NamedTuple):
    """The invoice that is credited."""

    id: int
    kind: str
    party_id: int
    country: str
    reference: str
    date: str
    vat_number: str
    currency: str
    prepayment: bool


class Part(NamedTuple):
    """A line of the credit note, and the line it takes back."""

    line: InvoiceLine
    tax_code_id: int
    credits_id: int


class _Line(NamedTuple):
    n: int
    id: int
    article: str
    text: str
    quantity: int
    unit_price: int
    tax_code_id: int
    credited: int

    @property
    def left(self) -> int:
        """The quantity that no credit note took back yet, with the sign of the line."""
        return self.quantity - self.credited


def what_to_credit(
    actor: Actor, number: str, on: date, wanted: Sequence[CreditLine]
) -> tuple[Original, list[Part]]:
    """The invoice, locked until the commit, and what to take back of it; all that is left if unsaid."""
    original = _original(actor.company_id, number)
    if on.isoformat() < original.date:
        message = _("The invoice is of {date}; it can't be credited before that.")
        raise InvalidInput(message.format(date=original.date), field="date")
    if original.prepayment:
        refuse_deducted(original.id, number)
    lines = {line.n: line for line in _lines(original.id)}
    asked = _all(number, lines.values()) if not wanted else _some(lines, wanted)
    return original, [_part(line, quantity, original.currency) for line, quantity in asked]


def _original(company_id: int, number: str) -> Original:
    # Two who credit the same lines at once: one waits, and then finds them credited.
    lock = " FOR NO KEY UPDATE OF invoice" if connection.vendor == "postgresql" else ""
    rows = fetch(
        "SELECT invoice.id, invoice.kind, invoice.party_id, invoice.country, invoice.reference,"  # noqa: S608
        " CAST(invoice.date AS text), buyer.vat_number, invoice.currency, invoice.prepayment FROM finance_invoice invoice"
        " JOIN finance_particulars buyer ON buyer.id = invoice.buyer_id"
        f" WHERE invoice.company_id = %s AND invoice.number = %s{lock}",
        [company_id, number],
    )
    found = Original(*rows[0]) if rows else None
    if found is None or found.kind != INVOICE:
        message = _("There is no invoice “{number}” to credit.").format(number=number[:40])
        raise UnknownInvoice(message, field="invoice")
    return found


def _lines(invoice_id: int) -> list[_Line]:
    rows = fetch(
        "SELECT line.n, line.id, line.article, line.text, line.quantity, line.unit_price,"
        " line.tax_code_id, (SELECT CAST(COALESCE(sum(back.quantity), 0) AS bigint)"
        "  FROM finance_invoice_line back WHERE back.credits_id = line.id)"
        " FROM finance_invoice_line line WHERE line.invoice_id = %s ORDER BY line.n",
        [invoice_id],
    )
    return [_Line(*row) for row in rows]


def _all(number: str, lines: Iterable[_Line]) -> list[tuple[_Line, int]]:
    left = [(line, line.left) for line in lines if line.left]
    if not left:
        message = _("{number} was credited completely already.").format(number=number)
        raise TooMuch(message, field="invoice")
    return left


def _some(lines: dict[int, _Line], wanted: Sequence[CreditLine]) -> list[tuple[_Line, int]]:
    asked: dict[int, int] = {}
    for each in wanted:
        line = lines.get(each.n)
        if line is None or each.n in asked:
            message = _("The invoice has no line {n}, or it is named twice.").format(n=each.n)
            raise InvalidInput(message, field="lines", line=each.n)
        asked[each.n] = line.left if each.quantity is None else _quantity(line, each.quantity)
        if not asked[each.n]:
            message = _("Nothing is left of line {n} to credit.").format(n=each.n)
            raise TooMuch(message, field="lines", line=each.n)
    return [(lines[n], quantity) for n, quantity in sorted(asked.items())]


def _quantity(line: _Line, quantity: Decimal) -> int:
    """The quantity to take back, given above nought whatever the sign of the line."""
    scaled = in_millionths(quantity)
    if scaled is None or scaled <= 0:
        message = _("Give a quantity above nought with no more than six decimals.")
        raise InvalidInput(message, field="quantity", line=line.n)
    if scaled > abs(line.left):
        left = Decimal(abs(line.left)).scaleb(-6).normalize()
        said = _("Only {left} is left of line {n} to credit.").format(left=f"{left:f}", n=line.n)
        raise TooMuch(said, field="quantity", line=line.n)
    return scaled if line.left > 0 else -scaled


def _part(line: _Line, quantity: int, currency: str) -> Part:
    net = line_amount(quantity, line.unit_price, exponent(currency))
    taken = InvoiceLine(line.article, line.text, quantity, line.unit_price, net)
    return Part(taken, line.tax_code_id, line.id)
