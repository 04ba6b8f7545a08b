"""Invoices, payments and what is owed in tests, made with few words."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from kantoor.departments.finance.actions.invoices import issue_invoices
from kantoor.departments.finance.actions.payments import receive_payments
from kantoor.departments.finance.actions.single_invoices import issue_invoice
from kantoor.departments.finance.drafts_invoices import (
    InvoiceDraft,
    InvoiceIssued,
    InvoiceLine,
    InvoiceLineInput,
    Issued,
    Payment,
    PaymentsReceived,
)
from kantoor.departments.finance.models import Line, OpenItem
from kantoor.departments.finance.proofs_receivables import receivables
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.numbers import line_amount
from kantoor.kernel.money import MICRO, exponent
from kantoor.kernel.parties.models import Party
from kantoor.kernel.record.erasure import new_subjects


@action(permission="tests.write", title="Add a customer", hidden=True)
def add_customer_row(
    actor: Actor, /, *, code: str, country: str, vat_number: str, person: bool
) -> int:
    """A customer of the actor's company."""
    return Party.objects.create(
        company_id=actor.company_id,
        code=code,
        name=f"Customer {code}",
        street="Street 1",
        postcode="1000 AA",
        city="Town",
        country=country,
        vat_number=vat_number,
        kind="person" if person else "organisation",
        subject_id=new_subjects(1)[0] if person else None,
        created_at=timezone.now(),
    ).pk


def customer(
    books: Books, code: str, country: str = "NL", vat_number: str = "", person: bool = False
) -> int:
    """A customer; gives the key."""
    return add_customer_row(
        books.anne, code=code, country=country, vat_number=vat_number, person=person
    )


def line(quantity: str, price: str, text: str = "Goods", currency: str = "EUR") -> InvoiceLine:
    """A line of an invoice in bulk."""
    scaled = (int(Decimal(quantity) * MICRO), int(Decimal(price) * MICRO))
    return InvoiceLine("A1", text, *scaled, line_amount(*scaled, exponent(currency)))


def draft(party_id: int, *lines: InvoiceLine, on: str = "2011-03-01", **more: Any) -> InvoiceDraft:
    """An invoice in bulk to a Dutch customer, unless said otherwise."""
    given = {"country": "NL", "vat_number": "", "reference": "", "origin": "", **more}
    return InvoiceDraft(party_id=party_id, date=on, lines=lines or (line("1", "100"),), **given)


def issue(books: Books, *drafts: InvoiceDraft) -> Issued:
    """Issue invoices as Anne."""
    return issue_invoices(books.anne, invoices=drafts)


def invoice(
    books: Books, party: str, *prices: str, on: str = "2011-03-01", **more: Any
) -> InvoiceIssued:
    """One invoice of a piece at each price."""
    lines: Sequence[InvoiceLineInput] = [
        InvoiceLineInput(text="Goods", quantity=Decimal(1), unit_price=Decimal(price))
        for price in prices
    ]
    return issue_invoice(books.anne, party=party, date=date.fromisoformat(on), lines=lines, **more)


def pay(books: Books, amount: int, on: str = "2011-03-10", **more: Any) -> PaymentsReceived:
    """Money received, for an invoice or from a party."""
    payment = Payment(date=date.fromisoformat(on), amount=amount, **more)
    return receive_payments(books.anne, payments=[payment])


def open_of(number: str) -> int:
    """What is open of an invoice or credit note."""
    found = OpenItem.objects.filter(entry__invoice__number=number)
    return found.aggregate(open=Sum("open"))["open"] or 0


def assert_tied(books: Books) -> None:
    """The open items add up to the control account, and the prover finds nothing."""
    account = Line.objects.filter(
        account__company_id=books.company_id, account__role="receivables"
    ).aggregate(sum=Sum("amount"))["sum"]
    items = OpenItem.objects.filter(company_id=books.company_id).aggregate(sum=Sum("open"))["sum"]
    assert (account or 0) == (items or 0)
    assert list(receivables()) == []
