"""Prepayment invoices: a debt with its VAT at once, and deducted by the final invoice."""

from datetime import date

import pytest

from kantoor.departments.finance.actions.single_invoices import credit_invoice
from kantoor.departments.finance.drafts_invoices import CreditLine
from kantoor.departments.finance.errors import TooMuch, UnknownInvoice
from kantoor.departments.finance.exports.einvoices import electronic_invoice
from kantoor.departments.finance.formats.einvoice import validate
from kantoor.departments.finance.models import Account, Line
from kantoor.departments.finance.queries.einvoice.invoices import electronic_invoices
from kantoor.departments.finance.queries.invoice_card import invoice as card
from kantoor.departments.finance.queries.prepayments import prepayments
from kantoor.departments.finance.queries.vat.facts import own_scope, sums
from kantoor.departments.finance.tests.billing import assert_tied, customer, invoice
from kantoor.departments.finance.tests.currency.foreign import rate
from kantoor.departments.finance.tests.people import SALES, Books
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.record.verify.system import verify

MARCH, APRIL = (date(2011, 3, 1), date(2011, 3, 31)), (date(2011, 4, 1), date(2011, 4, 30))


@pytest.fixture
def selling(books: Books) -> Books:
    """Customers A and B."""
    customer(books, "A")
    customer(books, "B")
    return books


def balance(books: Books, code: str = "", role: str = "") -> int:
    """What stands on an account, debit positive."""
    wanted = {"code": code} if code else {"role": role}
    account = Account.objects.get(company_id=books.company_id, **wanted)
    return sum(Line.objects.filter(account=account).values_list("amount", flat=True))


def prepaid(books: Books) -> int:
    return balance(books, role="prepayments_received")


def taxed(books: Books, span: tuple[date, date]) -> list[tuple[int, int]]:
    """Base and tax of the facts of a period."""
    return [(each.base, each.tax) for each in sums(books.anne, [own_scope(*span)])]


def final(books: Books, *deduct: str, price: str = "1000", on: str = "2011-04-05") -> str:
    """The invoice of 1,000 euro of which prepayments are taken off."""
    return invoice(books, "A", price, on=on, deduct=deduct).number


def test_a_prepayment_is_a_debt_whose_tax_is_due(selling: Books) -> None:
    made = invoice(selling, "A", "300", prepayment=True)
    assert made.gross == 35_700
    assert (prepaid(selling), balance(selling, SALES)) == (-30_000, 0)
    assert taxed(selling, MARCH) == [(30_000, 5_700)]
    assert_tied(selling)


def test_the_final_invoice_takes_it_off_net_and_tax(selling: Books) -> None:
    before = invoice(selling, "A", "300", prepayment=True).number
    number = final(selling, before)
    found = card(selling.anne, number=number)
    assert (found.invoice.net, found.invoice.tax, found.invoice.gross) == (70_000, 13_300, 83_300)
    assert [line.net for line in found.lines] == [100_000, -30_000]
    assert before in found.lines[1].text
    assert (prepaid(selling), balance(selling, SALES)) == (0, -100_000)
    assert taxed(selling, APRIL) == [(70_000, 13_300)]
    assert found.deducts == [before]
    assert card(selling.anne, number=before).deducted_by == [number]
    assert_tied(selling)
    assert verify(tables=["finance_deduction", "finance_invoice", "finance_open_item"]).ok


def test_it_is_taken_off_once_of_its_own_customer_and_not_before_its_day(selling: Books) -> None:
    before = invoice(selling, "A", "300", prepayment=True).number
    with pytest.raises(UnknownInvoice):
        invoice(selling, "B", "1000", deduct=[before])
    with pytest.raises(UnknownInvoice):
        invoice(selling, "A", "1000", deduct=[invoice(selling, "A", "1").number])
    with pytest.raises(InvalidInput):
        final(selling, before, before)
    with pytest.raises(InvalidInput):
        final(selling, before, on="2011-02-28")
    final(selling, before)
    with pytest.raises(TooMuch):
        final(selling, before)


def test_a_credited_prepayment_is_no_debt_any_more(selling: Books) -> None:
    before = invoice(selling, "A", "300", prepayment=True).number
    credit_invoice(selling.anne, invoice=before, date=date(2011, 3, 9), why="Cancelled")
    assert (prepaid(selling), taxed(selling, MARCH)) == (0, [(0, 0)])
    with pytest.raises(TooMuch):
        final(selling, before)


