"""What devices, their kinds and states are called, and where their pages are."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.life import STATE_WORDS
from kantoor.kernel.pages.columns import States
from kantoor.kernel.ui.cells import Tone

KINDS: Mapping[str, Any] = {
    "computer": _("Computer"),
    "phone": _("Phone"),
    "network": _("Network device"),
    "printer": _("Printer"),
    "storage": _("Storage"),
    "server": _("Server"),
    "peripheral": _("Peripheral"),
    "sim": _("SIM or number"),
    "power": _("Power supply"),
    "unknown": _("Unknown"),
}
_TONES: Mapping[str, Tone] = {
    "found": "wait", "ordered": "wait", "stock": "info", "issued": "good", "repair": "bad",
    "returned": "wait", "wiped": "info", "disposed": "quiet",
}  # fmt: skip
STATES: States = {state: (word, _TONES[state]) for state, word in STATE_WORDS.items()}
REASONS: Mapping[str, Any] = {
    "other_agent": _("Another agent reports this device already"),
    "two_machines": _("One name, but another machine"),
    "several": _("It is known as several devices"),
}
SOURCES: Mapping[str, Any] = {
    "person": _("a person"),
    "agent": _("the device itself"),
    "invoice": _("the invoice"),
}
PARTS: Mapping[str, Any] = {
    "cpu": _("Processor"), "memory": _("Memory"), "disk": _("Disk"), "volume": _("Volume"),
    "network": _("Network interface"), "port": _("Port"), "battery": _("Battery"),
    "monitor": _("Screen"), "printer": _("Printer"), "vm": _("Virtual machine"),
    "database": _("Database"), "video": _("Graphics"), "sound": _("Sound"), "usb": _("USB device"),
    "input": _("Keyboard or mouse"), "controller": _("Controller"), "firmware": _("Firmware"),
    "modem": _("Modem"), "sim": _("SIM card"), "camera": _("Camera"), "sensor": _("Sensor"),
    "power": _("Power supply"), "antivirus": _("Virus scanner"), "component": _("Component"),
    "cartridge": _("Cartridge"), "counter": _("Page counter"),
    "physical_volume": _("Physical volume"), "volume_group": _("Volume group"),
    "logical_volume": _("Logical volume"),
}  # fmt: skip


def device_url(number: str) -> str:
    """The page of a device."""
    return f"/ict/devices/{quote(number)}" if number else ""


def handover_url(number: str) -> str:
    """The page of a handover sheet."""
    return f"/ict/handovers/{quote(number)}"


def stock_take_url(number: str) -> str:
    """The page of a stock-take."""
    return f"/ict/stock-takes/{quote(number)}"


def size_words(size: int | None, unit: str = "B") -> str:
    """A size in bytes as people say it: 512 GB. Rounded half up to a whole number of its unit."""
    if not size:
        return ""
    step = 0
    while size >= 10_000 and step < 4:
        size, step = (size + 500) // 1000, step + 1
    return f"{size} {('', 'k', 'M', 'G', 'T')[step]}{unit}"
