"""Code purchase invoices: whose they are, and on which account and tax code each line goes."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.dimension_sets import canonical, dimension_sets
from kantoor.departments.finance.actions.payables.checks import (
    PurchaseChecks,
    refuse_other_currency,
)
from kantoor.departments.finance.actions.payables.documents import complete, locked
from kantoor.departments.finance.actions.payables.rows import (
    ReadyLine,
    ReadyPurchase,
    write_contents,
)
from kantoor.departments.finance.actions.payables.steps import about_invoice, note_steps
from kantoor.departments.finance.actions.payables.sums import taxes_of
from kantoor.departments.finance.actions.purchase_tax import PurchaseRule, rule_of
from kantoor.departments.finance.actions.tax import TaxCodes
from kantoor.departments.finance.drafts_purchases import (
    NO_TAX,
    PurchaseDraft,
    PurchaseEntered,
    PurchaseLineDraft,
)
from kantoor.departments.finance.errors import (
    NotReady,
    UnknownAccount,
    UnknownDimension,
    UnknownParty,
    WrongTotal,
)
from kantoor.departments.finance.models import PurchaseInvoice, PurchaseLine, PurchaseTax, TaxCode
from kantoor.departments.finance.models.payables import (
    ALTERED,
    POSTED,
    PROPOSED,
    RECEIVED,
    REFUSED,
    reference_key,
)
from kantoor.departments.finance.models.tax import PURCHASE
from kantoor.departments.finance.queries.payables.accounts import cost_accounts
from kantoor.departments.finance.queries.payables.duplicates import Asked, seem_same
from kantoor.departments.finance.queries.payables.order_lines import order_lines
from kantoor.departments.finance.queries.payables.states import numbers_of
from kantoor.departments.finance.queries.payables.terms import Terms, terms_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.files.models import File

ENTER = "finance.enter_purchase"
READ_BY_MACHINE = ("ubl", "cii", "facturx")


class LineCoding(msgspec.Struct, frozen=True, kw_only=True):
    """How the line with number `n` is booked; what is empty stays as it is.

    A `tax` of `-` is none. `order_line` says what it invoices, such as `PO-000012#2`.
    """

    n: int
    account: str = ""
    tax: str = ""
    dimensions: Mapping[str, str] | None = None
    order_line: str = ""


@action(permission=ENTER, title=_("Code a purchase invoice"))
def code_purchase_invoice(
    actor: Actor, /, *, invoice: str, supplier: str = "", lines: Sequence[LineCoding] = ()
) -> str:
    """Say whose an invoice is and how its lines are booked; gives the state it is in then.

    What it says itself, its amounts, stays. With an account on each line it is proposed for
    posting; who codes it can't approve it. Raises UnknownInvoice, UnknownParty, UnknownAccount,
    UnknownTaxCode, UnknownDimension, WrongTotal where a tax code charges another VAT than the
    invoice does, NotReady once it is posted or refused. The line is the invoice's.
    """
    (found,) = locked(actor, [invoice])
    _refuse_done(found)
    terms = _supplier(actor, supplier) if supplier else None
    if terms is not None:
        _take(found, terms)
    _code_lines(actor, found, lines, terms)
    _settle_state(actor, found)
    return found.state


@action(permission=ENTER, title=_("Correct a purchase invoice"))
def alter_purchase_invoice(
    actor: Actor,
    /,
    *,
    invoice: str,
    supplier: str,
    reference: str,
    date: date,
    lines: Sequence[PurchaseLineDraft],
    due_on: date | None = None,
    credit: bool = False,
    credits: str = "",
    currency: str = "",
    gross: int | None = None,
    discount_percent: Decimal | None = None,
    discount_on: date | None = None,
    payment_reference: str = "",
    iban: str = "",
    order_reference: str = "",
    text: str = "",
) -> PurchaseEntered:
    """Write anew what an invoice says that no machine read: one typed, or a draft beside its picture.

    Raises what entering one raises, and NotReady for an electronic invoice, whose own words stand
    (code it, or refuse it), and for one that was posted or refused.
    """
    (found,) = locked(actor, [invoice])
    _refuse_done(found)
    if found.form in READ_BY_MACHINE:
        message = _("{number} says itself what it comes to: code its lines, or refuse it.")
        raise NotReady(message.format(number=invoice), field="invoice")
    draft = PurchaseDraft(
        supplier=supplier,
        reference=reference,
        date=date,
        lines=lines,
        due_on=due_on,
        credit=credit,
        credits=credits,
        currency=currency,
        gross=gross,
        discount_percent=discount_percent,
        discount_on=discount_on,
        payment_reference=payment_reference,
        iban=iban,
        order_reference=order_reference,
        text=text,
    )
    ready = PurchaseChecks(actor, [draft]).ready(None, draft)
    _rewrite(actor, found, ready)
    same = _flag(actor, found)
    found.save()
    _settle_state(actor, found)
    assert found.due_on is not None
    return PurchaseEntered(
        found.number, found.state, found.net, found.tax, found.gross, found.currency,
        found.due_on, same,
    )  # fmt: skip


def _refuse_done(found: PurchaseInvoice) -> None:
    if found.state in (POSTED, REFUSED):
        was = _("it was posted already.") if found.state == POSTED else _("it was refused.")
        raise NotReady(f"{found.number}: {was}", field="invoice")


def _supplier(actor: Actor, code: str) -> Terms:
    terms = terms_of(actor.company_id, [code]).get(code)
    if terms is None:
        message = _("There is no supplier “{code}”.").format(code=code[:40])
        raise UnknownParty(message, field="supplier")
    return terms


def _take(found: PurchaseInvoice, terms: Terms) -> None:
    """Make it the supplier's: their terms where it says none."""
    found.party_id, found.subject_id = terms.party_id, terms.subject_id
    found.seller = found.seller or terms.name
    if found.date is not None and found.due_on is None:
        found.due_on = found.date + timedelta(days=terms.payment_days)
    if terms.subject_id is not None and found.file_id is not None:
        # The file is that person's as well, and is erased with them.
        File.objects.filter(pk=found.file_id).update(subject_id=terms.subject_id)


