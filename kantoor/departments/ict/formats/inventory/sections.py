"""Which sections of an inventory are which parts, and where each of their fields stands.

The names are those of the native schema (github.com/glpi-project/inventory_format) and of the
XML before it, where they differ.
"""

from typing import NamedTuple

from kantoor.departments.ict.formats.inventory.values import MEBI, MEGA

Names = tuple[str, ...]


class Section(NamedTuple):
    """How the rows of a section are read; `unit` turns its sizes into bytes, `hertz` its speeds."""

    kind: str
    name: Names = ("name", "caption", "description", "designation")
    maker: Names = ("manufacturer",)
    model: Names = ("model",)
    serial: Names = ("serial", "serialnumber")
    address: Names = ()
    version: Names = ("version",)
    detail: Names = ()
    size: Names = ()
    free: Names = ()
    speed: Names = ()
    amount: Names = ()
    unit: int = MEBI
    hertz: int = 1


SECTIONS: dict[str, Section] = {
    "cpus": Section("cpu", model=("familyname",), version=(), detail=("arch",), speed=("speed",),
                    amount=("core", "corecount"), hertz=MEGA),
    "memories": Section("memory", name=("caption", "description"), detail=("type",),
                        address=("numslots",), size=("capacity",), speed=("speed",), hertz=MEGA),
    "storages": Section("disk", version=("firmware", "firmwareversion"), detail=("interface", "type"),
                        size=("disksize",), unit=MEGA),
    "drives": Section("volume", name=("label", "volumn"), address=("type", "letter"),
                      detail=("filesystem",), size=("total",), free=("free",), version=()),
    "networks": Section("network", name=("description",), address=("mac", "macaddr"),
                        detail=("ipaddress", "ipaddress6"), speed=("speed",), version=(),
                        hertz=MEGA),
    "network_ports": Section("port", name=("ifname", "ifdescr"), address=("ifnumber",),
                             serial=("mac",), detail=("ifalias",), speed=("ifspeed",), version=()),
    "network_components": Section("component", address=("index",), detail=("type",),
                                  version=("firmware", "version")),
    "batteries": Section("battery", detail=("chemistry",), size=("capacity",), unit=1, version=()),
    "monitors": Section("monitor", version=()),
    "printers": Section("printer", model=("driver",), address=("port",), version=()),
    "videos": Section("video", model=("chipset",), size=("memory",), version=(),
                      address=("pcislot",)),
    "sounds": Section("sound", version=()),
    "controllers": Section("controller", address=("pcislot",), detail=("type",), version=("rev",)),
    "usbdevices": Section("usb", name=("caption", "name"), detail=("class",), version=()),
    "inputs": Section("input", detail=("interface",), version=()),
    "modems": Section("modem", detail=("type",)),
    "firmwares": Section("firmware", detail=("type",)),
    "simcards": Section("sim", name=("operator_name",), detail=("country",), version=()),
    "cameras": Section("camera"),
    "sensors": Section("sensor", detail=("type",)),
    "powersupplies": Section("power", size=(), detail=("status",)),
    "antivirus": Section("antivirus", maker=("company", "manufacturer")),
    "virtualmachines": Section("vm", model=("vmtype",), serial=("uuid",), detail=("subsystem",),
                               size=("memory",), amount=("vcpu",), version=()),
    "databases_services": Section("database", model=("type",), address=("port",), size=("size",)),
    "physical_volumes": Section("physical_volume", name=("device",), serial=("pv_uuid", "uuid"),
                                size=("size",), free=(), version=("format",), unit=MEBI),
    "volume_groups": Section("volume_group", name=("vg_name",), serial=("vg_uuid", "uuid"),
                             size=("size",), version=()),
    "logical_volumes": Section("logical_volume", name=("lv_name",), serial=("lv_uuid", "uuid"),
                               size=("size",), version=()),
}  # fmt: skip
INNER = {"ports": ("network_ports", "port"), "components": ("network_components", "component")}
"""What the XML of network devices calls them, and the element of each row in them."""
LEVELS = {"cartridges": "cartridge", "pagecounters": "counter"}
"""Sections that are one set of names with their number."""
STEP = 20
"""Free space is kept in steps of a twentieth of the volume: who watches a disk has a check for it."""
