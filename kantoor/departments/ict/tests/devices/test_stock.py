"""Licences, consumables, stock-takes, and what depends on what."""

from datetime import date

import pytest

from kantoor.departments.ict.actions.devices.consumables import add_consumable, move_stock
from kantoor.departments.ict.actions.devices.counting import (
    begin_stock_take,
    close_stock_take,
    scan_codes,
)
from kantoor.departments.ict.actions.devices.dependencies import add_dependency, remove_dependency
from kantoor.departments.ict.actions.devices.licences import add_licence, end_licence
from kantoor.departments.ict.actions.devices.life import hand_out
from kantoor.departments.ict.actions.devices.places import add_location
from kantoor.departments.ict.actions.devices.registering import register_devices
from kantoor.departments.ict.drafts_devices import DeviceDraft, HandedItem
from kantoor.departments.ict.errors_devices import AlreadyDecided, TooFew, UnknownThing
from kantoor.departments.ict.models import StockTakeScan
from kantoor.departments.ict.queries.devices.impact import Affected, impact
from kantoor.departments.ict.tests.devices.desk import Desk, begin, the
from kantoor.departments.ict.tests.devices.people import employees
from kantoor.kernel.errors import InvalidInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    office = begin()
    employees(office.anne)
    return office


def three(desk: Desk) -> list[str]:
    return register_devices(
        desk.iris,
        devices=[DeviceDraft(kind="computer", name=n, serial=f"SER{n}99") for n in ("a", "b", "c")],
    )


def test_stock_does_not_go_below_nought(desk: Desk) -> None:
    add_consumable(desk.iris, code="TONER", name="Toner black", minimum=2)
    assert move_stock(desk.iris, consumable="TONER", quantity=5, why="bought") == 5
    assert move_stock(desk.iris, consumable="TONER", quantity=-4, party="E1") == 1
    with pytest.raises(TooFew):
        move_stock(desk.iris, consumable="TONER", quantity=-2)
    with pytest.raises(UnknownThing):
        move_stock(desk.iris, consumable="PAPER", quantity=1)


def test_licences_begin_and_end(desk: Desk) -> None:
    number = add_licence(
        desk.iris, software="firefox", seats=3, starts_on=date(2026, 1, 1), until=date(2026, 12, 31)
    )
    assert number == "L-0001"
    assert end_licence(desk.iris, licence=number) == number
    with pytest.raises(InvalidInput):
        add_licence(desk.iris, software="x", seats=0, starts_on=date(2026, 1, 1))


def test_a_stock_take_knows_labels_and_serial_numbers(desk: Desk) -> None:
    add_location(desk.iris, code="AMS", name="Amsterdam")
    devices = three(desk)
    take = begin_stock_take(desk.iris, location="AMS")
    codes = [devices[0], f"https://kantoor.example/ict/devices/{devices[1]}", "serc99", "nobody's"]
    assert scan_codes(desk.iris, stock_take=take, codes=codes) == 4
    assert scan_codes(desk.iris, stock_take=take, codes=[devices[2], devices[0]]) == 0
    assert StockTakeScan.objects.filter(device=None).count() == 1
    assert the(devices[1]).location is not None
    close_stock_take(desk.iris, stock_take=take)
    with pytest.raises(AlreadyDecided):
        scan_codes(desk.iris, stock_take=take, codes=[devices[0]])


def test_who_is_affected_follows_from_what_depends_on_what(desk: Desk) -> None:
    devices = three(desk)
    first, second, third = (f"ict.device/{the(each).pk}" for each in devices)
    hand_out(desk.iris, party="E1", items=[HandedItem(device=devices[2])])
    add_dependency(desk.iris, of=second, on=first)
    add_dependency(desk.iris, of=third, on=second)
    add_dependency(desk.iris, of="department:Sales", on=second)
    add_dependency(desk.iris, of="department:Sales", on=second)
    found = impact(desk.iris, of=[first])
    assert found.affected == [
        Affected(second, first, 1),
        Affected(third, second, 2),
        Affected("department:Sales", second, 2),
    ]
    assert found.people == ["E1"]
    with pytest.raises(InvalidInput):
        add_dependency(desk.iris, of=first, on=third)
    with pytest.raises(UnknownThing):
        add_dependency(desk.iris, of="ict.device/999", on=third)
    remove_dependency(desk.iris, of=second, on=first)
    assert impact(desk.iris, of=[first]).affected == []
