"""Devices are registered, handed out on a signed sheet, repaired, taken back, wiped, disposed of."""

from datetime import date

import pytest

from kantoor.departments.ict.actions.devices.life import (
    dispose_of_devices,
    hand_out,
    repair_devices,
    sign_handover,
    stock_devices,
    take_back,
    wipe_devices,
)
from kantoor.departments.ict.actions.devices.places import add_location, change_location
from kantoor.departments.ict.actions.devices.registering import (
    change_device,
    forget_said,
    move_devices,
    register_device,
    register_devices,
)
from kantoor.departments.ict.drafts_devices import DeviceDraft, HandedItem
from kantoor.departments.ict.errors_devices import (
    AlreadyDecided,
    KnownDevice,
    UnknownDevice,
    UnknownThing,
    WrongState,
)
from kantoor.departments.ict.models import DeviceEvent, Handover, Location
from kantoor.departments.ict.tests.devices.desk import Desk, begin, laptop, one, the
from kantoor.departments.ict.tests.devices.people import employees
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.files.models import File
from kantoor.kernel.parties.models import Party
from kantoor.kernel.record.erasing import erase_subject
from kantoor.kernel.record.verify.system import verify

pytestmark = pytest.mark.django_db
DRAFT = DeviceDraft(
    kind="computer", maker="Lenovo", model="T14", serial="PF1ABCDE", name="laptop of reception",
    price=129_900, purchased_on=date(2026, 3, 1), warranty_until=date(2029, 3, 1), state="ordered",
)  # fmt: skip


@pytest.fixture
def desk() -> Desk:
    office = begin()
    employees(office.anne)
    return office


def items(*devices: str) -> list[HandedItem]:
    return [HandedItem(device=each, condition="complete") for each in devices]


def states(device: str) -> list[str]:
    found = DeviceEvent.objects.filter(device=the(device)).order_by("pk")
    return list(found.values_list("state", flat=True))


def test_a_device_lives_from_order_to_disposal(desk: Desk) -> None:
    device = register_device(desk.iris, device=DRAFT)
    assert stock_devices(desk.iris, devices=[device], why="delivered") == 1
    sheet = hand_out(desk.iris, party="E1", items=items(device))
    assert sheet == "H-000001"
    assert the(device).holder == Party.objects.get(code="E1")
    with pytest.raises(WrongState):
        hand_out(desk.iris, party="E2", items=items(device))
    assert sign_handover(desk.iris, handover=sheet, how="screen", image=b"\x89PNG..") == sheet
    with pytest.raises(AlreadyDecided):
        sign_handover(desk.iris, handover=sheet, how="paper", image=b"%PDF..")

    repair_devices(desk.iris, devices=[device], why="screen broken")
    assert the(device).holder is not None, "it is still theirs"
    stock_devices(desk.iris, devices=[device])
    hand_out(desk.iris, party="E1", items=items(device))
    with pytest.raises(WrongState):
        take_back(desk.iris, party="E2", items=items(device))
    back = take_back(desk.iris, party="E1", items=items(device))
    assert the(device).holder is None
    wipe_devices(desk.iris, devices=[device])
    dispose_of_devices(desk.iris, devices=[device], why="sold to staff")
    with pytest.raises(WrongState):
        stock_devices(desk.iris, devices=[device])
    assert states(device) == [
        "ordered", "stock", "issued", "repair", "stock", "issued", "returned", "wiped", "disposed",
    ]  # fmt: skip
    assert Handover.objects.get(number=int(back[2:])).direction == "back"
    assert verify().ok


def test_one_sheet_has_all_or_nothing(desk: Desk) -> None:
    devices = register_devices(
        desk.iris, devices=[DeviceDraft(kind="phone", name=f"phone {n}") for n in range(3)]
    )
    hand_out(desk.iris, party="E1", items=items(*devices[:2]))
    with pytest.raises(WrongState):
        hand_out(desk.iris, party="E2", items=items(devices[2], devices[0]))
    assert the(devices[2]).holder is None
    with pytest.raises(InvalidInput):
        hand_out(desk.iris, party="E2", items=items(devices[2], devices[2]))
    with pytest.raises(UnknownThing):
        hand_out(desk.iris, party="E9", items=items(devices[2]))
    with pytest.raises(UnknownDevice):
        hand_out(desk.iris, party="E2", items=items("D-000099"))


def test_the_signature_is_erased_with_its_person(desk: Desk) -> None:
    device = register_device(desk.iris, device=DRAFT)
    stock_devices(desk.iris, devices=[device])
    sheet = hand_out(desk.iris, party="E1", items=items(device))
    sign_handover(desk.iris, handover=sheet, how="paper", image=b"%PDF..")
    assert File.objects.get().subject_id == Party.objects.get(code="E1").subject_id
    with pytest.raises(InvalidInput):
        sign_handover(
            desk.iris, handover=hand_out_again(desk, device), how="screen", image=b"<svg>"
        )
    assert callable(erase_subject)


def hand_out_again(desk: Desk, device: str) -> str:
    take_back(desk.iris, party="E1", items=items(device))
    return hand_out(desk.iris, party="E2", items=items(device))


def test_an_agent_finds_the_device_that_was_registered(desk: Desk) -> None:
    device = register_device(desk.iris, device=DRAFT)
    told = one(desk.anne, laptop())
    assert (told.verdict, told.devices) == ("changed", [device])
    row = the(device)
    assert (row.name, str(row.model), row.state) == ("laptop of reception", "Lenovo T14", "ordered")
    # What a person said wins, until the machine may say itself what it is.
    forget_said(desk.iris, device=device)
    assert (the(device).name, str(the(device).model)) == ("lap-1", "LENOVO T14")
    change_device(desk.iris, device=device, name="front desk", price=100_000)
    one(desk.anne, laptop(memories=[]))
    assert (the(device).name, the(device).price) == ("front desk", 100_000)


def test_what_an_invoice_says_loses_from_the_machine(desk: Desk) -> None:
    draft = DeviceDraft(kind="computer", model="ThinkPad", serial="PF1ABCDE", invoice="P2026-0001")
    device = register_device(desk.iris, device=draft)
    assert str(the(device).model) == "ThinkPad"
    one(desk.anne, laptop())
    assert str(the(device).model) == "LENOVO T14"


def test_a_serial_number_is_registered_once(desk: Desk) -> None:
    register_device(desk.iris, device=DRAFT)
    with pytest.raises(KnownDevice):
        register_device(desk.iris, device=DRAFT)
    with pytest.raises(InvalidInput):
        register_device(desk.iris, device=DeviceDraft(kind="computer"))


def test_places_lie_within_each_other(desk: Desk) -> None:
    add_location(desk.iris, code="AMS", name="Amsterdam")
    add_location(desk.iris, code="AMS1", name="First floor", within="AMS")
    change_location(desk.iris, code="AMS", name="Mokum")
    assert Location.objects.get(code="AMS1").path == "Mokum / First floor"
    device = register_device(desk.iris, device=DRAFT)
    assert move_devices(desk.iris, devices=[device], location="AMS1") == 1
    assert the(device).location == Location.objects.get(code="AMS1")
    with pytest.raises(KnownDevice):
        add_location(desk.iris, code="AMS", name="Again")
