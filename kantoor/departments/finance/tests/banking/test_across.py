"""Bank lines in euros that pay items in dollars, and payments less the discount for paying early."""

from datetime import date
from decimal import Decimal

import pytest

from kantoor.departments.finance.actions.banking.accounts import add_bank_account
from kantoor.departments.finance.actions.banking.bookings import book_line, undo_booking
from kantoor.departments.finance.actions.banking.statements import import_statement
from kantoor.departments.finance.actions.receivables import settle_one
from kantoor.departments.finance.drafts_banking import ItemShare, LinesBooked
from kantoor.departments.finance.errors import NotReady, TooMuch
from kantoor.departments.finance.models import StatementLine
from kantoor.departments.finance.queries.banking.lines import statement_line
from kantoor.departments.finance.queries.invoice_card import invoice as sales_card
from kantoor.departments.finance.queries.payables.invoice_card import purchase_invoice
from kantoor.departments.finance.tests.banking.papers import ABN, Row, camt
from kantoor.departments.finance.tests.billing import assert_tied, customer, invoice
from kantoor.departments.finance.tests.currency.foreign import differences, owed, rate
from kantoor.departments.finance.tests.payables.buying import bought, enter, purchase, supplier
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.record.verify.system import verify

DAY = "2026-03-05"


@pytest.fixture
def bank(books: Books) -> Books:
    """A bank account in euros, supplier L1, customer A, and a euro at 1.25 dollars."""
    add_bank_account(books.anne, name="Current account", iban=ABN)
    supplier(books)
    customer(books, "A")
    rate(books, DAY, "1.25")
    return books


def line(bank: Books, amount: int, text: str = "") -> int:
    """The key of a line of the fifth of March."""
    import_statement(bank.anne, name="bank.xml", content=camt(0, Row(DAY, amount, text)))
    return StatementLine.objects.latest("id").pk


def bill(bank: Books, **more: object) -> str:
    """A purchase invoice of 121 from L1, posted."""
    given = {"on": DAY, **more}
    draft = purchase("INV2026", bought(10_000), **given)  # type: ignore[arg-type]
    return enter(bank, draft, post_them=True)[0].number


def book(bank: Books, key: int, item: str, **share: object) -> LinesBooked:
    return book_line(bank.anne, line=key, items=[ItemShare(item=item, **share)])  # type: ignore[arg-type]


def left(bank: Books, number: str) -> int:
    """What is open of a purchase invoice, in its currency."""
    return purchase_invoice(bank.anne, number=number).invoice.open


def test_euros_pay_a_bill_in_dollars(bank: Books) -> None:
    number = bill(bank, currency="USD")
    key = line(bank, -9_800)
    book(bank, key, number)
    # Booked at 96.80, and the bank took 98.00.
    assert (left(bank, number), differences(bank)) == (0, 120)
    assert verify(tables=["finance_open_item", "finance_settlement"]).ok
    undo_booking(bank.anne, line=key, why="Another one")
    assert (left(bank, number), differences(bank)) == (12_100, 0)


def test_a_part_is_said_in_dollars(bank: Books) -> None:
    number = bill(bank, currency="USD")
    book(bank, line(bank, -4_900), number, settles=6_050)
    assert (left(bank, number), differences(bank)) == (6_050, 60)


def test_what_is_far_from_the_rate_has_to_be_said(bank: Books) -> None:
    number = bill(bank, currency="USD")
    key = line(bank, -4_900)
    with pytest.raises(InvalidInput, match="USD"):
        book(bank, key, number)
    with pytest.raises(TooMuch):
        book(bank, key, number, settles=12_101)
    with pytest.raises(InvalidInput):
        book(bank, key, number, settles=-1)


def test_the_rate_is_known_beside_a_bank_account_in_dollars(bank: Books) -> None:
    add_bank_account(bank.anne, name="Dollars", number="0123456", currency="USD")
    number = bill(bank, currency="USD")
    book(bank, line(bank, -9_800), number)
    assert left(bank, number) == 0


def test_a_credit_note_in_dollars_is_no_amount_of_a_line_in_euros(bank: Books) -> None:
    # So near to one that a dollar could pass for a euro.
    rate(bank, DAY, "1.02")
    number = invoice(bank, "A", "100", on=DAY, currency="USD").number
    note = invoice(bank, "A", "10", on=DAY, currency="USD", credit=True).number
    key = line(bank, 10_700)
    items = [ItemShare(item=number), ItemShare(item=note)]
    with pytest.raises(InvalidInput, match="EUR"):
        book_line(bank.anne, line=key, items=items)
    items = [ItemShare(item=number, amount=11_886), ItemShare(item=note, amount=-1_186)]
    book_line(bank.anne, line=key, items=items)
    for each in (number, note):
        assert sales_card(bank.anne, number=each).invoice.open == 0
    assert_tied(bank)


def test_an_item_in_dollars_is_named_once(bank: Books) -> None:
    number = bill(bank, currency="USD")
    items = [
        ItemShare(item=number, amount=-2_400, settles=3_000),
        ItemShare(item=number, amount=-3_200, settles=4_000),
    ]
    with pytest.raises(InvalidInput, match="twice"):
        book_line(bank.anne, line=line(bank, -5_600), items=items)
    assert left(bank, number) == 12_100


def test_in_the_currency_of_the_line_both_amounts_are_the_same(bank: Books) -> None:
    number = bill(bank)
    key = line(bank, -6_000)
    with pytest.raises(InvalidInput, match="same"):
        book(bank, key, number, settles=7_000)
    book(bank, key, number, settles=6_000)
    assert left(bank, number) == 6_100


def test_euros_pay_an_invoice_in_dollars(bank: Books) -> None:
    number = invoice(bank, "A", "100", on=DAY, currency="USD").number
    book(bank, line(bank, 9_600), number)
    assert sales_card(bank.anne, number=number).invoice.status == "paid"
    assert_tied(bank)


def test_two_items_settle_by_the_amounts_that_are_said(bank: Books) -> None:
    number = invoice(bank, "A", "100", on=DAY, currency="USD").number
    payment = owed(bank, DAY, -9_700, -9_700, currency="EUR")
    settle_one(bank.anne, debit=number, credit=payment, amount=12_100, credit_amount=9_700)
    assert sales_card(bank.anne, number=number).invoice.status == "paid"
    assert differences(bank) == 9_680 - 9_700
    assert_tied(bank)


def early(bank: Books) -> str:
    """A bill of 121.00, less 2 % until the sixth of March."""
    return bill(bank, discount_percent=Decimal(2), discount_on=date(2026, 3, 6))


def test_a_bill_paid_less_its_discount_is_proposed_and_closed(bank: Books) -> None:
    number = early(bank)
    key = line(bank, -11_858, "INV2026")
    (first, *_more) = statement_line(bank.anne, line=key).proposals
    assert (first.rest, [each.discount for each in first.items]) == (0, [True])
    book_line(bank.anne, line=key, items=first.shares)
    found = purchase_invoice(bank.anne, number=number)
    assert found.invoice.status == "paid"
    (note,) = found.credit_notes
    assert purchase_invoice(bank.anne, number=note).invoice.gross == 242


def test_a_discount_is_not_taken_too_late(bank: Books) -> None:
    number = bill(bank, discount_percent=Decimal(2), discount_on=date(2026, 3, 4))
    with pytest.raises(NotReady):
        book(bank, line(bank, -11_858), number, discount=True)
    assert left(bank, number) == 12_100
