"""Take the discount that a supplier gives for paying early.

It is booked as a credit note of our own making: that takes it off the cost, corrects the input VAT
with it (Directive 2006/112/EC, art. 90 and 185), and settles with the invoice, so that what is
left of the invoice is what is paid.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.payables.booking import Contents, contents_of
from kantoor.departments.finance.actions.payables.documents import locked
from kantoor.departments.finance.actions.payables.posting import post_ready
from kantoor.departments.finance.actions.payables.rows import (
    ReadyLine,
    ReadyPurchase,
    ReadyTax,
    write_purchases,
)
from kantoor.departments.finance.actions.purchase_tax import PurchaseRule, rule_of
from kantoor.departments.finance.errors import NotReady, TooMuch
from kantoor.departments.finance.models import OpenItem, PurchaseInvoice, TaxCode
from kantoor.departments.finance.models.payables import APPROVED, CREDIT_NOTE, INVOICE, POSTED
from kantoor.departments.finance.models.tax import PURCHASE
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import MICRO, half_up_ratio
from kantoor.kernel.store.lookup import rows_by_key

FORM = "discount"
"""How a credit note that a discount made came to be."""


class Taken(NamedTuple):
    """The discount of an invoice, by our number, taken by paying on a day."""

    invoice: str
    on: date


@action(permission="finance.post_purchase", title=_("Take a discount for early payment"))
def take_purchase_discount(actor: Actor, /, *, invoice: str, on: date) -> str:
    """Take the discount of an invoice that is paid on that day; gives the credit note's number.

    Raises UnknownInvoice, NotReady where there is none or it is too late, TooMuch where it was
    taken already or less than the discount is open, InvalidInput for a day before the invoice's,
    ClosedPeriod.
    """
    (number,) = take_discounts(actor, [Taken(invoice, on)])
    return number


def take_discounts(actor: Actor, taken: Sequence[Taken]) -> list[str]:
    """Take discounts as they are paid, all or none, for finance's own actions; gives the notes."""
    if not taken:
        return []
    invoices = locked(actor, [each.invoice for each in taken])
    left = dict(
        OpenItem.objects.filter(entry_id__in=[each.entry_id for each in invoices]).values_list(
            "entry_id", "currency_open"
        )
    )
    had = _taken_before([each.pk for each in invoices])
    for place, (invoice, each) in enumerate(zip(invoices, taken, strict=True), 1):
        _refuse(invoice, each.on, -left.get(invoice.entry_id or 0, 0), place)
        if invoice.pk in had:
            message = _("The discount of {number} was taken already.")
            raise TooMuch(message.format(number=invoice.number), field="invoice", line=place)
    codes = TaxCode.objects.filter(company_id=actor.company_id, use=PURCHASE)
    rules = {code.pk: rule_of(code) for code in codes}
    contents = contents_of([each.pk for each in invoices])
    ready = [
        _note(invoice, each.on, rules, contents)
        for invoice, each in zip(invoices, taken, strict=True)
    ]
    written = write_purchases(actor, ready)
    notes = locked(actor, written.numbers)
    days = {note.pk: each.on for note, each in zip(notes, taken, strict=True)}
    for on in sorted(set(days.values())):
        post_ready(actor, [note for note in notes if days[note.pk] == on], on)
    if len(invoices) == 1:
        concerns(f"finance.purchase_invoice/{invoices[0].pk}")
    return list(written.numbers)


def _taken_before(keys: Sequence[int]) -> frozenset[int]:
    """Those of these invoices whose discount a credit note of our own took before."""
    found = rows_by_key(
        "SELECT id, credits_id FROM finance_purchase_invoice"  # noqa: S608
        f" WHERE form = '{FORM}' AND credits_id IN ({{}})",
        [],
        keys,
    )
    return frozenset(found.values())


def _refuse(invoice: PurchaseInvoice, on: date, left: int, place: int) -> None:
    if invoice.state != POSTED or invoice.kind != INVOICE or not invoice.discount:
        none = _("{number} has no discount to take.").format(number=invoice.number)
        raise NotReady(none, field="invoice", line=place)
    if invoice.discount_on is None or on > invoice.discount_on:
        message = _("The discount of {number} was until {date}.")
        said = message.format(number=invoice.number, date=invoice.discount_on)
        raise NotReady(said, field="on", line=place)
    if invoice.date is not None and on < invoice.date:
        early = _("The invoice is of {date}; its discount can't be taken before that.")
        raise InvalidInput(early.format(date=invoice.date), field="on", line=place)
    if left < invoice.discount:
        short = _("Less than its discount is open of {number}.").format(number=invoice.number)
        raise TooMuch(short, field="invoice", line=place)


def _note(
    invoice: PurchaseInvoice, on: date, rules: dict[int, PurchaseRule], contents: Contents
) -> ReadyPurchase:
    """The credit note of a discount: each tax takes its share, and of that each line."""
    lines, taxes = contents.lines[invoice.pk], contents.taxes.get(invoice.pk, ())
    groups: list[tuple[int | None, int, int]] = [
        (tax.tax_code_id, tax.base, 0 if rules[tax.tax_code_id].reversed else tax.amount)
        for tax in taxes
    ]
    untaxed = invoice.net - sum(base for _code, base, _tax in groups)
    if untaxed or not groups:
        groups.append((None, untaxed, 0))
    parts = shares(invoice.discount, [base + tax for _code, base, tax in groups])
    ready: list[ReadyLine] = []
    found: list[ReadyTax] = []
    for (code, base, tax), part in zip(groups, parts, strict=True):
        vat = half_up_ratio(part * tax, base + tax) if base + tax else 0
        rule = rules[code] if code is not None else None
        if rule is not None:
            owed = rule.on(part) if rule.reversed else vat
            found.append(ReadyTax(rule, part - vat, owed, rule.deductible_of(owed)))
        mine = [line for line in lines if line.tax_code_id == code]
        for line, net in zip(mine, shares(part - vat, [line.net for line in mine]), strict=True):
            ready.append(
                ReadyLine("", gettext("Discount for early payment"), MICRO, 0, net,
                          line.account_id, line.dimension_set_id, rule)
            )  # fmt: skip
    net = sum(line.net for line in ready)
    return ReadyPurchase(
        state=APPROVED,
        party_id=invoice.party_id,
        subject_id=invoice.subject_id,
        seller=invoice.seller,
        reference=f"{invoice.reference[:70]} -{invoice.discount}",
        received_on=timezone.localdate().isoformat(),
        date=on.isoformat(),
        due_on=on.isoformat(),
        currency=invoice.currency,
        net=net,
        tax=invoice.discount - net,
        lines=ready,
        taxes=found,
        kind=CREDIT_NOTE,
        form=FORM,
        text=gettext("Discount for early payment"),
        credits_id=invoice.pk,
    )


def shares(amount: int, weights: Sequence[int]) -> list[int]:
    """An amount divided by weights: each rounded half up on the running sum, so none is lost.

    Weights that add up to nothing put all of it on the first.
    """
    whole = sum(weights)
    if not whole:
        return [amount, *[0] * (len(weights) - 1)] if weights else []
    sign = 1 if whole > 0 else -1
    before = running = 0
    found = []
    for weight in weights:
        running += weight
        upto = half_up_ratio(sign * amount * running, abs(whole))
        found.append(upto - before)
        before = upto
    return found
