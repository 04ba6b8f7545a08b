"""Events of the front office, and what they become."""

from typing import Any

import pytest

from kantoor.departments.sales.models import Article, Customer, Order, Return
from kantoor.departments.sales.queries.orders import invoice_paid, order_status
from kantoor.departments.sales.tests.people import Shop
from kantoor.kernel.intake.models import IntakeEvent
from kantoor.kernel.intake.replaying import replay_rejected
from kantoor.kernel.parties.models import Party
from kantoor.kernel.record.why import why

SOURCE = "https://shop.example"


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    """A shop with two articles and two customers."""
    shop.assortment()
    return shop


def placed(number: str = "1001", **more: Any) -> dict[str, Any]:
    line = {"article": "LAMP", "quantity": 2}
    return {"number": number, "customer": "17850", "date": "2011-06-01", "lines": [line]} | more


def test_an_order_that_was_placed_waits_to_be_confirmed(stocked: Shop) -> None:
    outcome = stocked.event("order.placed", placed())
    order = Order.objects.get()
    assert (outcome.state, outcome.result) == ("accepted", f"sales.order/{order.pk}")
    assert (order.state, order.net, order.source, order.reference, order.event) == (
        "placed",
        2500,
        SOURCE,
        "1001",
        "1",
    )


def test_an_order_that_was_charged_is_invoiced_on_its_day(stocked: Shop) -> None:
    lines = [
        {"article": "VASE", "quantity": "3", "unit_price": "3.335", "text": "Blue vase"},
        {"article": "LAMP", "quantity": 1.5},
    ]
    stocked.event("order.placed", placed(step="invoiced", lines=lines))
    status = order_status(stocked.anne, source=SOURCE, reference="1001")
    assert (status.state, status.paid) == ("completed", False)
    assert stocked.invoiced() == 1001 + 1875
    invoice = invoice_paid(stocked.anne, number=status.number)
    assert invoice.gross == 2876 + 575
    assert invoice_paid(stocked.anne, invoice=invoice.number) == invoice


def test_the_chain_of_causes_of_an_order_ends_at_its_event(stocked: Shop) -> None:
    stocked.event("order.placed", placed())
    chain = why(stocked.anne, reference=f"sales.order/{Order.objects.get().pk}")
    references = [each.reference for each in chain]
    assert f"event:{SOURCE}/1" in references
    kept = IntakeEvent.objects.get(type="kantoor.sales.order.placed")
    assert f"kernel.intake_event/{kept.pk}" in references


def test_an_order_is_cancelled_by_the_number_of_the_front_office(stocked: Shop) -> None:
    stocked.event("order.placed", placed())
    assert stocked.event("order.cancelled", {"number": "1001"}, "2").state == "accepted"
    assert Order.objects.get().state == "cancelled"
    late = stocked.event("order.cancelled", {"number": "1001"}, "3")
    assert (late.state, late.code) == ("rejected", "sales.wrong_state")


def test_a_number_is_taken_once_whatever_the_event(stocked: Shop) -> None:
    stocked.event("order.placed", placed(), "1")
    again = stocked.event("order.placed", placed(), "2")
    assert (again.state, again.code, again.field) == (
        "rejected",
        "sales.known_already",
        "reference",
    )


def test_an_order_of_an_unknown_customer_is_replayed_once_they_are_known(stocked: Shop) -> None:
    first = stocked.event("order.placed", placed(customer="99999"), "1")
    assert (first.code, first.field) == ("sales.unknown_customer", "customer")
    stocked.event("customer.changed", {"code": "99999", "name": "New Ltd", "country": "BE"}, "2")
    refused = IntakeEvent.objects.get(state="rejected")
    assert replay_rejected(stocked.anne, event=refused.pk).state == "accepted"
    assert Order.objects.get().country == "BE"


def test_what_came_back_is_credited_against_its_order(stocked: Shop) -> None:
    stocked.event("order.placed", placed(step="invoiced"), "1")
    back = {
        "number": "R1",
        "customer": "17850",
        "date": "2011-06-08",
        "order": "1001",
        "lines": [{"article": "LAMP", "quantity": 1}],
    }
    assert stocked.event("return.taken", back, "2").state == "accepted"
    taken = Return.objects.get()
    assert (taken.state, taken.order, taken.net) == ("credited", Order.objects.get(), 1250)
    assert stocked.invoiced() == 1250
    too_much = back | {"number": "R2", "lines": [{"article": "LAMP", "quantity": 2}]}
    assert stocked.event("return.taken", too_much, "3").code == "sales.line"


def test_customers_are_added_and_changed(stocked: Shop) -> None:
    stocked.event("customer.changed", {"code": "5", "name": "Ada", "kind": "person"}, "1")
    stocked.event("customer.changed", {"code": "5", "city": "Gent", "blocked": True}, "2")
    customer = Customer.objects.get(party__code="5")
    assert (customer.party.name, customer.party.city, customer.blocked) == ("Ada", "Gent", True)
    assert Party.objects.get(code="5").subject_id is not None
    assert stocked.event("order.placed", placed(customer="5"), "3").code == "sales.customer_blocked"


def test_articles_are_added_and_changed(stocked: Shop) -> None:
    stocked.event("article.changed", {"code": "CUP", "name": "Cup", "unit_price": "1.005"}, "1")
    stocked.event("article.changed", {"code": "CUP", "active": False}, "2")
    article = Article.objects.get(code="CUP")
    assert (article.name, str(article.unit_price), article.active) == ("Cup", "1.005000", False)
    line = {"article": "CUP", "quantity": 1}
    assert stocked.event("order.placed", placed(lines=[line]), "3").code == "sales.unknown_article"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "number"),
        (placed(date="2011-02-31"), "date"),
        (placed(lines=[]), "lines"),
        (placed(lines=[{"article": "LAMP", "quantity": "two"}]), "lines[0].quantity"),
        (placed(lines=[{"article": "LAMP", "quantity": "NaN"}]), "lines[0].quantity"),
        (placed(lines=[{"article": "LAMP", "quantity": "1e30"}]), "lines[0].quantity"),
        (placed(lines=[{"article": "LAMP", "quantity": "0.0000001"}]), "quantity"),
        (placed(lines=[{"article": "LAMP", "quantity": 0}]), "quantity"),
        (placed(lines=[{"article": "LAMP", "quantity": 1, "unit_price": -1}]), "unit_price"),
        (placed(lines=[{"article": "SOAP", "quantity": 1}]), "article"),
        (placed(country="Atlantis"), "country"),
        (placed(number="9" * 81), "reference"),
        (placed(colour="red"), "colour"),
        (placed(text="nul \x00"), "text"),
    ],
)
def test_data_that_can_not_be_names_the_field(
    stocked: Shop, data: dict[str, Any], field: str
) -> None:
    outcome = stocked.event("order.placed", data)
    assert (outcome.state, outcome.field) == ("rejected", field)
    assert outcome.message
    assert not Order.objects.exists()
