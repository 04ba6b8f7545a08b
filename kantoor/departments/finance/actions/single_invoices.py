"""Invoices one by one, as people and the API write them: issue one, and credit one."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from kantoor.departments.finance.actions.checking import known_currency
from kantoor.departments.finance.actions.credit import what_to_credit
from kantoor.departments.finance.actions.invoice_checks import InvoiceChecks
from kantoor.departments.finance.actions.invoice_rows import ReadyInvoice
from kantoor.departments.finance.actions.invoices import checks_for, issue
from kantoor.departments.finance.actions.particulars import Seller
from kantoor.departments.finance.actions.prepayments import (
    deducted,
    given_back,
    refuse_untaxable,
    what_to_deduct,
)
from kantoor.departments.finance.actions.tax import Tax
from kantoor.departments.finance.drafts_invoices import (
    CreditLine,
    InvoiceDraft,
    InvoiceIssued,
    InvoiceLine,
    InvoiceLineInput,
    Supply,
)
from kantoor.departments.finance.errors import (
    AmountOutOfRange,
    EmptyInvoice,
    UnknownParty,
)
from kantoor.departments.finance.exact import in_millionths
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.intake.numbers import line_amount
from kantoor.kernel.intake.problems import Refused
from kantoor.kernel.money import exponent
from kantoor.kernel.store.lookup import fetch

PERMISSION = "finance.issue_invoice"
MOST_LINES = 10_000


@action(permission=PERMISSION, title=_("Issue an invoice"))
def issue_invoice(
    actor: Actor,
    /,
    *,
    party: str,
    date: date,
    lines: Sequence[InvoiceLineInput],
    reference: str = "",
    due_days: int = 30,
    credit: bool = False,
    credits: str = "",
    supply: Supply = "goods",
    exempt: bool = False,
    currency: str = "",
    text: str = "",
    terms: str = "",
    prepayment: bool = False,
    deduct: Sequence[str] = (),
) -> InvoiceIssued:
    """Issue one invoice to a party, or with `credit` a credit note: numbered, booked and open.

    Tax follows the party's country and VAT number, the date, and whether goods or services are
    sold, but for lines that name a tax code. `credits` is the number of an invoice that a credit
    note settles with; to take back lines of one use “Credit an invoice”. With `terms` (a code) it
    is paid in instalments. A `prepayment` is of what is still to be delivered: its VAT is due, its
    revenue not yet; the final invoice names it in `deduct`, and takes off what is left of it.
    Raises what `issue_invoices` raises, UnknownTaxCode, and MissingRate for a `currency` without a rate of
    the day; the line is the invoice's line.
    """
    currency = known_currency(currency or actor.currency)
    if ((credit or credits) and (prepayment or deduct)) or (prepayment and deduct):
        message = _("Only an invoice is a prepayment, and only a final invoice deducts them.")
        raise InvalidInput(message, field="deduct" if deduct else "prepayment")
    if not 0 < len(lines) <= MOST_LINES:
        message = _("An invoice has 1 to {most} lines.")
        raise EmptyInvoice(message.format(most=MOST_LINES), field="lines")
    party_id, country, vat_number = _party(actor, party)
    draft = InvoiceDraft(
        party_id=party_id,
        country=country,
        vat_number=vat_number,
        date=date.isoformat(),
        reference=reference,
        origin="",
        lines=[_line(line, n, currency) for n, line in enumerate(lines, 1)],
        credit=credit or bool(credits),
        due_days=due_days,
        credits=credits,
        text=text,
        currency=currency,
        terms=terms,
        prepayment=prepayment,
    )
    own, checks = checks_for(actor, [draft])
    taxes = [
        checks.taxes.named(line.tax, date, n)
        if line.tax
        else checks.taxes.decide(country, vat_number, draft.date, exempt, n, supply)
        for n, line in enumerate(lines, 1)
    ]
    if prepayment:
        refuse_untaxable(taxes)
    if not deduct:
        return _issue_one(actor, own, checks, checks.ready(None, draft, taxes))
    taken = what_to_deduct(actor, deduct, party_id, currency, draft.date, checks.taxes)
    off = deducted(taken, len(taxes))
    draft = replace(draft, lines=[*draft.lines, *(each.line for each in taken)])
    taxes += [each.tax for each in taken]
    return _issue_one(actor, own, checks, checks.ready(None, draft, taxes, (), off))


@action(permission=PERMISSION, title=_("Credit an invoice"))
def credit_invoice(
    actor: Actor, /, *, invoice: str, date: date, why: str, lines: Sequence[CreditLine] = ()
) -> InvoiceIssued:
    """Take an invoice back by a credit note, whole or some of its lines, at the rates it was taxed.

    The credit note settles with the invoice as far as that is open; what was paid already stays
    open in the customer's favour. Raises UnknownInvoice, TooMuch for more than is left of a line
    after earlier credit notes, InvalidInput, ClosedPeriod; the line is the invoice's line.
    """
    if not why.strip():
        raise InvalidInput(_("Say why."), field="why")
    original, parts = what_to_credit(actor, invoice, date, lines)
    draft = InvoiceDraft(
        party_id=original.party_id,
        country=original.country,
        vat_number=original.vat_number,
        date=date.isoformat(),
        reference=original.reference,
        origin=f"finance.invoice/{original.id}",
        lines=[part.line for part in parts],
        credit=True,
        due_days=0,
        credits=invoice,
        text=why.strip(),
        currency=original.currency,
        # What is taken back was taxed at the rate of its own day.
        rate_date=original.date,
        prepayment=bool(original.prepayment),  # SQLite gives a number
    )
    own, checks = checks_for(actor, [draft])
    taxes: list[Tax] = [checks.taxes.by_key(part.tax_code_id) for part in parts]
    off = given_back([(part.credits_id, part.line.net) for part in parts], taxes)
    ready = checks.ready(None, draft, taxes, [part.credits_id for part in parts], off)
    return _issue_one(actor, own, checks, ready)


def _issue_one(
    actor: Actor, own: Seller, checks: InvoiceChecks, ready: ReadyInvoice
) -> InvoiceIssued:
    issued = issue(actor, own, checks, [ready])
    concerns(f"finance.invoice/{issued.invoice_ids[0]}")
    due = date.fromisoformat(ready.due_on)
    gross = ready.net + ready.tax
    currency = ready.currency or actor.currency
    return InvoiceIssued(issued.first, ready.net, ready.tax, gross, currency, due)


def _party(actor: Actor, code: str) -> tuple[int, str, str]:
    sql = "SELECT id, country, vat_number FROM kernel_party WHERE company_id = %s AND code = %s"
    found = fetch(sql, [actor.company_id, code])
    if not found:
        raise UnknownParty(_("There is no party “{code}”.").format(code=code[:40]), field="party")
    return found[0]


def _line(line: InvoiceLineInput, n: int, currency: str) -> InvoiceLine:
    quantity = _scaled(line.quantity, "quantity", n)
    price = _scaled(line.unit_price, "unit_price", n)
    try:
        net = line_amount(quantity, price, exponent(currency))
    except Refused:
        message = _("The amount is beyond 64 bits.")
        raise AmountOutOfRange(message, field="unit_price", line=n) from None
    return InvoiceLine(line.article, line.text, quantity, price, net)


def _scaled(value: Decimal, field: str, n: int) -> int:
    """A quantity or price as an integer of 10**-6; refuses what is finer or too large."""
    if (scaled := in_millionths(value)) is None:
        message = _("Give a number with no more than six decimals, within 64 bits.")
        raise InvalidInput(message, field=field, line=n)
    return scaled
