"""The office of these tests: a company, its ICT people, and machines that report themselves."""

from dataclasses import dataclass
from typing import Any

import msgspec

from kantoor.departments.ict.actions.devices.inventories import take_inventories
from kantoor.departments.ict.drafts_devices import (
    IncomingInventory,
    InventoriesTaken,
    InventoryTaken,
)
from kantoor.departments.ict.models import Device, DevicePart, Installation
from kantoor.kernel.actors.actor import Actor
from tests.founded import House, found


@dataclass
class Desk:
    """Anne may do everything; Iris runs ICT; the agents report."""

    house: House
    anne: Actor
    iris: Actor


def begin(name: str = "Bakker BV") -> Desk:
    """A company with an ICT manager."""
    house = found(name)
    return Desk(house, house.administrator, house.person("iris", "ict_manager"))


def laptop(
    agent: str = "lap-1-2026-01-01-00-00-00", /, *, serial: str = "PF1ABCDE", **sections: Any
) -> dict[str, Any]:
    """An inventory of a laptop in the native form; sections replace or add."""
    content: dict[str, Any] = {
        "versionclient": "GLPI-Agent_v1.17",
        "bios": {"smanufacturer": "LENOVO", "smodel": "T14", "ssn": serial},
        "hardware": {"name": agent.split("-2026")[0], "uuid": f"uuid-of-{serial.lower()}-0001"},
        "operatingsystem": {"full_name": "Debian GNU/Linux 13", "version": "13"},
        "memories": [
            {"caption": "DIMM 0", "capacity": 8192},
            {"caption": "DIMM 1", "capacity": 8192},
        ],
        "softwares": [
            {"name": "firefox", "publisher": "Mozilla", "version": "140.1"},
            {"name": "libreoffice", "publisher": "TDF", "version": "25.2"},
        ],
    }
    content |= sections
    return {"deviceid": agent, "action": "inventory", "content": content}


def packed(inventory: dict[str, Any]) -> bytes:
    """The inventory as a body."""
    return msgspec.json.encode(inventory)


def report(actor: Actor, *inventories: dict[str, Any] | bytes) -> InventoriesTaken:
    """Report inventories."""
    return take_inventories(
        actor,
        inventories=[
            IncomingInventory(name=f"{n}.json", content=x if isinstance(x, bytes) else packed(x))
            for n, x in enumerate(inventories)
        ],
    )


def one(actor: Actor, inventory: dict[str, Any] | bytes) -> InventoryTaken:
    """Report one inventory, and what became of it."""
    return report(actor, inventory).files[0]


def parts(device: str, kind: str = "") -> list[str]:
    """The names of the parts of a device."""
    found = DevicePart.objects.filter(device__number=int(device[2:]))
    found = found.filter(kind=kind) if kind else found
    return list(found.order_by("kind", "pk").values_list("name", flat=True))


def programs(device: str) -> list[str]:
    """The names of the programs on a device."""
    found = Installation.objects.filter(device__number=int(device[2:]))
    return sorted(found.values_list("version__title__name", flat=True))


def the(device: str) -> Device:
    """The row of a device."""
    return Device.objects.get(number=int(device[2:]))
