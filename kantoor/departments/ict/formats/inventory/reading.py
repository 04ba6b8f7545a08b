"""From a message to what is known of each device in it."""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from kantoor.departments.ict.formats.inventory.messages import Message
from kantoor.departments.ict.formats.inventory.model import Content, Part, Program, Reading
from kantoor.departments.ict.formats.inventory.sections import (
    INNER,
    LEVELS,
    SECTIONS,
    STEP,
    Section,
)
from kantoor.departments.ict.formats.inventory.values import (
    is_local,
    is_own,
    line,
    mac,
    megabytes,
    said,
    whole,
    wrong,
)

MOST_ROWS = 20_000
"""Rows of a section that are read."""
MOST_DEVICES = 1_000
KINDS = {
    "computer": "computer", "phone": "phone", "printer": "printer", "networkequipment": "network",
    "networking": "network", "storage": "storage", "power": "power", "video": "peripheral",
    "monitor": "peripheral", "peripheral": "peripheral", "unmanaged": "unknown", "kvm": "peripheral",
}  # fmt: skip


def readings(message: Message) -> list[Reading]:
    """The devices of a message: one, or those that an agent asked over the network."""
    content = message.content
    asked = content.get("device")
    if asked is not None:
        return [_asked(message, each) for each in _rows(asked)[:MOST_DEVICES]]
    if isinstance(content.get("network_device"), dict):
        return [_asked(message, {**content, "info": content["network_device"]})]
    return [_own(message)]


def digest_of(reading: Reading) -> str:
    """What the reading says, in 32 hex digits: the same again changes nothing."""
    return hashlib.sha256(msgspec.json.encode(reading)).hexdigest()[:32]


def _own(message: Message) -> Reading:
    """A device whose own agent reports."""
    content = message.content
    bios, hardware = _one(content, "bios"), _one(content, "hardware")
    system = _one(content, "operatingsystem")
    found = Reading(agent=message.agent, partial=message.partial, remarks=_began(message))
    found.name = line(hardware.get("name"))
    found.host = found.name
    found.maker = said(bios.get("smanufacturer")) or said(bios.get("mmanufacturer"))
    found.model = said(bios.get("smodel")) or said(bios.get("mmodel"))
    found.serial = said(bios.get("ssn")) or said(bios.get("msn"))
    found.uuid = said(hardware.get("uuid"))
    found.imei = said(hardware.get("imei")) or said(bios.get("imei"))
    found.system = line(system.get("full_name")) or line(hardware.get("osname")) or line(system.get("name"))  # fmt: skip
    found.system_version = line(system.get("version")) or line(hardware.get("osversion"))
    found.kind = _kind(message.itemtype, found.system)
    found.parts = _parts(content, found.remarks)
    found.programs = _programs(content, found.remarks)
    found.macs = tuple(_macs(content))
    return found


def _asked(message: Message, device: Content) -> Reading:
    """A device that another machine asked over the network; its agent's name is not its own."""
    info = _one(device, "info") or device
    content = dict(device)
    for name, (section, element) in INNER.items():
        inner = content.pop(name, None)
        if inner is not None and name != section:
            rows = [row for each in _rows(inner) for row in _rows(each.get(element))]
            content[section] = rows or _rows(inner)
    found = Reading(partial=message.partial, remarks=_began(message))
    firmware = next(iter(_rows(device.get("firmwares"))), {})
    found.name = line(info.get("name")) or line(info.get("snmphostname")) or line(info.get("dnshostname"))  # fmt: skip
    found.maker = said(info.get("manufacturer")) or said(firmware.get("manufacturer"))
    found.model = said(info.get("model")) or said(firmware.get("name"))
    found.serial = said(info.get("serial"))
    found.uuid = said(info.get("uuid"))
    found.kind = KINDS.get(line(info.get("type") or message.itemtype).lower(), "network")
    found.host = line(info.get("ip")) or next(iter(_addresses(info)), "") or found.name
    found.system_version = line(info.get("firmware"))
    found.parts = _parts(content, found.remarks)
    address = mac(info.get("mac"))
    if not is_own(address):
        # A switch has hundreds: the lowest is as good as any, and stays the same.
        ports = sorted(mac(row.get("mac")) for row in _rows(content.get("network_ports")))
        address = next((each for each in ports if is_own(each)), "")
    found.macs = (address,) if address else ()
    return found


