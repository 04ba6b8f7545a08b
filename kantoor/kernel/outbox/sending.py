"""Send one webhook over HTTP, and never to an address inside the house (SSRF).

The name is resolved here and the connection made to the very address that was checked, so that
a name can't point elsewhere a moment later. Redirects are not followed.
"""

import http.client
import os
import socket
import ssl
import threading
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

from kantoor import __version__
from kantoor.kernel.errors import DomainError

TIMEOUT_S = 15.0
"""For one step: connecting, or hearing anything more."""
AT_MOST_S = 25.0
"""For all of it, so that a receiver that drips its answer holds up nobody."""
READ_BYTES = 4096
_NAT64 = ip_network("64:ff9b::/96")


class AddressRefused(DomainError):
    """The address is none that Kantoor sends to."""

    code = "webhook.address"


class Answer(NamedTuple):
    """What the receiver said: its HTTP status and the beginning of its words."""

    status: int
    words: str


def private_allowed() -> bool:
    """Whether addresses inside the house are allowed (KANTOOR_WEBHOOKS_PRIVATE=1)."""
    return os.environ.get("KANTOOR_WEBHOOKS_PRIVATE", "") == "1"


def checked_url(url: str) -> SplitResult:
    """The parts of an address that may be sent to; raises AddressRefused."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused(_("This is no address of a web server."), field="url") from None
    schemes = ("https", "http") if private_allowed() else ("https",)
    if parts.scheme not in schemes or not parts.hostname or port == 0:
        raise AddressRefused(_("Give an address that begins with https://."), field="url")
    if parts.username or parts.password or parts.fragment:
        message = _("Leave names, passwords and # out of the address.")
        raise AddressRefused(message, field="url")
    return parts


def send(url: str, headers: dict[str, str], body: bytes) -> Answer:
    """POST the body; raises AddressRefused, OSError or http.client.HTTPException."""
    parts = checked_url(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = _connection(parts.scheme, host, port)
    end = threading.Timer(AT_MOST_S, _hang_up, [connection.sock])
    end.daemon = True
    end.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        all_headers = {
            "Content-Type": "application/json",
            "User-Agent": f"Kantoor/{__version__}",
            **headers,
        }
        connection.request("POST", target, body=body, headers=all_headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.read(READ_BYTES).decode(errors="replace"))
    finally:
        end.cancel()
        connection.close()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _connection(scheme: str, host: str, port: int) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)
    raw = _connect(host, port)
    try:
        if scheme == "https":
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    except OSError:
        raw.close()
        raise
    connection.sock = raw
    return connection


def _connect(host: str, port: int) -> socket.socket:
    """A connection to the first address of the host that answers, every one of them checked."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not private_allowed() and not all(map(is_public, addresses)):
        message = _("{host} is an address inside the house; webhooks go outside only.")
        raise AddressRefused(message.format(host=host), field="url")
    problem: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=TIMEOUT_S)
        except OSError as error:
            problem = error
    raise problem or OSError("no address")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet at large, however it is written."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is None and found in _NAT64:
            inner = IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return found.is_global and not found.is_multicast
