"""Issue sales invoices and credit notes: checked as a whole, then numbered, booked and open."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.groups.mirroring import mirror
from kantoor.departments.finance.actions.invoice_checks import InvoiceChecks, day_of
from kantoor.departments.finance.actions.invoice_rows import ReadyInvoice, Written, write_invoices
from kantoor.departments.finance.actions.particulars import Buyers, Seller, seller
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.actions.settling import Settling, write_settlements
from kantoor.departments.finance.actions.tax import TaxCodes
from kantoor.departments.finance.drafts_invoices import InvoiceDraft, Issued
from kantoor.departments.finance.errors import EmptyInvoice
from kantoor.departments.finance.events import InvoicesIssued
from kantoor.departments.finance.models.invoices import CREDIT_NOTE
from kantoor.departments.finance.queries.currency.conversion import Rates
from kantoor.departments.finance.queries.invoice_keys import invoice_keys
from kantoor.departments.finance.queries.item_numbers import items_of_entries
from kantoor.departments.finance.queries.payment_terms import terms_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import publish
from kantoor.kernel.actors.actor import Actor


@action(permission="finance.issue_invoice", title=_("Issue invoices"), hidden=True)
def issue_invoices(actor: Actor, /, *, invoices: Sequence[InvoiceDraft]) -> Issued:
    """Issue invoices and credit notes, all or none: numbered, taxed, posted, and open.

    Tax follows seller, customer and date (see reference/vat), one rate for each invoice. An
    invoice that moves no account, such as free goods, has no entry. A credit note that names
    the invoice it credits settles with it as far as both are open. An invoice below zero is
    taken as it is: it makes an item in the customer's favour.

    Raises EmptyInvoice, WrongLineAmount, UnknownParty, UnknownInvoice, ClosedPeriod, NoRate,
    AmountOutOfRange or InvalidInput; the line is the invoice's place among them, from 1.
    """
    if not invoices:
        raise EmptyInvoice(_("There is no invoice to issue."), field="invoices")
    own, checks = checks_for(actor, invoices)
    ready = [checks.ready(place, draft) for place, draft in enumerate(invoices, 1)]
    return issue(actor, own, checks, ready)


def checks_for(actor: Actor, drafts: Sequence[InvoiceDraft]) -> tuple[Seller, InvoiceChecks]:
    """The seller, and what the drafts are checked against."""
    company_id = actor.company_id
    own = seller(company_id)
    return own, InvoiceChecks(
        actor.currency,
        Calendar(actor),
        TaxCodes(company_id, own.country),
        Buyers(company_id, [draft.party_id for draft in drafts]),
        invoice_keys(company_id, [draft.credits for draft in drafts]),
        Rates(
            actor,
            [
                (draft.currency, draft.rate_date or draft.date)
                for draft in drafts
                if is_rated(draft)
            ],
        ),
        terms_of(company_id, {draft.terms for draft in drafts}),
    )


def is_rated(draft: InvoiceDraft) -> bool:
    """Whether a draft is in a currency and of a day that a rate can be looked up for."""
    return bool(draft.currency) and day_of(draft.date) is not None


def issue(
    actor: Actor,
    own: Seller,
    checks: InvoiceChecks,
    ready: Sequence[ReadyInvoice],
) -> Issued:
    """Write checked invoices, settle credit notes with what they credit, and tell."""
    written = write_invoices(actor, own, checks.buyers, checks.calendar, ready)
    mirror(actor, written.entries)
    if checks.credited:
        _settle_credits(actor, ready, written, checks)
    signs = [-1 if each.kind == CREDIT_NOTE else 1 for each in ready]
    net = sum(sign * each.own[0] for sign, each in zip(signs, ready, strict=True))
    tax = sum(sign * each.own[1] for sign, each in zip(signs, ready, strict=True))
    issued = Issued(written.ids, written.numbers[0], written.numbers[-1], net, tax, net + tax)
    publish(InvoicesIssued(actor.company_id, issued.invoice_ids, issued.first, issued.last))
    return issued


def _settle_credits(
    actor: Actor, ready: Sequence[ReadyInvoice], written: Written, checks: InvoiceChecks
) -> None:
    booked = {key.id: key.entry_id for key in checks.credited.values() if key.gross > 0}
    pairs = [
        (booked.get(each.credits_id), entry, each)
        for each, entry in zip(ready, written.entries, strict=True)
        if each.credits_id is not None
    ]
    entries = [key for pair in pairs for key in pair[:2] if key is not None]
    lines = items_of_entries(actor.company_id, entries)
    wanted = [
        Settling(part, lines[credit][0], place=each.place)
        for charged, credit, each in pairs
        # One of nought has no item, one below zero stands on the other side.
        if charged in lines and credit in lines and each.net + each.tax > 0
        # Of an invoice in instalments the first that are open.
        for part in lines[charged]
    ]
    write_settlements(actor, wanted, checks.calendar)