def _code_lines(
    actor: Actor, found: PurchaseInvoice, codings: Sequence[LineCoding], terms: Terms | None
) -> None:
    rows = {row.n: row for row in PurchaseLine.objects.filter(invoice=found).order_by("n")}
    accounts = cost_accounts(actor.company_id, {each.account for each in codings if each.account})
    sorted_ = [_Sorted(each.dimensions) for each in codings if each.dimensions]
    dimensions = dimension_sets(actor, sorted_)
    ordered = order_lines(actor.company_id, {each.order_line for each in codings})
    codes = TaxCodes(actor.company_id, actor.country)
    for each in codings:
        row = rows.get(each.n)
        if row is None:
            unknown = _("The invoice has no line {n}.").format(n=each.n)
            raise InvalidInput(unknown, field="lines", line=each.n)
        if each.account:
            if each.account not in accounts:
                message = _("There is no account “{code}” in use that takes purchases.")
                said = message.format(code=each.account[:40])
                raise UnknownAccount(said, field="account", line=each.n)
            row.account_id, row.suggested = accounts[each.account], ""
        if each.dimensions is not None:
            key = canonical(each.dimensions)
            if key and key not in dimensions:
                message = _("One of these values is not in use: {values}.")
                said = message.format(values=key[:200])
                raise UnknownDimension(said, field="dimensions", line=each.n)
            row.dimension_set_id = dimensions[key] if key else 0
        if each.order_line:
            place = ordered.get(each.order_line)
            if place is None or place.party_id != found.party_id:
                message = _("There is no such line of an order of this supplier: “{line}”.")
                said = message.format(line=each.order_line[:40])
                raise InvalidInput(said, field="order_line", line=each.n)
            refuse_other_currency(place, found.currency, each.n)
            row.order_line_id = place.id
        if each.tax == NO_TAX:
            row.tax_code_id = None
        elif each.tax:
            assert found.date is not None
            row.tax_code_id = codes.purchase(each.tax, found.date, each.n).id
    if terms is not None and terms.account_id is not None:
        for row in rows.values():
            row.account_id = row.account_id or terms.account_id
    PurchaseLine.objects.bulk_update(
        rows.values(),
        ["account", "suggested", "dimension_set_id", "order_line", "tax_code"],
    )
    if any(each.tax for each in codings):
        _retax(actor, found, list(rows.values()))


