"""A month is closed when nothing of it is open, and not by who booked what closes it."""

from dataclasses import dataclass
from datetime import date

import pytest

from kantoor.departments.finance.actions.closing import close_periods
from kantoor.departments.finance.queries.closing.month import month_standing
from kantoor.departments.finance.tests.assets.garage import depreciate, van, vans
from kantoor.departments.finance.tests.payables.buying import enter, post, purchase, supplier
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.actors.actor import Actor
from kantoor.procedures.errors import NotYours
from tests.founded import House, found
from tests.journeys.house import Journey, later, publish

MARCH = date(2026, 3, 15)


@dataclass
class Office:
    """Bo keeps the books, Carla controls, Dirk may do both."""

    house: House
    journey: Journey
    books: Books
    bo: Actor
    carla: Actor
    dirk: Actor


@pytest.fixture
def office(db: None) -> Office:
    house = found()
    books = Books(house.administrator, house.company.pk)
    supplier(books)
    return Office(
        house, publish(house, "month-end"), books,
        bo=house.person("bo", "bookkeeper"),
        carla=house.person("carla", "controller"),
        dirk=house.person("dirk", "controller", "bookkeeper"),
    )  # fmt: skip


def test_a_month_is_closed_when_nothing_is_open(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    (entered,) = enter(office.books, purchase("F-1"))
    journey = office.journey
    (other,) = enter(office.books, purchase("F-2", supplier="L1", on="2026-01-05"))
    post(office.books, other.number)
    close_periods(office.books.anne, periods=["2026-01", "2026-02"], how="hard")
    journey.start(office.carla, month=MARCH.isoformat())
    assert (journey.state, journey.open) == ("running", set()), "an invoice is not booked"
    later(monkeypatch, days=5)
    journey.go_on()
    journey.do(office.bo, "Task_Ready", open_remark="An invoice that is disputed")
    post(office.books, entered.number)
    journey.go_on()
    journey.do(office.carla, "Task_Review", fine=True)
    journey.do(office.carla, "Task_Close")
    assert journey.state == "ended"
    assert month_standing(office.carla, on=MARCH).closed


def test_figures_that_are_wrong_go_back(office: Office) -> None:
    (entered,) = enter(office.books, purchase("F-1"))
    post(office.books, entered.number)
    close_periods(office.books.anne, periods=["2026-01", "2026-02"], how="hard")
    journey = office.journey
    journey.start(office.carla, month=MARCH.isoformat())
    journey.do(office.carla, "Task_Review", fine=False, review_remark="Rent is missing")
    journey.do(office.bo, "Task_Ready", open_remark="Booked")
    assert journey.open == {"Task_Review"}


def test_who_booked_what_closes_a_month_does_not_close_it(office: Office) -> None:
    vans(office.books)
    van(office.books, on="2026-01-10")
    depreciate(office.books, "2026-01-31", "2026-02-28")
    close_periods(office.books.anne, periods=["2026-01", "2026-02"], how="hard")
    journey = office.journey
    journey.start(office.carla, month=MARCH.isoformat())
    assert journey.open == {"Task_Assets"}
    journey.do(office.dirk, "Task_Assets")
    assert not month_standing(office.carla, on=MARCH).assets_due
    journey.do(office.dirk, "Task_Review", fine=True)
    with pytest.raises(NotYours):
        journey.do(office.dirk, "Task_Close")
    journey.do(office.carla, "Task_Close")
    assert journey.state == "ended"
