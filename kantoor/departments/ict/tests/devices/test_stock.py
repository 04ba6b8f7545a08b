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
from kantoor.departments.ict.actions.devices.merging import merge_devices, undo_merge
from kantoor.departments.ict.actions.devices.places import add_location
from kantoor.departments.ict.actions.devices.registering import register_devices
from kantoor.departments.ict.drafts_devices import DeviceDraft, HandedItem
from kantoor.departments.ict.errors_devices import AlreadyDecided, TooFew, UnknownThing
from kantoor.departments.ict.models import SoftwareCount, StockTakeScan
from kantoor.departments.ict.proofs_devices import software_counts
from kantoor.departments.ict.queries.devices.impact import Affected, impact
from kantoor.departments.ict.queries.devices.lists import software
from kantoor.departments.ict.queries.devices.register import devices
from kantoor.departments.ict.tests.devices.desk import Desk, begin, laptop, report, the
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


def test_programs_are_counted_by_device_and_found_on_them(desk: Desk) -> None:
    def programs(*named: str) -> list[dict[str, str]]:
        pairs = [each.split(" ") for each in named]
        return [{"name": name, "publisher": "P", "version": version} for name, version in pairs]

    def counted() -> dict[str, int]:
        return {row.name: row.installed for row in software(desk.iris).rows}

    first, second = (laptop(f"lap-{n}-2026-01-01-00-00-00", serial=f"PF{n}BBBBB") for n in (1, 2))
    first["content"]["softwares"] = programs("gimp 2", "gimp 3", "vim 9")
    second["content"]["softwares"] = programs("gimp 3", "log4j 2")
    report(desk.anne, first, second)
    assert counted() == {"gimp": 2, "vim": 1, "log4j": 1}
    assert [row.number for row in devices(desk.iris, software="log4j").rows] == ["D-000002"]
    assert devices(desk.iris, software="gimp").count == 2
    assert not devices(desk.iris, software="gim").rows

    # One of two versions goes, a version makes way for another, and a program goes.
    first["content"]["softwares"] = programs("gimp 3", "vim 10")
    second["content"]["softwares"] = programs("gimp 4")
    report(desk.anne, first, second)
    assert counted() == {"gimp": 2, "vim": 1, "log4j": 0}
    merge_devices(desk.iris, device="D-000001", gone="D-000002")
    assert counted()["gimp"] == devices(desk.iris, software="gimp").count == 1
    assert not list(software_counts())
    undo_merge(desk.iris, device="D-000002")
    assert counted()["gimp"] == 2
    assert not list(software_counts())
    SoftwareCount.objects.filter(title__name="vim").update(devices=4)
    assert [fault.what for fault in software_counts()] == ["is 4, and on 1 devices it is"]
