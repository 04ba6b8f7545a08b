"""Invoices and payments in dollars: the customer sees dollars, the books are in euros."""

from datetime import date

import pytest

from kantoor.departments.finance.actions.single_invoices import credit_invoice
from kantoor.departments.finance.errors import AmountOutOfRange, MissingRate
from kantoor.departments.finance.models import Invoice, InvoiceTax, Line
from kantoor.departments.finance.queries.invoice_card import invoice as card
from kantoor.departments.finance.tests.billing import (
    assert_tied,
    customer,
    draft,
    invoice,
    issue,
    line,
    pay,
)
from kantoor.departments.finance.tests.currency.foreign import differences, rate
from kantoor.departments.finance.tests.people import BANK, Books
from kantoor.kernel.errors import InvalidInput


@pytest.fixture
def dollars(books: Books) -> Books:
    """A Dutch customer A, and rates of March 1 and 10: 1.25 and 1.60 dollars for a euro."""
    customer(books, "A")
    rate(books, "2011-03-01", "1.25")
    rate(books, "2011-03-10", "1.6")
    return books


def test_an_invoice_in_dollars_is_booked_in_euros(dollars: Books) -> None:
    made = invoice(dollars, "A", "100.01", currency="USD")
    assert (made.net, made.tax, made.gross, made.currency) == (10001, 1900, 11901, "USD")
    kept, tax = Invoice.objects.get(), InvoiceTax.objects.get()
    assert (kept.own_net, kept.own_tax) == (tax.own_base, tax.own_amount) == (8001, 1520)
    lines = Line.objects.order_by("id").values_list("amount", "currency", "currency_amount")
    assert list(lines) == [(9521, "USD", 11901), (-8001, "USD", -10001), (-1520, "USD", -1900)]
    assert_tied(dollars)


def test_paid_in_dollars_it_is_closed_and_the_difference_booked(dollars: Books) -> None:
    made = invoice(dollars, "A", "100", currency="USD")
    done = pay(dollars, 11900, invoice=made.number, currency="USD")
    # Booked at 9520 euros, paid with 7438: both are closed, at a loss.
    assert (done.settled, done.unsettled) == (7438, 0)
    assert card(dollars.anne, number=made.number).invoice.status == "paid"
    assert differences(dollars) == 9520 - 7438
    assert_tied(dollars)


def test_half_paid_shows_what_is_open_in_dollars(dollars: Books) -> None:
    made = invoice(dollars, "A", "100", currency="USD")
    pay(dollars, 5000, invoice=made.number, currency="USD")
    found = card(dollars.anne, number=made.number)
    assert (found.invoice.open, found.invoice.status) == (6900, "overdue")
    assert [each.amount for each in found.settlements] == [5000]
    assert_tied(dollars)


def test_euros_that_the_bank_made_of_the_dollars_close_it(dollars: Books) -> None:
    made = invoice(dollars, "A", "100", currency="USD")
    pay(dollars, 11900, invoice=made.number, currency="USD", own_amount=9400)
    assert card(dollars.anne, number=made.number).invoice.status == "paid"
    money = Line.objects.get(account__code=BANK)
    assert (money.amount, money.currency, money.currency_amount) == (9400, "EUR", 9400)
    assert differences(dollars) == 120
    assert_tied(dollars)


def test_euros_for_an_invoice_in_dollars_settle_at_the_rate_of_the_day(dollars: Books) -> None:
    made = invoice(dollars, "A", "100", currency="USD")
    done = pay(dollars, 8000, invoice=made.number)
    assert (done.settled, done.unsettled) == (7438, 562)
    assert card(dollars.anne, number=made.number).invoice.status == "paid"
    assert_tied(dollars)


def test_dollars_from_a_party_go_to_what_is_owed_in_dollars(dollars: Books) -> None:
    euros = invoice(dollars, "A", "100")
    made = invoice(dollars, "A", "100", currency="USD")
    pay(dollars, 11900, party="A", currency="USD")
    states = [card(dollars.anne, number=each.number).invoice.open for each in (euros, made)]
    assert states == [11900, 0]
    assert_tied(dollars)


def test_a_credit_note_is_in_dollars_too_and_takes_back_what_was_booked(dollars: Books) -> None:
    made = invoice(dollars, "A", "100", currency="USD")
    back = credit_invoice(dollars.anne, invoice=made.number, date=date(2011, 3, 10), why="Broken")
    assert (back.gross, back.currency) == (11900, "USD")
    assert card(dollars.anne, number=made.number).invoice.status == "credited"
    assert Invoice.objects.latest("id").own_tax == 1520
    assert differences(dollars) == 0
    assert_tied(dollars)


def test_yen_have_no_decimals(dollars: Books) -> None:
    rate(dollars, "2011-03-01", "113.61", currency="JPY")
    made = invoice(dollars, "A", "1000.4", currency="JPY")
    assert (made.net, made.tax) == (1000, 190)
    party = Invoice.objects.get().party_id
    issued = issue(dollars, draft(party, line("2", "500", currency="JPY"), currency="JPY"))
    assert (issued.net, issued.tax, issued.gross) == (880, 167, 1047)
    assert_tied(dollars)


def test_what_can_not_be_booked_is_refused(dollars: Books) -> None:
    with pytest.raises(MissingRate):
        invoice(dollars, "A", "100", currency="GBP")
    with pytest.raises(InvalidInput):
        invoice(dollars, "A", "100", currency="XXQ")
    rate(dollars, "2011-03-01", "13000", currency="IDR")
    with pytest.raises(AmountOutOfRange):
        invoice(dollars, "A", "0.4", currency="IDR", exempt=True)
    with pytest.raises(AmountOutOfRange):
        pay(dollars, 100, party="A", currency="USD", own_amount=-80)
    with pytest.raises(InvalidInput):
        pay(dollars, 100, party="A", own_amount=80)
