"""Purchase invoices in dollars: posted at the rate of their day, owed and paid in dollars."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kantoor.departments.finance.actions.currency.revaluation import revalue
from kantoor.departments.finance.actions.payables.discounts import take_purchase_discount
from kantoor.departments.finance.actions.payables.orders import order_purchase, send_purchase_orders
from kantoor.departments.finance.actions.payables.receipts import receive_purchases
from kantoor.departments.finance.drafts_orders import OrderLineDraft, ReceiptDraft
from kantoor.departments.finance.errors import AmountOutOfRange, NotReady
from kantoor.departments.finance.models import Account, PurchaseTax
from kantoor.departments.finance.queries.payables.invoice_card import PurchaseCard, purchase_invoice
from kantoor.departments.finance.queries.payables.invoices import purchase_invoices
from kantoor.departments.finance.queries.paying.proposal import payment_proposal
from kantoor.departments.finance.queries.vat.facts import own_scope, sums
from kantoor.departments.finance.tests.currency.foreign import (
    differences,
    left,
    owed,
    rate,
    settled,
)
from kantoor.departments.finance.tests.payables.arriving import receive, ubl
from kantoor.departments.finance.tests.payables.buying import (
    INPUT_VAT,
    PAYABLES,
    booked,
    bought,
    enter,
    post,
    purchase,
    supplier,
)
from kantoor.departments.finance.tests.people import BANK, PURCHASES, SUSPENSE, Books
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.record.verify.system import verify

DAY = "2026-03-02"


@pytest.fixture
def dollars(books: Books) -> Books:
    """A supplier L1, and a euro that costs 1.25 dollars in the first days of March 2026."""
    supplier(books)
    rate(books, DAY, "1.25")
    return books


def card(books: Books, number: str) -> PurchaseCard:
    return purchase_invoice(books.anne, number=number)


def posted(books: Books, reference: str, *lines: int, **more: Any) -> str:
    given = [bought(amount) for amount in lines or (10_000,)]
    made = enter(books, purchase(reference, *given, currency="USD", **more), post_them=True)
    return made[0].number


def paid(books: Books, on: str, dollars_: int, euros: int) -> str:
    """The bank pays the supplier so many dollars, worth so many euros."""
    return owed(books, on, dollars_, euros, "L1", account=PAYABLES, against=BANK)


def test_it_is_booked_at_the_rate_of_its_day_and_owed_in_dollars(dollars: Books) -> None:
    number = posted(dollars, "F1", 10_001)
    assert booked(number) == {PURCHASES: 8_001, INPUT_VAT: 1_680, PAYABLES: -9_681}
    found = card(dollars, number)
    assert (found.invoice.gross, found.invoice.open, found.invoice.currency) == (12_101, 12_101, "USD")  # fmt: skip
    assert (found.own_net, found.own_tax) == (8_001, 1_680)
    page = purchase_invoices(dollars.anne)
    assert (page.sums["gross"], page.sums["open"]) == (9_681, 9_681)
    assert verify(tables=["finance_purchase_invoice", "finance_open_item"]).ok


def test_the_vat_return_has_it_in_euros(dollars: Books) -> None:
    posted(dollars, "F1")
    posted(dollars, "F2", credit=True)
    posted(dollars, "F3", on="2026-03-03")
    (fact,) = sums(dollars.anne, [own_scope(date(2026, 3, 1), date(2026, 3, 31))])
    assert (fact.base, fact.tax, fact.deductible, fact.facts) == (8_000, 1_680, 1_680, 3)


def test_tax_that_we_owe_ourselves_is_reckoned_in_euros(dollars: Books) -> None:
    supplier(dollars, "DE1", tax="PK21", country="DE")
    number = posted(dollars, "F1", supplier="DE1")
    tax = PurchaseTax.objects.get(invoice__number=number)
    assert (tax.own_base, tax.own_amount, tax.own_deductible) == (8_000, 1_680, 1_680)
    moved = booked(number)
    assert (moved[PURCHASES], moved[INPUT_VAT], moved[PAYABLES]) == (8_000, 1_680, -8_000)


def test_what_rounding_leaves_is_on_the_largest_cost(dollars: Books) -> None:
    other = bought(3_333, account=SUSPENSE, tax="-")
    number = enter(
        dollars, purchase("F1", bought(3_334, tax="-"), other, currency="USD"), post_them=True
    )[0].number
    # 26.67 and 26.66 are 53.33, and 66.67 dollars are 53.34.
    assert booked(number) == {PURCHASES: 2_668, SUSPENSE: 2_666, PAYABLES: -5_334}


def test_paid_in_dollars_it_is_closed_and_the_difference_booked(dollars: Books) -> None:
    number = posted(dollars, "F1")
    rate(dollars, "2026-04-01", "1.6")
    payment = paid(dollars, "2026-04-01", 12_100, 7_563)
    settled(dollars, payment, card(dollars, number).entry)
    assert card(dollars, number).invoice.status == "paid"
    # It cost 9,680 when it came and 7,563 when it was paid: a gain.
    assert differences(dollars) == 7_563 - 9_680
    assert verify(tables=["finance_open_item", "finance_settlement"]).ok


def test_a_part_paid_leaves_the_rest_open_in_dollars(dollars: Books) -> None:
    number = posted(dollars, "F1")
    payment = paid(dollars, "2026-03-20", 6_050, 4_840)
    settled(dollars, payment, card(dollars, number).entry)
    assert card(dollars, number).invoice.open == 6_050
    assert left(dollars, card(dollars, number).entry) == (-4_840, -6_050)


def test_a_credit_note_takes_back_what_was_booked(dollars: Books) -> None:
    number = posted(dollars, "F1")
    rate(dollars, "2026-04-01", "1.6")
    note = posted(dollars, "C1", on="2026-04-01", credits=number)
    assert booked(note) == {account: -amount for account, amount in booked(number).items()}
    assert card(dollars, number).invoice.status == "paid"
    assert differences(dollars) == 0


def test_a_discount_is_taken_in_dollars(dollars: Books) -> None:
    number = posted(dollars, "F1", discount_percent=Decimal(2), discount_on=date(2026, 3, 9))
    note = take_purchase_discount(dollars.anne, invoice=number, on=date(2026, 3, 6))
    assert card(dollars, number).invoice.open == 12_100 - 242
    assert booked(note)[PAYABLES] == 194
    assert differences(dollars) == 0


def test_revaluation_takes_what_is_owed_along(dollars: Books) -> None:
    posted(dollars, "F1")
    rate(dollars, "2026-03-31", "1.6")
    done = revalue(dollars.anne, on=date(2026, 3, 31))
    assert (done.gain, done.loss) == (9_680 - 7_563, 0)
    assert (
        sum(Account.objects.get(code=PAYABLES).line_set.values_list("amount", flat=True)) == -9_680
    )


def test_without_a_rate_it_waits(dollars: Books) -> None:
    (made,) = enter(dollars, purchase("F1", currency="GBP"))
    assert made.state == "proposed"
    with pytest.raises(NotReady, match="rate"):
        post(dollars, made.number)
    rate(dollars, DAY, "0.8", currency="GBP")
    post(dollars, made.number)
    assert booked(made.number)[PURCHASES] == 12_500


def test_a_payment_file_leaves_dollars_to_be_paid_by_hand(dollars: Books) -> None:
    posted(dollars, "F1", due_on=date(2026, 3, 9))
    (out,) = payment_proposal(dollars.anne, due_until=date(2026, 12, 31)).left_out
    assert (out.code, out.currency, out.open) == ("other_currency", "USD", 12_100)
    assert "euro" in out.why


def test_an_order_in_dollars_is_matched_in_dollars(dollars: Books) -> None:
    line = OrderLineDraft(text="Paper", quantity=Decimal(2), unit_price=Decimal(50))
    order = order_purchase(
        dollars.anne, supplier="L1", date=date(2026, 3, 1), lines=[line], currency="USD"
    )
    send_purchase_orders(dollars.anne, orders=[order])
    receive_purchases(dollars.anne, receipts=[ReceiptDraft(order=order, date=date(2026, 3, 2))])
    ordered = bought(10_050, quantity=Decimal(2), order_line=f"{order}#1")
    with pytest.raises(InvalidInput, match="USD"):
        enter(dollars, purchase("F1", ordered))
    (made,) = enter(dollars, purchase("F1", ordered, currency="USD"))
    (apart,) = card(dollars, made.number).differences
    assert (apart.price_apart, apart.within) == (50, False)


def electronic(reference: str, tax: str) -> bytes:
    """An electronic invoice of 121 dollars, with its VAT in euros."""
    said = (
        f'<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{tax}</cbc:TaxAmount></cac:TaxTotal>'
        "<cac:LegalMonetaryTotal>"
    )
    code = "<cbc:DocumentCurrencyCode>USD</cbc:DocumentCurrencyCode>"
    return (
        ubl(reference, seller="Supplier L3")
        .decode()
        .replace('currencyID="EUR"', 'currencyID="USD"')
        .replace("<cac:LegalMonetaryTotal>", said)
        .replace(
            "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>",
            f"{code}<cbc:TaxCurrencyCode>EUR</cbc:TaxCurrencyCode>",
        )
        .encode()
    )


def test_an_electronic_invoice_in_dollars_is_taken_in_and_says_its_vat_in_euros(
    dollars: Books,
) -> None:
    supplier(dollars, "L3", name="Supplier L3", vat_number="NL123456789B01")
    (told,) = receive(dollars, electronic("F3", "16.75")).files
    assert (told.errors, told.state) == ([], "proposed")
    post(dollars, told.number)
    # 121 dollars are 96.80 euros, of which the supplier reckoned 16.75 and not 16.80 as VAT.
    assert booked(told.number) == {PURCHASES: 8_005, INPUT_VAT: 1_675, PAYABLES: -9_680}
    assert verify(tables=["finance_purchase_invoice"]).ok


def test_vat_in_euros_that_no_rate_makes_of_it_is_not_reclaimed(dollars: Books) -> None:
    supplier(dollars, "L3", name="Supplier L3", vat_number="NL123456789B01")
    (told,) = receive(dollars, electronic("F3", "1675.00")).files
    with pytest.raises(AmountOutOfRange, match="far from"):
        post(dollars, told.number)
    assert card(dollars, told.number).invoice.status == "proposed"
