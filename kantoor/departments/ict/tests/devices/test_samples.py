"""The public collection of inventories (glpi-project/inventory_format): all of it is taken in."""

from pathlib import Path

import pytest

from kantoor.departments.ict.actions.devices.inventories import take_inventories, take_inventory
from kantoor.departments.ict.drafts_devices import IncomingInventory
from kantoor.departments.ict.models import Device, DevicePart, InventoryConflict, InventoryReport
from kantoor.departments.ict.tests.devices.desk import begin, parts, programs
from kantoor.kernel.record.verify.system import verify
from kantoor.kernel.tests.shared import shared_file

pytestmark = pytest.mark.django_db


def samples() -> list[Path]:
    folder = shared_file("inventory")
    found = [*folder.glob("*.json"), *folder.glob("*.xml")]
    # Whole ones first, then what is partial.
    return sorted(
        (each for each in found if "schema" not in each.name),
        key=lambda each: ("partial" in each.name, each.name),
    )


def incoming() -> list[IncomingInventory]:
    return [IncomingInventory(name=p.name, content=p.read_bytes()) for p in samples()]


def test_all_samples_are_taken_in_and_partial_ones_erase_nothing() -> None:
    desk = begin()
    told = take_inventories(desk.anne, inventories=incoming())

    assert [each.file for each in told.files if not each.ok] == []
    assert told.failed == 0
    by_file = {each.file: each for each in told.files}
    laptop = by_file["computer_1.json"].devices[0]
    assert by_file["computer_1_partial_cpu.json"].devices == [laptop]
    assert len(programs(laptop)) == 6
    assert len(parts(laptop, "memory")) == 2
    assert len(parts(laptop, "usb")) == 9
    host = by_file["computer_2.json"].devices[0]
    assert len(parts(host, "vm")) == 6
    assert parts(host, "database") == ["MariaDB", "PostgreSQL 13"]
    kinds = set(Device.objects.values_list("kind", flat=True))
    assert {"computer", "phone", "printer", "network", "storage"} <= kinds
    assert not InventoryConflict.objects.exists()
    assert DevicePart.objects.filter(kind="port").count() > 600
    assert verify().ok


def test_the_same_samples_again_change_nothing() -> None:
    desk = begin()
    take_inventories(desk.anne, inventories=incoming())
    before = (Device.objects.count(), DevicePart.objects.count(), InventoryReport.objects.count())
    again = take_inventories(desk.anne, inventories=incoming())
    assert {each.verdict for each in again.files} == {"unchanged"}
    after = (Device.objects.count(), DevicePart.objects.count(), InventoryReport.objects.count())
    assert after == before


@pytest.mark.parametrize("order", ["forwards", "backwards"])
def test_the_order_in_which_they_come_makes_no_difference(order: str) -> None:
    desk = begin()
    given = incoming()
    if order == "backwards":
        given.reverse()
    for each in given:
        take_inventories(desk.anne, inventories=[each])
    assert Device.objects.count() == 15


def test_a_file_is_taken_by_itself() -> None:
    desk = begin()
    [first, *_rest] = incoming()
    told = take_inventory(desk.anne, name=first.name, content=first.content)
    assert (told.ok, told.failed) == (1, 0)
