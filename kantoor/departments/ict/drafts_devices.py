"""What is said of devices when they are registered, changed, handed out or taken in by inventory."""

from datetime import date
from typing import Literal

import msgspec

DeviceKind = Literal[
    "computer", "phone", "network", "printer", "storage", "server", "peripheral", "sim", "power",
    "unknown",
]  # fmt: skip


class DeviceDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A device to be registered; `price` is in minor units of the company's currency.

    `state` is ordered or stock; `location` and `supplier` are codes.
    """

    kind: DeviceKind
    name: str = ""
    maker: str = ""
    model: str = ""
    serial: str = ""
    state: Literal["ordered", "stock"] = "stock"
    phone_number: str = ""
    location: str = ""
    supplier: str = ""
    invoice: str = ""
    purchased_on: date | None = None
    price: int | None = None
    asset: str = ""
    warranty_until: date | None = None
    contract: str = ""
    contract_until: date | None = None
    remark: str = ""


class HandedItem(msgspec.Struct, frozen=True, kw_only=True):
    """A device on a handover sheet, and what was seen of it."""

    device: str
    condition: str = ""


class IncomingInventory(msgspec.Struct, frozen=True, kw_only=True):
    """An inventory as it came: the bytes of a request or file; `address` is from where."""

    name: str
    content: bytes
    address: str = ""


class InventoryError(msgspec.Struct, frozen=True, kw_only=True):
    """Why an inventory was not taken."""

    rule: str
    message: str


class InventoryTaken(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one inventory.

    `what` is the agent's word for it; `verdict` new, changed, unchanged, held, ignored or refused
    (of several devices, the first that is not unchanged); `devices` their numbers.
    """

    file: str
    ok: bool
    what: str
    verdict: str
    devices: list[str] = []
    errors: list[InventoryError] = []
    remarks: list[str] = []


class InventoriesTaken(msgspec.Struct, frozen=True, kw_only=True):
    """What became of each inventory, and how many were taken and not."""

    files: list[InventoryTaken]
    ok: int
    failed: int
