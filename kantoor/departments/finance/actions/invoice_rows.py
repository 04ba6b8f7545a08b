"""Write checked invoices: numbers, rows, entries and open items, for many at once.

Only finance's own actions call this, inside their transaction; the door is actions/invoices.py.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from kantoor.departments.finance.actions.instalment_rows import (
    Deducted,
    Part,
    write_deductions,
    write_instalments,
)
from kantoor.departments.finance.actions.ledger import write_entries
from kantoor.departments.finance.actions.open_items import Due
from kantoor.departments.finance.actions.particulars import Buyers, Copy, Seller
from kantoor.departments.finance.actions.periods import Calendar
from kantoor.departments.finance.actions.tax import Tax
from kantoor.departments.finance.drafts import ReadyEntry
from kantoor.departments.finance.models import Invoice, InvoiceLine, InvoiceTax
from kantoor.departments.finance.models.invoices import CREDIT_NOTE, INVOICE
from kantoor.departments.finance.queries.roles import (
    account_with_role,
    accounts_by_role,
    journal_of_kind,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.numbering.numbers import numbers_of
from kantoor.kernel.store.asking import ask
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.kernel.store.models import insert_rows

CHUNK = 1_000
"""Invoices written at a time, so that memory does not grow with their number."""
MARKS = {INVOICE: "", CREDIT_NOTE: "C"}
JOURNALS = {INVOICE: "sales", CREDIT_NOTE: "credit_notes"}


class Group(NamedTuple):
    """A rate group of an invoice: EN 16931's tax breakdown (BG-23).

    `own_base` and `own_amount` are in the company's currency.
    """

    tax: Tax
    base: int
    amount: int
    own_base: int
    own_amount: int


class ReadyInvoice(NamedTuple):
    """A checked invoice: every key exists in the company, and the sums are made.

    `lines` are (article, text, quantity, unit price, net). With one rate group all lines are in
    it; with more `taxes` has the tax code of each line, as `credited` the line it takes back.
    """

    kind: str
    year_id: int
    party_id: int
    buyer: Copy
    date: str
    due_on: str
    country: str
    reference: str
    origin: str
    text: str
    credits_id: int | None
    lines: Sequence[tuple[str, str, int, int, int]]
    groups: Sequence[Group]
    net: int
    tax: int
    place: int | None = None
    taxes: Sequence[int] = ()
    credited: Sequence[int | None] = ()
    currency: str = ""
    """What it is in; the company's currency when empty."""
    parts: Sequence[Part] = ()
    """The instalments that it is paid in; it is due at once when there are none."""
    prepayment: bool = False
    deducted: Sequence[Deducted] = ()

    @property
    def own(self) -> tuple[int, int]:
        """Net and tax in the company's currency."""
        groups = self.groups
        if len(groups) == 1:
            return groups[0][3], groups[0][4]
        return sum([each[3] for each in groups]), sum([each[4] for each in groups])


def sign_of(kind: str) -> int:
    """Which way an invoice or credit note moves the ledger."""
    return -1 if kind == CREDIT_NOTE else 1


class Written(NamedTuple):
    """The keys of written invoices, their numbers, and the entries (None for those without)."""

    ids: range
    numbers: list[str]
    entries: list[int | None]


def write_invoices(
    actor: Actor,
    seller: Seller,
    buyers: Buyers,
    calendar: Calendar,
    invoices: Sequence[ReadyInvoice],
) -> Written:
    """Number and write invoices in their order, with their entries and open items."""
    particulars = buyers.keep()
    sequences, numbers = _numbers(actor.company_id, invoices)
    books = _Books(actor, calendar, {invoice.kind for invoice in invoices})
    first = take_ids(Invoice, len(invoices))
    entries: list[int | None] = []
    for start in range(0, len(invoices), CHUNK):
        chunk = slice(start, start + CHUNK)
        some = invoices[chunk]
        _write_lines(actor, first + start, some)
        _write_taxes(first + start, some)
        entries += (booked := books.post(first + start, some, numbers[chunk]))
        write_instalments(actor, first + start, [each.parts for each in some], booked)
        # The invoice comes last: it seals its lines and taxes, and the database adds them up.
        insert_rows(
            Invoice,
            [
                (key, actor.company_id, each.kind, each.year_id, sequence, number, each.party_id,
                 seller.particulars_id, particulars[each.buyer], each.date, each.due_on,
                 each.currency or actor.currency, each.country, each.reference, each.origin,
                 each.text, each.credits_id, each.net, each.tax, each.net + each.tax,
                 len(each.lines), entry, *each.own, int(each.prepayment))
                for key, each, sequence, number, entry in zip(
                    range(first + start, first + start + len(some)),
                    some, sequences[chunk], numbers[chunk], booked, strict=True,
                )
            ],
        )  # fmt: skip
    return Written(range(first, first + len(invoices)), numbers, entries)


def _numbers(company_id: int, invoices: Sequence[ReadyInvoice]) -> tuple[list[int], list[str]]:
    """The sequence of each in its kind and fiscal year, without gaps, and the number it makes."""
    counts = Counter(each[:2] for each in invoices)
    years = rows_by_key(
        "SELECT id, code FROM finance_fiscal_year WHERE id IN ({})",
        [],
        {year_id for _kind, year_id in counts},
    )
    keys = {
        (kind, year_id): f"finance.invoice/{company_id}/{kind}/{year_id}"
        for kind, year_id in counts
    }
    firsts = ask(numbers_of({keys[each]: count for each, count in counts.items()}))
    following = {
        each: (
            iter(range(first, first + counts[each])), f"{MARKS[each[0]]}{years[each[1]]}-",
        )
        for each, key in keys.items()
        if (first := firsts[key])
    }  # fmt: skip
    sequences = []
    numbers = []
    for each in invoices:
        sequence, prefix = following[each[:2]]
        sequences.append(given := next(sequence))
        numbers.append(f"{prefix}{given:05d}")
    return sequences, numbers


