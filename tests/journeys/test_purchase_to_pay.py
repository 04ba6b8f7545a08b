"""What somebody needs is agreed to, ordered, received, invoiced and paid; each by another, and seen."""

from dataclasses import dataclass
from datetime import date

import pytest

from kantoor.departments.finance.actions.payables.receipts import receive_purchase
from kantoor.departments.finance.tests.payables.buying import enter, post, purchase, supplier
from kantoor.departments.finance.tests.payables.test_orders import of_order
from kantoor.departments.finance.tests.payables.test_standing import pay
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.actors.actor import Actor
from kantoor.procedures.errors import NotYours
from tests.founded import House, found
from tests.journeys.house import Journey, later, publish

DAY = date(2026, 3, 1)
ASKED = {"what": "Paper", "why": "The printer", "amount": "100"}
LINES = [{"text": "Paper", "quantity": "10", "unit_price": "10"}]


@dataclass
class Office:
    """Sam asks, Bo buys, Carla and Dirk control; `books` are theirs."""

    house: House
    journey: Journey
    books: Books
    sam: Actor
    bo: Actor
    carla: Actor
    dirk: Actor


@pytest.fixture
def office(db: None) -> Office:
    house = found()
    books = Books(house.administrator, house.company.pk)
    supplier(books)
    return Office(
        house, publish(house, "purchase-to-pay"), books,
        sam=house.person("sam", "employee", "sales_desk"),
        bo=house.person("bo", "bookkeeper"),
        carla=house.person("carla", "controller"),
        dirk=house.person("dirk", "controller", "bookkeeper", "employee"),
    )  # fmt: skip


def ordered(office: Office) -> str:
    """Asked, agreed, written, approved and sent; gives the order's number."""
    journey = office.journey
    journey.start(office.sam, **ASKED)
    journey.do(office.carla, "Task_Agree", agree=True)
    journey.do(office.bo, "Task_Order", supplier="L1", date=DAY.isoformat(), lines=LINES)
    journey.do(office.carla, "Task_Approve")
    journey.do(office.bo, "Task_Send")
    return "PO-000001"


def test_what_is_needed_is_bought_and_paid(office: Office) -> None:
    order = ordered(office)
    journey, books = office.journey, office.books
    assert (journey.state, journey.open) == ("running", set())
    receive_purchase(office.bo, order=order, date=DAY)
    journey.go_on()
    (entered,) = enter(books, purchase("F-1", of_order(order, 10_000, "10")))
    post(books, entered.number)
    journey.go_on()
    assert journey.state == "running", "it is not paid yet"
    pay(books, entered.number)
    journey.go_on()
    assert journey.state == "ended"


def test_what_nobody_agrees_to_is_not_bought(office: Office) -> None:
    office.journey.start(office.sam, **ASKED)
    office.journey.do(office.carla, "Task_Agree", agree=False, agree_why="There is enough")
    assert office.journey.state == "ended"


def test_who_asks_or_writes_the_order_does_not_agree_or_approve(office: Office) -> None:
    journey = office.journey
    journey.start(office.dirk, **ASKED)
    with pytest.raises(NotYours):
        journey.do(office.dirk, "Task_Agree", agree=True)
    journey.do(office.carla, "Task_Agree", agree=True)
    journey.do(office.bo, "Task_Order", supplier="L1", date=DAY.isoformat(), lines=LINES)
    with pytest.raises(NotYours):
        journey.do(office.dirk, "Task_Approve")
    journey.do(office.carla, "Task_Approve")


def test_what_does_not_come_is_asked_after(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ordered(office)
    later(monkeypatch, days=20)
    office.journey.go_on()
    assert office.journey.open == {"Task_Received"}
    office.journey.do(office.bo, "Task_Received", supplier_said="Next week")
    assert office.journey.open == set()
    receive_purchase(office.bo, order=order, date=DAY)
    office.journey.go_on()
    assert "Seen_Paid" in office.journey.waits_at()
