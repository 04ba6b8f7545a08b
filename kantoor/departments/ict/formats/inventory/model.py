"""What an inventory says of a device, in one form whatever it came in."""

from typing import Any, NamedTuple

import msgspec

Content = dict[str, Any]


class Part(NamedTuple):
    """A part of a device, or something that it carries.

    `kind` is cpu, memory, disk, volume, network, port, battery, monitor, vm, database and so on.
    `address` is where it is: a MAC address, a mount point, a slot. `detail` says what is left to
    say, such as a file system or an IP address. `size` and `free` are bytes, but a battery's size
    is mWh; `speed` is Hz, and bits a second for networks and ports; `amount` is cores, pages or a
    level in percent. None is what the agent did not say, or what made no sense.
    """

    kind: str
    name: str = ""
    maker: str = ""
    model: str = ""
    serial: str = ""
    address: str = ""
    version: str = ""
    detail: str = ""
    size: int | None = None
    free: int | None = None
    speed: int | None = None
    amount: int | None = None

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What makes it the same part the next time."""
        return (self.kind, self.name, self.serial, self.address)


class Program(NamedTuple):
    """A program that is installed."""

    name: str
    publisher: str
    version: str


class Reading(msgspec.Struct, kw_only=True):
    """What is known of one device after reading an inventory.

    `agent` is the name that its agent gives itself; empty where another machine asked it over the
    network. `parts` holds only the kinds that were reported: of the others nothing was said.
    `programs` is None where nothing was said of software.
    """

    agent: str = ""
    kind: str = "computer"
    partial: bool = False
    name: str = ""
    maker: str = ""
    model: str = ""
    serial: str = ""
    uuid: str = ""
    imei: str = ""
    host: str = ""
    system: str = ""
    system_version: str = ""
    macs: tuple[str, ...] = ()
    parts: dict[str, list[Part]] = {}
    programs: list[Program] | None = None
    remarks: list[str] = []

    @property
    def title(self) -> str:
        """How to name it to people before it has a number."""
        known = (self.name, self.agent, self.serial, f"{self.maker} {self.model}".strip())
        return next((each for each in known if each), self.host)
