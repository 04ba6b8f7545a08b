"""How far a purchase order is: approved, received, invoiced, booked, paid; each seen, not said."""

from decimal import Decimal

import pytest
from django.utils import timezone

from kantoor.departments.finance.actions.entries import post_entry
from kantoor.departments.finance.actions.payables.receipts import receive_purchase
from kantoor.departments.finance.actions.payables.states import hold_purchase_invoice
from kantoor.departments.finance.actions.receivables import settle_one
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_orders import ReceivedLine
from kantoor.departments.finance.models import Account
from kantoor.departments.finance.queries.payables.invoice_card import purchase_invoice
from kantoor.departments.finance.queries.payables.order_standing import order_standing
from kantoor.departments.finance.tests.payables.buying import enter, post, purchase, supplier
from kantoor.departments.finance.tests.payables.test_orders import TODAY, of_order, ordered
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.errors import NotFound


def far(books: Books, order: str) -> list[bool]:
    found = order_standing(books.anne, order=order)
    return [found.approved, found.received, found.invoiced, found.booked, found.paid]


def test_an_order_goes_from_writing_to_payment(books: Books) -> None:
    supplier(books)
    number = ordered(books, send=False)
    assert far(books, number) == [False] * 5
    number = ordered(books)
    assert far(books, number) == [True, False, False, False, False]
    some = [ReceivedLine(n=1, quantity=Decimal(4))]
    receive_purchase(books.anne, order=number, date=TODAY, lines=some)
    assert far(books, number) == [True, False, False, False, False]
    receive_purchase(books.anne, order=number, date=TODAY)
    (entered,) = enter(books, purchase("F-1", of_order(number, 10_000, "10")))
    assert far(books, number) == [True, True, True, False, False]
    hold_purchase_invoice(books.anne, invoice=entered.number, why="Damaged")
    assert order_standing(books.anne, order=number).held == 1


def test_an_order_is_paid_when_all_its_invoices_are_settled(books: Books) -> None:
    supplier(books)
    number = ordered(books)
    receive_purchase(books.anne, order=number, date=TODAY)
    (entered,) = enter(books, purchase("F-1", of_order(number, 10_000, "10")))
    post(books, entered.number)
    assert far(books, number) == [True, True, True, True, False]
    pay(books, entered.number)
    standing = order_standing(books.anne, order=number)
    assert standing.paid
    assert standing.invoices == [entered.number]


def test_an_order_that_is_not_there_has_no_standing(books: Books) -> None:
    with pytest.raises(NotFound):
        order_standing(books.anne, order="PO-000009")


def pay(books: Books, number: str) -> None:
    """Pay an invoice from the bank, and settle it."""
    bank = Account.objects.get(company_id=books.company_id, role="bank").code
    owed = purchase_invoice(books.anne, number=number)
    lines = [
        LineDraft(account="16011", amount=12_100, party="L1"),
        LineDraft(account=bank, amount=-12_100),
    ]
    day = timezone.localdate()
    paid = post_entry(books.anne, entry=EntryDraft(date=day, lines=lines, text="Paid"))
    settle_one(books.anne, debit=paid.first, credit=owed.entry)
