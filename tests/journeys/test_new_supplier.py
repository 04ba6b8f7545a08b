"""A supplier is paid only when somebody else called back on a number that the letter did not give."""

from dataclasses import dataclass

import pytest
from django.utils import timezone

from kantoor.departments.finance.models import Supplier
from kantoor.departments.finance.queries.paying.standing import account_standing
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotAllowed
from kantoor.procedures.actions.standing_in import let_stand_in
from kantoor.procedures.errors import NotYours
from tests.founded import House, found
from tests.journeys.house import Journey, publish

ASKED = {
    "name": "Papier BV", "country": "NL", "iban": "NL20INGB0001234567", "source": "Their invoice",
}  # fmt: skip


@dataclass
class Office:
    """Sam asks, Bo keeps the books, Carla and Dirk control."""

    house: House
    journey: Journey
    sam: Actor
    bo: Actor
    carla: Actor
    dirk: Actor


@pytest.fixture
def office(db: None) -> Office:
    house = found()
    journey = publish(house, "new-supplier")
    return Office(
        house, journey,
        sam=house.person("sam", "employee", "sales_desk"),
        bo=house.person("bo", "bookkeeper"),
        carla=house.person("carla", "controller"),
        dirk=house.person("dirk", "controller", "bookkeeper"),
    )  # fmt: skip


def proposed(office: Office, by: Actor | None = None) -> Journey:
    """Sam asked, and the supplier and the account are in the books."""
    journey = office.journey
    journey.start(office.sam, **ASKED)
    journey.do(by or office.bo, "Task_Create")
    journey.do(by or office.bo, "Task_Propose")
    return journey


def test_a_supplier_can_be_paid_when_the_account_was_called_back(office: Office) -> None:
    journey = proposed(office)
    code = Supplier.objects.get().party.code
    assert not account_standing(office.bo, party=code).verified
    called = {"number_from": "The chamber of commerce", "spoken_to": "Administration"}
    journey.do(office.carla, "Task_Call", same=True, **called)
    journey.do(office.carla, "Task_Verify")
    assert account_standing(office.bo, party=code).verified
    assert journey.state == "ended"


def test_an_account_that_is_not_theirs_is_refused_and_nothing_is_paid(office: Office) -> None:
    journey = proposed(office)
    called = {"number_from": "Our own list", "spoken_to": "The owner"}
    journey.do(office.carla, "Task_Call", same=False, **called)
    journey.do(office.bo, "Task_Retire")
    assert journey.state == "ended"
    supplier = Supplier.objects.get()
    assert supplier.hold
    assert not account_standing(office.bo, party=supplier.party.code).verified


def test_who_put_the_account_forward_does_not_call_or_verify(office: Office) -> None:
    journey = proposed(office, by=office.dirk)
    called = {"number_from": "Our own list", "spoken_to": "The owner"}
    with pytest.raises(NotYours):
        journey.do(office.dirk, "Task_Call", same=True, **called)
    today = timezone.localdate()
    let_stand_in(office.carla, deputy="dirk", first=today, last=today)
    with pytest.raises(NotYours):
        journey.do(office.house.again("dirk"), "Task_Call", same=True, **called)
    journey.do(office.carla, "Task_Call", same=True, **called)
    with pytest.raises(NotYours):
        journey.do(office.dirk, "Task_Verify")
    with pytest.raises((NotYours, NotAllowed)):
        journey.do(office.sam, "Task_Verify")
