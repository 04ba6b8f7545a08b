"""Write purchase invoices that were checked, for many at once: numbers, rows and first steps.

Only finance's own actions call this, inside their transaction.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from kantoor.departments.finance.actions.payables.steps import about_invoice, note_steps
from kantoor.departments.finance.actions.purchase_tax import PurchaseRule
from kantoor.departments.finance.models import (
    PurchaseFinding,
    PurchaseInvoice,
    PurchaseLine,
    PurchaseTax,
)
from kantoor.departments.finance.models.payables import INVOICE, purchase_number, reference_key
from kantoor.departments.finance.queries.payables.received import Finding
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows


class ReadyLine(NamedTuple):
    """A line to be written; `quantity` and `unit_price` are scaled 10**-6."""

    article: str
    text: str
    quantity: int
    unit_price: int
    net: int
    account_id: int | None
    dimension_set_id: int
    tax: PurchaseRule | None
    suggested: str = ""
    order_line_id: int | None = None


class ReadyTax(NamedTuple):
    """The tax of one tax code: `amount` on `base`, of which `deductible` comes back."""

    tax: PurchaseRule
    base: int
    amount: int
    deductible: int


class ReadyPurchase(NamedTuple):
    """A purchase invoice to be written; dates as rows hold them, amounts in minor units."""

    state: str
    party_id: int | None
    subject_id: int | None
    seller: str
    reference: str
    received_on: str
    date: str | None
    due_on: str | None
    currency: str
    net: int
    tax: int
    lines: Sequence[ReadyLine]
    taxes: Sequence[ReadyTax]
    kind: str = INVOICE
    discount: int = 0
    discount_on: str | None = None
    payment_reference: str = ""
    iban: str = ""
    order_reference: str = ""
    text: str = ""
    form: str = "typed"
    file_id: int | None = None
    sha256: str = ""
    same_as: int | None = None
    credits_id: int | None = None
    why: str = ""
    findings: Sequence[Finding] = ()
    own_tax: int = 0
    """What it says of its VAT in the company's currency, where it is in another (BT-111)."""


class Written(NamedTuple):
    """The keys and numbers of written invoices."""

    ids: Sequence[int]
    numbers: Sequence[str]


def write_purchases(actor: Actor, ready: Sequence[ReadyPurchase]) -> Written:
    """Number and write purchase invoices in their order, with lines, taxes and findings."""
    first = take_ids(PurchaseInvoice, len(ready))
    number = take_numbers(f"finance.purchase/{actor.company_id}", len(ready))
    numbers = [purchase_number(number + n) for n in range(len(ready))]
    insert_rows(
        PurchaseInvoice,
        [_row(actor, first + n, number + n, each) for n, each in enumerate(ready)],
    )
    write_contents(actor, [(first + n, each.lines, each.taxes) for n, each in enumerate(ready)])
    _write_findings(actor, first, ready)
    note_steps(
        actor, [(about_invoice(first + n), each.state, each.why) for n, each in enumerate(ready)]
    )
    return Written(range(first, first + len(ready)), numbers)


def _row(actor: Actor, key: int, sequence: int, each: ReadyPurchase) -> tuple[Any, ...]:
    return (
        key, each.subject_id, actor.company_id, sequence, purchase_number(sequence), each.kind,
        each.state, each.party_id, each.seller, each.reference, reference_key(each.reference),
        each.received_on, each.date, each.due_on, each.currency, each.net, each.tax,
        each.net + each.tax, len(each.lines), each.discount, each.discount_on,
        each.payment_reference, each.iban, each.order_reference, each.text, "", each.form,
        each.file_id, each.sha256, each.same_as, each.credits_id, actor.user_id, None, None, 0,
        each.own_tax, None,
    )  # fmt: skip


def write_contents(
    actor: Actor, invoices: Sequence[tuple[int, Sequence[ReadyLine], Sequence[ReadyTax]]]
) -> None:
    """Write the lines and taxes of invoices, given by their keys."""
    count = sum([len(lines) for _key, lines, _taxes in invoices])
    line_id = take_ids(PurchaseLine, count) if count else 0
    rows: list[tuple[Any, ...]] = []
    for key, lines, _taxes in invoices:
        for n, line in enumerate(lines, 1):
            tax_id = line.tax.id if line.tax else None
            rows.append(
                (line_id + len(rows), actor.company_id, key, n, line.article, line.text,
                 line.quantity, line.unit_price, line.net, line.account_id,
                 line.dimension_set_id, tax_id, line.suggested, line.order_line_id)
            )  # fmt: skip
    insert_rows(PurchaseLine, rows)
    taxes = [(key, each) for key, _lines, taxes in invoices for each in taxes]
    first = take_ids(PurchaseTax, len(taxes)) if taxes else 0
    insert_rows(
        PurchaseTax,
        [
            (first + n, actor.company_id, key, tax.id, tax.category, tax.rate, base, amount,
             deductible, int(tax.reversed), 0, 0, 0)
            for n, (key, (tax, base, amount, deductible)) in enumerate(taxes)
        ],
    )  # fmt: skip


def _write_findings(actor: Actor, first: int, ready: Sequence[ReadyPurchase]) -> None:
    found = [(first + n, each) for n, invoice in enumerate(ready) for each in invoice.findings]
    if not found:
        return
    key = take_ids(PurchaseFinding, len(found))
    insert_rows(
        PurchaseFinding,
        [
            (key + n, actor.company_id, invoice_id, each.rule[:60], each.message[:500],
             each.place[:200], int(each.fatal))
            for n, (invoice_id, each) in enumerate(found)
        ],
    )  # fmt: skip
