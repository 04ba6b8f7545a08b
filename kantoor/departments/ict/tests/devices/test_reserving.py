"""Devices are kept for who comes: nobody else gets them, and they are free again when let go."""

import pytest

from kantoor.departments.ict.actions.devices.life import (
    dispose_of_devices,
    hand_out,
    repair_devices,
    stock_devices,
)
from kantoor.departments.ict.actions.devices.registering import register_device
from kantoor.departments.ict.actions.devices.reserving import (
    hand_out_reserved,
    release_devices,
    release_reserved,
    reserve_devices,
    reserve_from_stock,
    take_back_all,
)
from kantoor.departments.ict.drafts_devices import DeviceDraft, DeviceKind, HandedItem
from kantoor.departments.ict.errors_devices import NoneInStock, UnknownThing, WrongState
from kantoor.departments.ict.models import Handover
from kantoor.departments.ict.queries.accounts.holding import held_by
from kantoor.departments.ict.queries.devices.card import device as device_card
from kantoor.departments.ict.tests.devices.desk import Desk, begin, the
from kantoor.departments.ict.tests.devices.people import employees
from kantoor.kernel.record.verify.system import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    office = begin()
    employees(office.anne)
    return office


def stocked(desk: Desk, serial: str, kind: DeviceKind = "computer") -> str:
    return register_device(desk.iris, device=DeviceDraft(kind=kind, serial=serial))


def test_what_is_kept_for_somebody_goes_to_nobody_else(desk: Desk) -> None:
    device = stocked(desk, "S1")
    assert reserve_devices(desk.iris, party="E1", devices=[device]) == 1
    assert device_card(desk.iris, number=device).kept_for == "E1"
    with pytest.raises(WrongState, match="Noor"):
        hand_out(desk.iris, party="E2", items=[HandedItem(device=device)])
    with pytest.raises(WrongState):
        reserve_devices(desk.iris, party="E2", devices=[device])
    assert held_by(desk.iris, employee="E1").reserved == [device]

    sheet = hand_out_reserved(desk.iris, party="E1")
    assert (sheet, the(device).holder_id) == ("H-000001", the(device).holder_id)
    assert the(device).reserved_for is None
    assert held_by(desk.iris, employee="E1").devices == [device]
    assert verify().ok


def test_all_that_is_kept_goes_out_on_one_sheet_and_comes_back_on_one(desk: Desk) -> None:
    devices = [stocked(desk, "S1"), stocked(desk, "P1", "phone")]
    reserve_devices(desk.iris, party="E1", devices=devices)
    hand_out_reserved(desk.iris, party="E1", condition="complete")
    back = take_back_all(desk.iris, party="E1")
    counts = [sheet.items.count() for sheet in Handover.objects.order_by("number")]
    assert (counts, back) == ([2, 2], "H-000002")
    for act in (hand_out_reserved, take_back_all):
        with pytest.raises(WrongState):
            act(desk.iris, party="E1")


def test_the_device_longest_in_stock_is_kept_and_none_twice(desk: Desk) -> None:
    first, second = stocked(desk, "S1"), stocked(desk, "S2")
    repair = stocked(desk, "S3")
    repair_devices(desk.iris, devices=[repair])
    assert reserve_from_stock(desk.iris, party="E1", kind="computer") == first
    assert reserve_from_stock(desk.iris, party="E2", kind="computer") == second
    with pytest.raises(NoneInStock):
        reserve_from_stock(desk.iris, party="E1", kind="computer")
    with pytest.raises(NoneInStock):
        reserve_from_stock(desk.iris, party="E1", kind="phone")


def test_what_is_let_go_is_anybodys(desk: Desk) -> None:
    devices = [stocked(desk, "S1"), stocked(desk, "S2"), stocked(desk, "S3")]
    reserve_devices(desk.iris, party="E1", devices=devices)
    assert release_devices(desk.iris, devices=devices[:1]) == 1
    assert release_reserved(desk.iris, party="E1") == 2
    assert release_reserved(desk.iris, party="E1") == 0
    hand_out(desk.iris, party="E2", items=[HandedItem(device=each) for each in devices])


def test_what_leaves_the_stock_otherwise_is_kept_for_nobody(desk: Desk) -> None:
    broken, gone = stocked(desk, "S1"), stocked(desk, "S2")
    reserve_devices(desk.iris, party="E1", devices=[broken, gone])
    repair_devices(desk.iris, devices=[broken])
    dispose_of_devices(desk.iris, devices=[gone], why="fell")
    assert held_by(desk.iris, employee="E1").reserved == []
    with pytest.raises(WrongState):
        reserve_devices(desk.iris, party="E1", devices=[gone])
    stock_devices(desk.iris, devices=[broken])
    with pytest.raises(UnknownThing):
        reserve_devices(desk.iris, party="E9", devices=[broken])
