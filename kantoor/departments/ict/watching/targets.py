"""Where a check may go, and the connection to the very address that was looked at.

Checks are set by who manages servers, and look inside the house by their nature. They never go to
addresses that only this machine or its cloud answers (loopback, link-local, the metadata of clouds,
in whatever form of IPv6): KANTOOR_CHECKS_LOCAL=1 allows loopback. Redirects are not followed, and of what comes back only whether it is as expected
is told, so that a check reads nothing for anybody.
"""

import os
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

from kantoor.departments.ict.errors_servers import TargetRefused

CLOUD = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8",  # this network; 0.0.0.0 is this machine
        "100.100.100.200/32",  # Alibaba
        "168.63.129.16/32",  # Azure
        "192.0.0.0/24",  # Oracle (192.0.0.192), and what else IETF keeps for machines
        "fd00:ec2::/32",  # Amazon
        "fd20:ce::/32",  # Google
    )
)
"""Where clouds tell a machine its secrets, beside 169.254.169.254, which is link-local."""
IPV4_WITHIN = ip_network("64:ff9b::/96"), ip_network("::/96")
"""Prefixes of IPv6 behind which an IPv4 address stands (NAT64, RFC 6052; RFC 4291, 2.5.5.1)."""
MOST_ADDRESSES = 4
"""Addresses of a host that are tried: each may take as long as a check may."""


def web_address(text: str, address: str) -> SplitResult:
    """The parts of an address of the web; raises TargetRefused.

    A path alone (`/health`), or nothing, is of the server's own address, by https.
    """
    if not text or text.startswith("/"):
        text = f"https://{_bracketed(address)}{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise TargetRefused(_("This is no address of a web server."), field="target") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise TargetRefused(
            _("Give an address that begins with http:// or https://."), field="target"
        )
    if parts.username or parts.password or any(c.isspace() or c < " " for c in text):
        message = _("Leave names, passwords and spaces out of the address.")
        raise TargetRefused(message, field="target")
    return parts


def host_and_port(text: str, address: str, port: int | None) -> tuple[str, int]:
    """A host and a port from `host:port`, `:port`, a port or nothing; raises TargetRefused."""
    host, _colon, number = text.rpartition(":")
    if text.isdigit():
        host, number = "", text
    if not number and not text:
        number = str(port or "")
    host = host.strip("[]") or address
    if not number.isdigit() or not 0 < int(number) < 65536 or not host:
        raise TargetRefused(_("Give a host and a port, such as db-01:5432."), field="target")
    return host, int(number)


def connect(host: str, port: int, timeout_s: float) -> socket.socket:
    """A connection to the first address of the host that answers.

    Raises TargetRefused for an address that no check goes to, OSError.
    """
    problem: OSError | None = None
    for address in addresses_of(host, port):
        try:
            return socket.create_connection((address, port), timeout=timeout_s)
        except OSError as error:
            problem = error
    raise problem or OSError("no address")


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses of a host, all of which a check may go to; raises TargetRefused, OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))[:MOST_ADDRESSES]
    for address in addresses:
        refuse_inner(address)
    return addresses


def refuse_inner(address: str) -> None:
    """Refuse an address that only this machine or its cloud answers; raises TargetRefused."""
    found = _meant(ip_address(address.partition("%")[0]))
    inner = found.is_link_local or found.is_multicast or found.is_unspecified
    if inner or any(found in each for each in CLOUD) or (found.is_loopback and not local_allowed()):
        message = _("{address} is an address that no check goes to.")
        raise TargetRefused(message.format(address=address), field="target")


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that one of IPv6 stands for, else itself."""
    if not isinstance(address, IPv6Address) or address.is_loopback or address.is_unspecified:
        return address
    within = any(address in each for each in IPV4_WITHIN)
    last = IPv4Address(int(address) & 0xFFFFFFFF) if within else None
    return address.ipv4_mapped or address.sixtofour or last or address


def local_allowed() -> bool:
    """Whether checks may ask this machine itself (KANTOOR_CHECKS_LOCAL=1)."""
    return os.environ.get("KANTOOR_CHECKS_LOCAL", "") == "1"


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address
