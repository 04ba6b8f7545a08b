"""Purchase orders: written, approved, sent, received in parts, and held against their invoices."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kantoor.departments.finance.actions.payables.approving import (
    approve_purchase_invoice,
    approve_purchase_invoices,
)
from kantoor.departments.finance.actions.payables.orders import (
    approve_purchase_order,
    approve_purchase_orders,
    close_purchase_order,
    close_purchase_orders,
    order_purchase,
    order_purchases,
    send_purchase_order,
    send_purchase_orders,
)
from kantoor.departments.finance.actions.payables.receipts import (
    receive_purchase,
    receive_purchases,
)
from kantoor.departments.finance.actions.payables.rules_of_approval import set_match_tolerance
from kantoor.departments.finance.drafts_orders import (
    OrderDraft,
    OrderLineDraft,
    ReceiptDraft,
    ReceivedLine,
)
from kantoor.departments.finance.errors import NotReady, TooMuch
from kantoor.departments.finance.models import PurchaseInvoice, PurchaseOrder
from kantoor.departments.finance.queries.payables.three_way import differences
from kantoor.departments.finance.tests.payables.arriving import lines_of, receive, ubl
from kantoor.departments.finance.tests.payables.buying import (
    bought,
    enter,
    post,
    purchase,
    state_of,
    supplier,
)
from kantoor.departments.finance.tests.people import Books, employ
from kantoor.kernel.errors import DomainError, NotAllowed

TODAY = date(2026, 3, 1)
EYES = {"finance.approve_purchase": None, "finance.read_payables": None}


def line(quantity: str, price: str, text: str = "Paper") -> OrderLineDraft:
    """A line of an order."""
    return OrderLineDraft(text=text, quantity=Decimal(quantity), unit_price=Decimal(price))


def ordered(books: Books, *lines: OrderLineDraft, send: bool = True) -> str:
    """An order of ten boxes at ten euro from L1, sent; gives its number."""
    draft = OrderDraft(supplier="L1", date=TODAY, lines=lines or [line("10", "10")])
    (number,) = order_purchases(books.anne, orders=[draft])
    if send:
        send_purchase_orders(books.anne, orders=[number])
    return number


def of_order(number: str, amount: int, quantity: str, n: int = 1) -> Any:
    """A line of an invoice that is of an order."""
    return bought(amount, quantity=Decimal(quantity), order_line=f"{number}#{n}")


def test_orders_are_numbered_and_sent_and_closed(books: Books) -> None:
    supplier(books)
    first = order_purchase(
        books.anne, supplier="L1", date=TODAY, lines=[line("3", "0.335")], reference="Q-7"
    )
    second = ordered(books, send=False)
    assert (first, second) == ("PO-000001", "PO-000002")
    assert PurchaseOrder.objects.get(number=first).net == 101
    send_purchase_order(books.anne, order=first)
    with pytest.raises(NotReady):
        send_purchase_order(books.anne, order=first)
    close_purchase_order(books.anne, order=first, why="All in")
    close_purchase_orders(books.anne, orders=[second], why="Not needed")
    states = dict(PurchaseOrder.objects.values_list("number", "state"))
    assert states == {first: "closed", second: "cancelled"}


@pytest.mark.parametrize("change", [{"supplier": "L9"}, {"lines": []}, {"reference": "x" * 81}])
def test_a_wrong_order_is_refused(books: Books, change: dict[str, Any]) -> None:
    supplier(books)
    given = {"supplier": "L1", "date": TODAY, "lines": [line("1", "1")], **change}
    with pytest.raises(DomainError):
        order_purchases(books.anne, orders=[OrderDraft(**given)])


def test_who_wrote_an_order_does_not_approve_it(books: Books) -> None:
    supplier(books)
    number = ordered(books, send=False)
    with pytest.raises(NotAllowed):
        approve_purchase_order(books.anne, order=number)
    bob = employ(books, "Bob", EYES)
    assert approve_purchase_orders(bob, orders=[number]) == ["approved"]
    with pytest.raises(NotReady):
        approve_purchase_order(bob, order=number)


def test_what_was_ordered_is_received_in_parts(books: Books) -> None:
    supplier(books)
    number = ordered(books, line("10", "10"), line("2", "5", "Ink"))
    part = ReceiptDraft(order=number, date=TODAY, lines=[ReceivedLine(n=1, quantity=Decimal(4))])
    assert receive_purchases(books.anne, receipts=[part, part]) == ["GR-000001", "GR-000002"]
    back = [ReceivedLine(n=1, quantity=Decimal(-9))]
    with pytest.raises(TooMuch):
        receive_purchase(books.anne, order=number, date=TODAY, lines=back)
    assert receive_purchase(books.anne, order=number, date=TODAY) == "GR-000003"
    with pytest.raises(TooMuch):
        receive_purchase(books.anne, order=number, date=TODAY)


def test_what_was_not_sent_is_not_received(books: Books) -> None:
    supplier(books)
    number = ordered(books, send=False)
    with pytest.raises(NotReady):
        receive_purchase(books.anne, order=number, date=TODAY)
    with pytest.raises(DomainError):
        receive_purchase(books.anne, order="PO-000009", date=TODAY)


def test_an_invoice_as_ordered_and_received_is_posted(books: Books) -> None:
    supplier(books)
    number = ordered(books)
    receive_purchase(books.anne, order=number, date=TODAY)
    (entered,) = enter(books, purchase("F-1", of_order(number, 10_000, "10")))
    post(books, entered.number)
    assert state_of(entered.number) == "posted"


@pytest.mark.parametrize(
    ("amount", "quantity", "received"),
    [(10_500, "10", "10"), (10_000, "10", "9"), (12_000, "12", "10"), (10_000, "10", "0")],
)
def test_an_invoice_that_differs_from_its_order_needs_a_second_person(
    books: Books, amount: int, quantity: str, received: str
) -> None:
    supplier(books)
    number = ordered(books)
    if Decimal(received):
        lines = [ReceivedLine(n=1, quantity=Decimal(received))]
        receive_purchase(books.anne, order=number, date=TODAY, lines=lines)
    (entered,) = enter(books, purchase("F-1", of_order(number, amount, quantity)))
    with pytest.raises(NotReady):
        post(books, entered.number)
    bob = employ(books, "Bob", EYES)
    assert approve_purchase_invoice(bob, invoice=entered.number) == "approved"
    post(books, entered.number)


def test_small_differences_are_within_the_tolerance(books: Books) -> None:
    supplier(books)
    set_match_tolerance(books.anne, price_percent=Decimal(5), price_amount=100, quantity=Decimal(1))
    number = ordered(books)
    lines = [ReceivedLine(n=1, quantity=Decimal(9))]
    receive_purchase(books.anne, order=number, date=TODAY, lines=lines)
    (entered,) = enter(books, purchase("F-1", of_order(number, 10_500, "10")))
    post(books, entered.number)
    (later,) = enter(books, purchase("F-2", of_order(number, 1_000, "1")))
    with pytest.raises(NotReady):
        post(books, later.number)


def test_differences_are_told_line_by_line(books: Books) -> None:
    supplier(books)
    number = ordered(books)
    receive_purchase(books.anne, order=number, date=TODAY)
    enter(books, purchase("F-1", of_order(number, 3_300, "3")))
    key = PurchaseInvoice.objects.get().pk
    (found,) = differences(books.company_id, [key])[key]
    assert (found.order, found.order_line) == (number, 1)
    assert [found.ordered, found.received, found.invoiced] == [Decimal(10), Decimal(10), Decimal(3)]
    assert [found.ordered_price, found.price] == [Decimal(10), Decimal(11)]
    assert found.price_apart == 300
    assert not found.within


def test_an_electronic_invoice_is_matched_to_its_order(books: Books) -> None:
    supplier(books, vat_number="NL123456789B01", account="16221")
    number = ordered(books, line("1", "100", "Box of paper"), line("1", "7", "Ink"))
    told = receive(books, ubl("1", ("Box of paper", "100.00", "21"), order=number)).files[0]
    (found,) = lines_of(told.number)
    assert number in str(found["suggested"])
    with pytest.raises(NotReady):
        post(books, told.number)
    receive_purchase(books.anne, order=number, date=TODAY)
    post(books, told.number)


def test_approval_of_many_is_all_or_none(books: Books) -> None:
    supplier(books)
    entered = enter(books, purchase("F-1"), purchase("F-2", bought(1)))
    bob = employ(books, "Bob", {"finance.approve_purchase": 5_000})
    with pytest.raises(DomainError):
        approve_purchase_invoices(bob, invoices=[each.number for each in entered])
    assert {state_of(each.number) for each in entered} == {"proposed"}
