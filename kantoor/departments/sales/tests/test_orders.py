"""Orders by hand: taken, confirmed, delivered, invoiced, cancelled; quotations and returns."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.sales.actions.invoices import invoice_order, invoice_orders
from kantoor.departments.sales.actions.orders import (
    cancel_order,
    cancel_orders,
    confirm_order,
    confirm_orders,
    deliver_order,
    deliver_orders,
    receive_orders,
    take_order,
    take_orders,
)
from kantoor.departments.sales.actions.quotations import (
    accept_quotation,
    close_quotation,
    offer_quotation,
    offer_quotations,
)
from kantoor.departments.sales.actions.returns import (
    credit_returns,
    receive_returns,
    take_return,
    take_returns,
)
from kantoor.departments.sales.drafts import LineDraft, QuotationDraft, ReturnDraft
from kantoor.departments.sales.errors import (
    CustomerBlocked,
    EmptyOrder,
    KnownAlready,
    UnknownCustomer,
    UnknownOrder,
    WrongLine,
    WrongState,
)
from kantoor.departments.sales.models import Order, Quotation, Return
from kantoor.departments.sales.queries.orders import order, orders
from kantoor.departments.sales.queries.quotations import quotation, quotations
from kantoor.departments.sales.queries.returns import returns, taken_return
from kantoor.departments.sales.tests.people import DAY, Shop, an_order
from kantoor.kernel.errors import InvalidInput, NotAllowed


@pytest.fixture
def desk(shop: Shop) -> Shop:
    """A shop with two articles and two customers."""
    shop.assortment()
    return shop


def test_an_order_goes_from_placed_to_completed(desk: Shop) -> None:
    taken = take_order(desk.anne, order=an_order("17850", ("LAMP", "2"), ("VASE", "3")))
    assert (taken.number, taken.net, taken.currency) == ("SO-000001", 2500 + 1000, "GBP")
    confirm_order(desk.anne, number=taken.number)
    deliver_order(desk.anne, number=taken.number, on=DAY)
    assert Order.objects.get().state == "delivered"
    invoice_order(desk.anne, number="1", on=DAY)
    shown = order(desk.anne, number=taken.number)
    assert [each.state for each in shown.states] == ["confirmed", "delivered", "completed"]
    assert shown.invoice is not None
    assert (shown.invoice.gross, shown.invoice.paid) == (4200, False)
    assert [(line.article, line.text, line.net) for line in shown.lines] == [
        ("LAMP", "Lamp", 2500),
        ("VASE", "Vase", 1000),
    ]


def test_an_order_may_be_invoiced_before_it_is_delivered(desk: Shop) -> None:
    take_orders(desk.anne, orders=[an_order(), an_order()])
    confirm_orders(desk.anne, numbers=["SO-000001", "SO-000002"])
    assert invoice_orders(desk.anne, numbers=["1", "2"], on=DAY) == 2
    assert set(Order.objects.values_list("state", flat=True)) == {"invoiced"}
    deliver_orders(desk.anne, numbers=["1"], on=DAY)
    assert Order.objects.get(number=1).state == "completed"


def test_what_is_not_confirmed_is_not_invoiced(desk: Shop) -> None:
    take_order(desk.anne, order=an_order())
    with pytest.raises(WrongState):
        invoice_order(desk.anne, number="1")
    with pytest.raises(WrongState):
        deliver_order(desk.anne, number="1")


def test_what_is_delivered_is_not_cancelled(desk: Shop) -> None:
    take_orders(desk.anne, orders=[an_order(), an_order()])
    cancel_order(desk.anne, number="1")
    confirm_order(desk.anne, number="2")
    deliver_order(desk.anne, number="2")
    with pytest.raises(WrongState) as refusal:
        cancel_orders(desk.anne, numbers=["2"])
    assert "SO-000002" in str(refusal.value)


def test_one_bad_order_refuses_them_all(desk: Shop) -> None:
    with pytest.raises(UnknownCustomer) as refusal:
        take_orders(desk.anne, orders=[an_order(), an_order("99999")])
    assert refusal.value.place.line == 2
    with pytest.raises(EmptyOrder):
        take_order(desk.anne, order=msgspec.structs.replace(an_order(), lines=[]))
    assert not Order.objects.exists()


def test_a_reference_of_the_front_office_is_taken_once(desk: Shop) -> None:
    take_order(desk.anne, order=an_order(source="till", reference="7"))
    with pytest.raises(KnownAlready):
        receive_orders(desk.anne, orders=[an_order(source="till", reference="7")])
    with pytest.raises(KnownAlready):
        take_orders(desk.anne, orders=[an_order(reference="8"), an_order(reference="8")])
    take_order(desk.anne, order=an_order(source="shop", reference="7"))


def test_an_order_of_another_company_is_not_found(desk: Shop, other_shop: Shop) -> None:
    take_order(desk.anne, order=an_order())
    with pytest.raises(UnknownOrder):
        order(other_shop.anne, number="1")
    with pytest.raises(UnknownOrder):
        confirm_order(other_shop.anne, number="SO-000001")
    with pytest.raises(UnknownCustomer):
        take_order(other_shop.anne, order=an_order())
    assert orders(other_shop.anne).rows == []


def test_without_permission_nothing_happens(desk: Shop) -> None:
    clerk = desk.bob("sales.read_orders")
    with pytest.raises(NotAllowed):
        take_order(clerk, order=an_order())
    assert orders(clerk).rows == []
    with pytest.raises(NotAllowed):
        orders(desk.bob("finance.read_ledger"))


def test_the_register_filters_sorts_and_pages(desk: Shop) -> None:
    drafts = [an_order("17850", ("LAMP", str(n)), reference=f"R{n}") for n in range(1, 6)]
    take_orders(desk.anne, orders=[*drafts, an_order("12583")])
    confirm_orders(desk.anne, numbers=["1", "2"])
    first = orders(desk.anne, customer="17850", sort="-net", limit=2)
    assert [row.net for row in first.rows] == [6250, 5000]
    assert (first.count, first.sums) == (5, {"net": 18750})
    second = orders(desk.anne, customer="17850", sort="-net", limit=2, cursor=first.next_cursor)
    assert [row.net for row in second.rows] == [3750, 2500]
    assert [row.reference for row in orders(desk.anne, state="confirmed").rows] == ["R2", "R1"]
    assert [row.number for row in orders(desk.anne, search="R3").rows] == ["SO-000003"]
    assert [row.number for row in orders(desk.anne, search="SO-000004").rows] == ["SO-000004"]
    assert orders(desk.anne, since=DAY + timedelta(days=1)).rows == []
    with pytest.raises(InvalidInput):
        orders(desk.anne, sort="colour")


def test_a_page_takes_as_many_statements_however_long_it_is(desk: Shop) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            orders(desk.anne)
        return len(seen)

    take_orders(desk.anne, orders=[an_order()])
    few = statements()
    take_orders(desk.anne, orders=[an_order() for _ in range(30)])
    assert statements() == few


def a_quotation(**more: object) -> QuotationDraft:
    line = LineDraft(article="LAMP", quantity=Decimal(4), unit_price=Decimal("11.00"))
    return QuotationDraft(customer="17850", lines=[line], **more)  # type: ignore[arg-type]


def test_an_accepted_quotation_is_a_confirmed_order(desk: Shop) -> None:
    offered = offer_quotation(desk.anne, quotation=a_quotation(reference="by letter"))
    assert (offered.number, offered.net) == ("QU-000001", 4400)
    taken = accept_quotation(desk.anne, number=offered.number)
    shown = order(desk.anne, number=taken.number)
    assert (shown.order.state, shown.order.net) == ("confirmed", 4400)
    assert quotation(desk.anne, number="QU-000001").quotation.order == taken.number
    assert [row.state for row in quotations(desk.anne).rows] == ["accepted"]
    with pytest.raises(WrongState):
        accept_quotation(desk.anne, number=offered.number)


def test_a_quotation_lapses_and_is_closed(desk: Shop) -> None:
    long_ago = timezone.localdate() - timedelta(days=40)
    offer_quotations(desk.anne, quotations=[a_quotation(offered_on=long_ago), a_quotation()])
    with pytest.raises(WrongState):
        accept_quotation(desk.anne, number="1")
    close_quotation(desk.anne, number="2", outcome="declined")
    assert Quotation.objects.get(number=2).state == "declined"
    with pytest.raises(InvalidInput):
        offer_quotation(desk.anne, quotation=a_quotation(valid_until=long_ago))


def a_return(quantity: str = "1", **more: object) -> ReturnDraft:
    line = LineDraft(article="LAMP", quantity=Decimal(quantity))
    return ReturnDraft(customer="17850", lines=[line], taken_on=DAY, **more)  # type: ignore[arg-type]


def test_a_return_is_credited_at_once_or_later(desk: Shop) -> None:
    assert take_return(desk.anne, taken=a_return()).number == "RT-000001"
    take_returns(desk.anne, returns=[a_return("2")], credit=False)
    assert [row.state for row in returns(desk.anne, state="taken").rows] == ["taken"]
    assert credit_returns(desk.anne, numbers=["RT-000002"], on=date(2011, 6, 30)) == 1
    shown = taken_return(desk.anne, number="RT-000002")
    assert shown.credit_note is not None and shown.credit_note.number.startswith("C2011-")
    assert desk.invoiced() == -3750
    with pytest.raises(WrongState):
        credit_returns(desk.anne, numbers=["2"])


def test_a_return_of_an_order_settles_with_its_invoice(desk: Shop) -> None:
    take_order(desk.anne, order=an_order())
    confirm_order(desk.anne, number="1")
    deliver_order(desk.anne, number="1", on=DAY)
    invoice_order(desk.anne, number="1", on=DAY)
    take_return(desk.anne, taken=a_return("2", order="SO-000001"))
    shown = order(desk.anne, number="1")
    assert shown.invoice is not None and shown.invoice.paid
    with pytest.raises(WrongLine):
        receive_returns(desk.anne, returns=[a_return("1", order="SO-000001")])
    with pytest.raises(WrongLine):
        take_return(desk.anne, taken=a_return("-1"))
    assert Return.objects.count() == 1


def test_nothing_is_sold_to_a_blocked_customer(desk: Shop) -> None:
    from kantoor.departments.sales.actions.customers import CustomerChange, alter_customer

    take_order(desk.anne, order=an_order())
    alter_customer(desk.anne, change=CustomerChange(code="17850", blocked=True))
    with pytest.raises(CustomerBlocked):
        take_order(desk.anne, order=an_order())
    with pytest.raises(CustomerBlocked):
        confirm_order(desk.anne, number="1")
    clerk = replace(desk.anne, name="Clerk")
    take_return(clerk, taken=a_return())