def _began(message: Message) -> list[str]:
    return ["inventory.mended"] if message.mended else []


def _kind(itemtype: str, system: str) -> str:
    words = system.lower()
    if "android" in words or words.startswith(("ios", "iphone", "ipados")):
        return "phone"
    return KINDS.get(itemtype.lower(), "computer")


def _addresses(info: Content) -> list[str]:
    ips = info.get("ips")
    if isinstance(ips, dict):
        ips = ips.get("ip")
    listed = ips if isinstance(ips, list) else [ips]
    return [text for each in listed if (text := line(each)) and not text.startswith("127.")]


def _macs(content: Content) -> Iterator[str]:
    """The addresses that are the device's own: of real interfaces, not of bridges and tunnels."""
    seen: set[str] = set()
    for row in _rows(content.get("networks")):
        virtual = str(row.get("virtualdev", "")).lower()
        address = mac(row.get("mac")) or mac(row.get("macaddr"))
        if not is_own(address) or virtual in ("1", "true", "yes") or address in seen:
            continue
        if is_local(address) and virtual not in ("0", "false", "no"):
            continue
        seen.add(address)
        yield address


def _parts(content: Content, remarks: list[str]) -> dict[str, list[Part]]:
    parts: dict[str, list[Part]] = {}
    for name, section in SECTIONS.items():
        if name in content:
            rows = _some(content[name], name, remarks)
            parts[section.kind] = [_part(section, row, name, remarks) for row in rows]
    for name, kind in LEVELS.items():
        if name in content:
            pairs = {key: value for row in _rows(content[name]) for key, value in row.items()}
            parts[kind] = [
                Part(kind, line(key), detail=line(value), amount=whole(value))
                for key, value in sorted(pairs.items())
                if not isinstance(value, (dict, list))
            ]
    return parts


def _part(section: Section, row: Content, name: str, remarks: list[str]) -> Part:
    size, free = _bytes(section, row, section.size), _bytes(section, row, section.free)
    if size is not None and free is not None:
        free = min(free, size)
        step = max(size // STEP, 1)
        free = free // step * step
    for field in (*section.size, *section.free):
        if wrong(row.get(field)) and (remark := f"{name}.{field}") not in remarks:
            remarks.append(remark)
    speed = whole(_first(row, section.speed))
    address = line(_first(row, section.address))
    if section.kind == "network":
        address = mac(address)
    return Part(
        section.kind,
        name=line(_first(row, section.name)),
        maker=said(_first(row, section.maker)),
        model=said(_first(row, section.model)),
        serial=said(_first(row, section.serial)),
        address=address,
        version=line(_first(row, section.version)),
        detail=line(_first(row, section.detail)),
        size=size,
        free=free,
        speed=speed * section.hertz if speed else None,
        amount=whole(_first(row, section.amount)),
    )


def _bytes(section: Section, row: Content, names: tuple[str, ...]) -> int | None:
    return megabytes(_first(row, names), section.unit) if names else None


def _first(row: Content, names: tuple[str, ...]) -> Any:
    """The first of these fields that says anything."""
    for name in names:
        value = row.get(name)
        if value not in (None, "", [], {}):
            return value[0] if isinstance(value, list) else value
    return None


def _programs(content: Content, remarks: list[str]) -> list[Program] | None:
    if "softwares" not in content:
        return None
    found = set()
    for row in _some(content["softwares"], "softwares", remarks):
        if name := line(row.get("name")) or line(row.get("guid")):
            found.add((name, line(row.get("publisher"), 120), line(row.get("version"), 120)))
    return [Program._make(each) for each in sorted(found)]


def _some(value: Any, name: str, remarks: list[str]) -> list[Content]:
    rows = _rows(value)
    if len(rows) > MOST_ROWS:
        remarks.append(f"{name}.cut")
    return rows[:MOST_ROWS]


def _rows(value: Any) -> list[Content]:
    """The rows of a section, whether there is one, a list of them, or nonsense."""
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if isinstance(each, dict)]


def _one(content: Content, name: str) -> Content:
    return next(iter(_rows(content.get(name))), {})
