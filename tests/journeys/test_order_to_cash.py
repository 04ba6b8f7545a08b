"""An order: the credit is checked, it is delivered and invoiced, and it ends when the bank says paid."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.utils import timezone

from kantoor.departments.finance.actions.collecting.levels import set_reminder_levels
from kantoor.departments.finance.actions.payments import receive_payment
from kantoor.departments.finance.drafts_collecting import LevelDraft
from kantoor.departments.finance.models import Reminder
from kantoor.departments.sales.actions.articles import ArticleDraft, create_articles
from kantoor.departments.sales.actions.customers import (
    CustomerDraft,
    create_customers,
    set_credit_limit,
)
from kantoor.departments.sales.actions.orders import take_order
from kantoor.departments.sales.drafts import LineDraft, OrderDraft
from kantoor.departments.sales.queries.orders import invoice_paid, order
from kantoor.kernel.actors.actor import Actor
from tests.founded import House, found
from tests.journeys.house import Journey, later, publish

TOLD = "It comes on Thursday"


@dataclass
class Office:
    """Sam sells, Bo keeps the books, Carla controls."""

    house: House
    journey: Journey
    sam: Actor
    bo: Actor
    carla: Actor

    def ordered(self, quantity: int = 2) -> str:
        """An order of lamps from Daisy; gives its number."""
        lines = [LineDraft(article="LAMP", quantity=Decimal(quantity))]
        number = take_order(self.sam, order=OrderDraft(customer="D1", lines=lines)).number
        self.journey.go_on()
        return number

    def delivered(self) -> str:
        """One that was delivered and invoiced."""
        number = self.ordered()
        self.journey.do(self.sam, "Task_Deliver", on=timezone.localdate().isoformat())
        self.journey.do(self.sam, "Task_Tell", message=TOLD)
        return number

    def paid(self, number: str) -> None:
        """The customer pays the invoice of an order."""
        owed = invoice_paid(self.sam, number=number)
        day = timezone.localdate()
        receive_payment(self.bo, date=day, amount=owed.open, invoice=owed.number)
        self.journey.go_on()

    def state_of(self, number: str) -> str:
        """The state of an order."""
        return order(self.sam, number=number).order.state


@pytest.fixture
def office(db: None) -> Office:
    house = found()
    anne = house.administrator
    lamp = ArticleDraft(code="LAMP", name="Lamp", unit_price=Decimal(100))
    create_articles(anne, articles=[lamp])
    create_customers(anne, customers=[CustomerDraft(code="D1", name="Daisy", country="NL")])
    return Office(
        house, publish(house, "order-to-cash"),
        sam=house.person("sam", "sales_desk"),
        bo=house.person("bo", "bookkeeper"),
        carla=house.person("carla", "controller"),
    )  # fmt: skip


def test_an_order_goes_from_placing_to_payment(office: Office) -> None:
    number = office.ordered()
    journey = office.journey
    assert (journey.instance.title, office.state_of(number)) == (f"Order {number}", "confirmed")
    journey.do(office.sam, "Task_Deliver", on=timezone.localdate().isoformat())
    journey.do(office.sam, "Task_Tell", message=TOLD)
    assert office.state_of(number) == "completed", "it was invoiced by itself"
    assert (journey.state, journey.open) == ("running", set())
    office.paid(number)
    assert journey.state == "ended"


def test_beyond_the_limit_control_decides(office: Office) -> None:
    set_credit_limit(office.carla, customer="D1", limit=10_000)
    number = office.ordered()
    journey = office.journey
    assert (journey.open, office.state_of(number)) == ({"Task_Decide"}, "placed")
    journey.do(office.carla, "Task_Decide", decision="raise", decision_why="They pay well")
    journey.do(office.carla, "Task_Limit", limit=50_000)
    assert (journey.open, office.state_of(number)) == ({"Task_Deliver"}, "confirmed")


def test_an_order_that_is_too_much_is_cancelled(office: Office) -> None:
    set_credit_limit(office.carla, customer="D1", limit=10_000)
    number = office.ordered()
    office.journey.do(office.carla, "Task_Decide", decision="cancel", decision_why="Too much")
    assert (office.journey.state, office.state_of(number)) == ("ended", "cancelled")


def test_who_does_not_pay_is_reminded_until_they_do(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = LevelDraft(days=5, name_en="Reminder", name_nl="Herinnering")
    set_reminder_levels(office.house.administrator, levels=[step])
    number = office.delivered()
    journey = office.journey
    due = invoice_paid(office.sam, number=number).due_on - timezone.localdate()
    later(monkeypatch, days=due.days + 8)
    journey.go_on()
    assert journey.open == {"Task_Remind"}
    journey.do(office.bo, "Task_Remind", on=timezone.localdate().isoformat())
    assert Reminder.objects.count() == 1
    later(monkeypatch, days=15)
    journey.go_on()
    journey.do(office.carla, "Task_Late", next="wait")
    assert journey.open == set()
    office.paid(number)
    assert journey.state == "ended"


def test_what_is_never_paid_is_handed_over(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.delivered()
    journey = office.journey
    later(monkeypatch, days=60)
    journey.go_on()
    journey.do(office.bo, "Task_Remind")
    later(monkeypatch, days=15)
    journey.go_on()
    journey.do(office.carla, "Task_Late", next="hand_over")
    assert journey.state == "ended"
