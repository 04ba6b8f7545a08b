"""What people hand in to have servers known and watched."""

from collections.abc import Sequence
from typing import Literal

import msgspec

Environment = Literal["production", "acceptance", "test", "development"]
CheckKind = Literal["http", "tls", "tcp", "dns", "ping", "metrics"]


class ServerDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A server. `code` is its name in the house, `address` a host name or an IP address.

    `owner` signs in under that name, `services` are the codes of what it carries. `criticality`
    is 1 (the company stands still without it) to 4. `device` is the number of its hardware
    (`D-000012`).
    """

    code: str
    name: str = ""
    address: str = ""
    environment: Environment = "production"
    criticality: int = 3
    owner: str = ""
    services: Sequence[str] = ()
    device: str = ""
    note: str = ""


class ServerChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of the server with this code; what is not said stays as it is."""

    code: str
    name: str | None = None
    address: str | None = None
    environment: Environment | None = None
    criticality: int | None = None
    owner: str | None = None
    services: Sequence[str] | None = None
    device: str | None = None
    note: str | None = None
    active: bool | None = None


class CheckDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A check of a server (see models/servers/check.py for what `target` and `expect` are)."""

    server: str
    name: str
    kind: CheckKind
    target: str = ""
    expect: str = ""
    limit: int | None = None
    every_s: int = 60
    timeout_s: int = 10
    fails: int = 3
    passes: int = 2


class CheckAltered(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of a check; what is not said stays as it is."""

    server: str
    name: str
    target: str | None = None
    expect: str | None = None
    limit: int | None = None
    every_s: int | None = None
    timeout_s: int | None = None
    fails: int | None = None
    passes: int | None = None
    active: bool | None = None