def _write_lines(actor: Actor, first: int, invoices: Sequence[ReadyInvoice]) -> None:
    line_id = take_ids(InvoiceLine, sum([len(each.lines) for each in invoices]))
    write_deductions(
        actor, line_id, [(len(each.lines), each.deducted, sign_of(each.kind)) for each in invoices]
    )
    rows: list[tuple[Any, ...]] = []
    for invoice_id, each in enumerate(invoices, first):
        if each.taxes or each.credited:
            rows += _mixed_lines(line_id, invoice_id, each)
        else:
            tax_id = each.groups[0][0][0]
            # This runs for every line of a bulk: one tuple each and nothing else.
            rows += [
                (line_id + n, invoice_id, n + 1, article, text, quantity, price, net, tax_id, None)
                for n, (article, text, quantity, price, net) in enumerate(each.lines)
            ]
        line_id += len(each.lines)
    insert_rows(InvoiceLine, rows)


def _mixed_lines(line_id: int, invoice_id: int, each: ReadyInvoice) -> list[tuple[Any, ...]]:
    count = len(each.lines)
    taxes = each.taxes or [each.groups[0].tax.id] * count
    credited = each.credited or [None] * count
    return [
        (line_id + n, invoice_id, n + 1, *line, tax_id, credits_id)
        for n, (line, tax_id, credits_id) in enumerate(
            zip(each.lines, taxes, credited, strict=True)
        )
    ]


def _write_taxes(first: int, invoices: Sequence[ReadyInvoice]) -> None:
    rows = [
        (invoice_id, tax.id, tax.category, tax.rate, *amounts)
        for invoice_id, each in enumerate(invoices, first)
        for tax, *amounts in each.groups
    ]
    tax_id = take_ids(InvoiceTax, len(rows))
    insert_rows(InvoiceTax, [(key, *row) for key, row in enumerate(rows, tax_id)])


class _Books:
    """Makes and posts the entries of invoices: receivables against revenue and tax."""

    def __init__(self, actor: Actor, calendar: Calendar, kinds: set[str]) -> None:
        self.actor = actor
        self.calendar = calendar
        self.roles = accounts_by_role(actor.company_id)
        self.receivables = account_with_role(self.roles, "receivables")
        self.journals = {
            kind: journal_of_kind(actor.company_id, JOURNALS[kind]) for kind in sorted(kinds)
        }

    @property
    def prepayments(self) -> int:
        """The account of what customers paid before anything was delivered."""
        return account_with_role(self.roles, "prepayments_received")

    def post(
        self, first: int, invoices: Sequence[ReadyInvoice], numbers: Sequence[str]
    ) -> list[int | None]:
        """Post the entries; gives each invoice's, None where nothing moves."""
        entries = [
            self._entry(key, each, number)
            for key, each, number in zip(
                range(first, first + len(invoices)), invoices, numbers, strict=True
            )
        ]
        due: list[Due] = [
            iter([part.due_on for part in each.parts]) if each.parts else each.due_on
            for each, entry in zip(invoices, entries, strict=True)
            if entry
        ]
        ready = [entry for entry in entries if entry]
        # Without any there would be no identifier to take.
        written = iter(write_entries(self.actor, ready, due, self.calendar).keys if ready else ())
        return [next(written) if entry else None for entry in entries]

    def _entry(self, key: int, invoice: ReadyInvoice, number: str) -> ReadyEntry | None:
        sign = sign_of(invoice.kind)
        said: dict[int, int] = {}
        moved: dict[int, int] = {}
        for tax, base, amount, own_base, own_amount in invoice.groups:
            sales, payable = tax[4], tax[5]
            if invoice.prepayment:
                sales = self.prepayments
            said[sales] = said.get(sales, 0) - base
            moved[sales] = moved.get(sales, 0) - own_base
            if own_amount:
                assert payable is not None
                said[payable] = said.get(payable, 0) - amount
                moved[payable] = moved.get(payable, 0) - own_amount
        for each in invoice.deducted:
            # What was a debt to the customer becomes revenue, as much as it was booked at.
            for account, way in ((self.prepayments, 1), (each.sales_account, -1)):
                said[account] = said.get(account, 0) + way * each.net
                moved[account] = moved.get(account, 0) + way * each.own_net
        currency = invoice.currency or self.actor.currency
        lines = [
            (account, sign * amount, currency, sign * said[account], None, 0, "")
            for account, amount in moved.items()
            if amount
        ]
        if gross := sign * sum(invoice.own):
            said_gross = sign * (invoice.net + invoice.tax)
            owed = [(gross, said_gross)]
            if invoice.parts:
                owed = [(part.own_amount, part.amount) for part in invoice.parts]
            lines[:0] = [
                (self.receivables, own, currency, amount, invoice.party_id, 0, "")  # type: ignore[misc]
                for own, amount in owed
            ]
        if not lines:
            return None
        # The text names the document and nobody.
        origin = f"finance.invoice/{key}"
        journal = self.journals[invoice.kind]
        reference = invoice.reference
        return ReadyEntry(
            journal, invoice.date, number, reference, origin, None, lines, invoice.place  # type: ignore[arg-type]
        )  # fmt: skip