def test_a_credited_final_invoice_gives_the_prepayment_back(selling: Books) -> None:
    before = invoice(selling, "A", "300", prepayment=True).number
    number = final(selling, before)
    with pytest.raises(TooMuch):
        credit_invoice(selling.anne, invoice=before, date=date(2011, 4, 9), why="Cancelled")
    credit_invoice(selling.anne, invoice=number, date=date(2011, 4, 9), why="Wrong")
    assert (prepaid(selling), balance(selling, SALES)) == (-30_000, 0)
    assert card(selling.anne, number=before).deducted_by == [number]
    final(selling, before, on="2011-04-10")
    assert (prepaid(selling), balance(selling, SALES)) == (0, -100_000)
    assert_tied(selling)
    assert verify(tables=["finance_deduction", "finance_invoice_line", "finance_open_item"]).ok


def test_in_dollars_the_prepaid_part_keeps_its_rate(selling: Books) -> None:
    rate(selling, "2011-03-01", "1.25")
    before = invoice(selling, "A", "300", prepayment=True, currency="USD").number
    rate(selling, "2011-04-05", "1.6")
    invoice(selling, "A", "1000", on="2011-04-05", currency="USD", deduct=[before])
    # 300 dollars at 1.25 and 700 at 1.60.
    assert (prepaid(selling), balance(selling, SALES)) == (0, -24_000 - 43_750)
    assert taxed(selling, APRIL) == [(43_750, 8_313)]
    assert_tied(selling)


def test_in_dollars_nothing_is_left_of_a_prepayment_of_several_lines(selling: Books) -> None:
    rate(selling, "2011-03-01", "1.25")
    # 3.03 dollars are 2.42 euros, and each line by itself is 0.81.
    before = invoice(selling, "A", "1.01", "1.01", "1.01", prepayment=True, currency="USD").number
    assert prepaid(selling) == -242
    line = CreditLine(n=2)
    credit_invoice(selling.anne, invoice=before, date=date(2011, 3, 9), why="Less", lines=[line])
    rate(selling, "2011-04-05", "1.6")
    invoice(selling, "A", "1000", on="2011-04-05", currency="USD", deduct=[before])
    assert prepaid(selling) == 0
    (row,) = prepayments(selling.anne).rows
    assert (row.left, row.own_left) == (0, 0)
    assert_tied(selling)


def test_electronically_they_name_each_other(selling: Books) -> None:
    before = invoice(selling, "A", "300", prepayment=True, reference="PO 1").number
    after = invoice(selling, "A", "1000", on="2011-04-05", deduct=[before], reference="PO 1").number
    first, last = electronic_invoices(selling.anne, numbers=[before, after])
    assert (first.type_code, last.type_code) == ("386", "380")
    assert [each.number for each in last.preceding] == [before]
    for number in (before, after):
        content = electronic_invoice(selling.anne, number=number, form="ubl").content
        kinds = ("BR-CO-1", "BR-S-08", "BR-27", "BR-CL-")
        assert not [each for each in validate(content) if each.rule.startswith(kinds)]


def test_goods_for_another_eu_country_have_no_prepayment(selling: Books) -> None:
    customer(selling, "DE", "DE", "DE123456789")
    with pytest.raises(InvalidInput, match="another EU country"):
        invoice(selling, "DE", "300", prepayment=True)


def test_only_an_invoice_is_a_prepayment(selling: Books) -> None:
    before = invoice(selling, "A", "300", prepayment=True).number
    with pytest.raises(InvalidInput):
        invoice(selling, "A", "300", prepayment=True, deduct=[before])
    with pytest.raises(InvalidInput):
        invoice(selling, "A", "300", prepayment=True, credit=True)


def test_the_register_adds_up_to_the_account(selling: Books) -> None:
    rate(selling, "2011-03-01", "1.25")
    first = invoice(selling, "A", "300", prepayment=True).number
    second = invoice(selling, "B", "50", "60", prepayment=True).number
    third = invoice(selling, "A", "100", prepayment=True, currency="USD").number
    line = CreditLine(n=2)
    credit_invoice(selling.anne, invoice=second, date=date(2011, 3, 9), why="Less", lines=[line])
    page = prepayments(selling.anne, left=True, sort="number")
    assert [(row.number, row.left) for row in page.rows] == [
        (first, 30_000), (second, 5_000), (third, 10_000),
    ]  # fmt: skip
    assert page.sums["own_left"] == -prepaid(selling) == 30_000 + 5_000 + 8_000
    final(selling, first)
    page = prepayments(selling.anne, left=True)
    assert {row.number for row in page.rows} == {second, third}
    assert page.sums["own_left"] == -prepaid(selling) == 13_000
    assert page.count == 2
    assert prepayments(selling.anne).count == 3
    assert [row.number for row in prepayments(selling.anne, party="B").rows] == [second]