class _Sorted(msgspec.Struct, frozen=True):
    dimensions: Mapping[str, str]


def _retax(actor: Actor, found: PurchaseInvoice, rows: Sequence[PurchaseLine]) -> None:
    """The taxes anew, by the codes that the lines have now; what is owed must stay."""
    codes = TaxCode.objects.filter(company_id=actor.company_id, use=PURCHASE)
    rules: dict[int | None, PurchaseRule] = {code.pk: rule_of(code) for code in codes}
    before = dict(PurchaseTax.objects.filter(invoice=found).values_list("tax_code_id", "amount"))
    lines = [ReadyLine("", "", 0, 0, row.net, None, 0, rules.get(row.tax_code_id)) for row in rows]
    taxes = taxes_of(lines, before) if _same_bases(found, lines) else taxes_of(lines, {})
    owed = sum(each.amount for each in taxes if not each.tax.reversed)
    gap = found.gross - sum(line.net for line in lines) - owed
    if taxes and gap and abs(gap) <= len(lines):
        # What the invoice says of the VAT, to the cent, as it was rounded there.
        first = taxes[0]
        taxes[0] = first._replace(
            amount=first.amount + gap, deductible=first.tax.deductible_of(first.amount + gap)
        )
        gap = 0
    if gap:
        message = _("With these tax codes it comes to {sum} minor units, and it says {gross}.")
        words = message.format(sum=found.gross - gap, gross=found.gross)
        raise WrongTotal(words, field="tax")
    PurchaseTax.objects.filter(invoice=found).delete()
    write_contents(actor, [(found.pk, (), taxes)])
    found.net = sum(line.net for line in lines)
    found.tax = found.gross - found.net


def _same_bases(found: PurchaseInvoice, lines: Sequence[ReadyLine]) -> bool:
    bases: dict[int, int] = {}
    for line in lines:
        if line.tax is not None:
            bases[line.tax.id] = bases.get(line.tax.id, 0) + line.net
    kept = PurchaseTax.objects.filter(invoice=found).values_list("tax_code_id", "base")
    return dict(kept) == bases


def _rewrite(actor: Actor, found: PurchaseInvoice, ready: ReadyPurchase) -> None:
    PurchaseLine.objects.filter(invoice=found).delete()
    PurchaseTax.objects.filter(invoice=found).delete()
    write_contents(actor, [(found.pk, ready.lines, ready.taxes)])
    for name in (
        "party_id", "subject_id", "seller", "reference", "currency", "net", "tax", "kind",
        "discount", "payment_reference", "iban", "order_reference", "text", "credits_id",
    ):  # fmt: skip
        setattr(found, name, getattr(ready, name))
    for name in ("date", "due_on", "discount_on"):
        said = getattr(ready, name)
        setattr(found, name, date.fromisoformat(said) if said else None)
    found.gross = ready.net + ready.tax
    found.line_count = len(ready.lines)
    found.reference_key = reference_key(ready.reference)
    if ready.subject_id is not None and found.file_id is not None:
        File.objects.filter(pk=found.file_id).update(subject_id=ready.subject_id)


def _flag(actor: Actor, found: PurchaseInvoice) -> str:
    """Flag one that seems to be here already; gives the number of that one."""
    on = found.date.isoformat() if found.date else None
    asked = Asked(found.party_id, found.kind, found.reference_key, on, found.gross)
    (found.same_as_id,) = seem_same(actor.company_id, [asked], but=found.pk)
    if found.same_as_id is None:
        return ""
    return numbers_of(actor.company_id, [found.same_as_id])[found.same_as_id]


def _settle_state(actor: Actor, found: PurchaseInvoice) -> None:
    """Proposed where it has all that posting needs, else still received; its approvals are void."""
    if found.party_id is not None and found.same_as_id is None:
        _flag(actor, found)
    ready = complete(found) and found.same_as_id is None
    found.state = PROPOSED if ready else RECEIVED
    found.entered_by_id = actor.user_id
    found.save()
    note_steps(actor, [(about_invoice(found.pk), ALTERED, "")])
    concerns(about_invoice(found.pk))
