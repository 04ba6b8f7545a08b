"""By what a device is known again: its agent's name, serial number, UUID, IMEI, MAC addresses.

What makers leave in place of a number says nothing, and neither do addresses that are no
device's own. The kinds differ in what they are worth (see actions/devices/matching.py).
"""

import re
from typing import NamedTuple

from kantoor.departments.ict.formats.inventory.model import Reading
from kantoor.departments.ict.formats.inventory.values import JUNK

AGENT, SERIAL, UUID, IMEI, MAC, HOST = "agent", "serial", "uuid", "imei", "mac", "host"
STRONG = (SERIAL, UUID, IMEI)
"""Kinds that are burnt in: one device has one, and keeps it."""
KINDS = (AGENT, *STRONG, MAC, HOST)
LONGEST = 200
MOST_MACS = 32
_JUNK_UUIDS = {
    "03000200040005000006000700080009",
    "12345678123456789012123456789012",
    "123456781234567890abcddeefaabbcc",
    "4c4c454400002010802080c04f202020",
    "00020003000400050006000700080009",
}
"""Sold by the thousand in boards of one maker."""
_NO_HOSTS = {"localhost", "localhost.localdomain", "android", "iphone", "ubuntu", "debian", "raspberrypi"}  # fmt: skip


class Key(NamedTuple):
    """One thing by which a device is known."""

    kind: str
    value: str


def keys_of(reading: Reading) -> list[Key]:
    """What the reading can be known by, the best first."""
    found = [Key(AGENT, reading.agent[:LONGEST])] if reading.agent else []
    for kind, value in (
        (SERIAL, serial_key(reading.serial)),
        (UUID, uuid_key(reading.uuid)),
        (IMEI, serial_key(reading.imei)),
    ):
        if value:
            found.append(Key(kind, value))
    found += [Key(MAC, each) for each in reading.macs[:MOST_MACS]]
    host = reading.host.strip().lower()
    if host and host not in _NO_HOSTS:
        found.append(Key(HOST, host[:LONGEST]))
    return list(dict.fromkeys(found))


def serial_key(serial: str) -> str:
    """A serial number as it is compared; empty where it says nothing."""
    text = re.sub(r"\s+", "", serial).upper()
    plain = text.strip("-_./")
    if len(plain) < 4 or serial.strip().lower() in JUNK or len(set(plain)) == 1:
        return ""
    return text[:LONGEST]


def uuid_key(uuid: str) -> str:
    """A hardware UUID as it is compared; empty where it says nothing.

    Phones give shorter ones of their own.
    """
    text = re.sub(r"[^0-9a-z]", "", uuid.lower())
    if len(text) < 8 or len(set(text)) < 3 or text in _JUNK_UUIDS:
        return ""
    return text[:LONGEST]
