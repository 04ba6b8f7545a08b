"""The tables of devices: what there is, who has it, what is in it, and how it is known."""

from kantoor.departments.ict.models.devices.devices import Device, DeviceModel, DeviceSaid, Location
from kantoor.departments.ict.models.devices.handovers import (
    DeviceEvent,
    Handover,
    HandoverItem,
)
from kantoor.departments.ict.models.devices.identity import DeviceKey, DeviceMerge
from kantoor.departments.ict.models.devices.inventories import (
    DeviceSeen,
    InventoryConflict,
    InventoryContent,
    InventoryDoor,
    InventoryRaw,
    InventoryReport,
)
from kantoor.departments.ict.models.devices.parts import DevicePart
from kantoor.departments.ict.models.devices.software import (
    Installation,
    Licence,
    SoftwareCount,
    SoftwareTitle,
    SoftwareVersion,
)
from kantoor.departments.ict.models.devices.stock import (
    Consumable,
    Dependency,
    StockMove,
    StockTake,
    StockTakeScan,
)

__all__ = [
    "Consumable",
    "Dependency",
    "Device",
    "DeviceEvent",
    "DeviceKey",
    "DeviceMerge",
    "DeviceModel",
    "DevicePart",
    "DeviceSaid",
    "DeviceSeen",
    "Handover",
    "HandoverItem",
    "Installation",
    "InventoryConflict",
    "InventoryContent",
    "InventoryDoor",
    "InventoryRaw",
    "InventoryReport",
    "Licence",
    "Location",
    "SoftwareCount",
    "SoftwareTitle",
    "SoftwareVersion",
    "StockMove",
    "StockTake",
    "StockTakeScan",
]
