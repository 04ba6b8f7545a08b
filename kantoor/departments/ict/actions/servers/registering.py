"""Servers: made known and changed, with the services that they carry."""

import re
from collections.abc import Iterable, Sequence
from ipaddress import ip_address

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.finding import colleagues_by_sign_in, services_by_code
from kantoor.departments.ict.actions.devices.finding import devices_by_number
from kantoor.departments.ict.actions.servers.letting_go import let_servers_go
from kantoor.departments.ict.drafts_servers import ServerChange, ServerDraft
from kantoor.departments.ict.errors import KnownAlready
from kantoor.departments.ict.errors_servers import UnknownServer
from kantoor.departments.ict.models import Server, ServerService
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

MANAGE = "ict.manage_servers"
LENGTHS = {"code": 60, "name": 200, "address": 253, "note": 20_000}
_CODE = re.compile(r"[a-z0-9][a-z0-9._-]*")
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?")


@action(permission=MANAGE, title=_("Add servers"), bulk_of="ict.add_server")
def add_servers(actor: Actor, /, *, servers: Sequence[ServerDraft]) -> list[str]:
    """Make servers known, all or none; gives their codes.

    Raises KnownAlready, UnknownPerson, UnknownService, UnknownDevice or InvalidInput.
    """
    if not servers:
        return []
    checked = [_checked(each, place) for place, each in enumerate(servers, 1)]
    _refuse_known(actor, [each.code for each in checked])
    owners = colleagues_by_sign_in(actor, [each.owner for each in servers], field="owner")
    services = services_by_code(actor, [code for each in servers for code in each.services])
    devices = _devices(actor, [each.device for each in servers])
    now = timezone.now()
    rows = Server.objects.bulk_create(
        Server(
            company_id=actor.company_id,
            code=each.code,
            name=each.name,
            address=each.address,
            environment=each.environment,
            criticality=each.criticality,
            owner_id=owners.get(each.owner),
            device_id=devices.get(each.device),
            note=each.note,
            created_at=now,
        )
        for each in checked
    )
    ServerService.objects.bulk_create(
        ServerService(server=row, service_id=services[code])
        for row, each in zip(rows, servers, strict=True)
        for code in dict.fromkeys(filter(None, each.services))
    )
    if len(rows) == 1:
        concerns(f"ict.server/{rows[0].pk}")
    return [row.code for row in rows]


@action(permission=MANAGE, title=_("Add a server"))
def add_server(actor: Actor, /, *, server: ServerDraft) -> str:
    """Make one server known; gives its code."""
    return add_servers(actor, servers=[server])[0]


@action(permission=MANAGE, title=_("Change servers"), bulk_of="ict.change_server")
def change_servers(actor: Actor, /, *, changes: Sequence[ServerChange]) -> None:
    """Change servers, all or none. One that is no longer `active` is not checked any more.

    Raises UnknownServer, UnknownPerson, UnknownService, UnknownDevice or InvalidInput.
    """
    if not changes:
        return
    found = servers_by_code(actor, [each.code for each in changes])
    owners = colleagues_by_sign_in(actor, [each.owner or "" for each in changes], field="owner")
    codes = [code for each in changes for code in each.services or ()]
    services = services_by_code(actor, codes)
    devices = _devices(actor, [each.device or "" for each in changes])
    for place, each in enumerate(changes, 1):
        _change(found[_plain(each.code)], each, owners, place)
        if each.device is not None:
            found[_plain(each.code)].device_id = devices.get(each.device)
    Server.objects.bulk_update(
        found.values(),
        ["name", "address", "environment", "criticality", "owner", "device", "note", "active"],
    )
    _carry(
        {
            found[_plain(each.code)].pk: {services[code] for code in each.services if code}
            for each in changes
            if each.services is not None
        }
    )
    let_servers_go(actor, list(found.values()))
    if len(found) == 1:
        concerns(f"ict.server/{next(iter(found.values())).pk}")


@action(permission=MANAGE, title=_("Change a server"))
def change_server(actor: Actor, /, *, change: ServerChange) -> None:
    """Change one server."""
    change_servers(actor, changes=[change])


def servers_by_code(actor: Actor, codes: Iterable[str], field: str = "code") -> dict[str, Server]:
    """Servers by code, locked until the action ends; raises UnknownServer with the first place."""
    listed = [_plain(code) for code in codes]
    rows = scoped(actor, Server).select_for_update().order_by("pk")
    found = {row.code: row for row in rows.filter(code__in=set(listed))}
    for place, code in enumerate(listed, 1):
        if code not in found:
            message = _("There is no server “{code}”.").format(code=code[:60])
            raise UnknownServer(message, field=field, line=place)
    return found


def _change(server: Server, change: ServerChange, owners: dict[str, int], place: int) -> None:
    for name in ("name", "address", "environment", "criticality", "note", "active"):
        if (value := getattr(change, name)) is not None:
            setattr(server, name, value)
    if change.owner is not None:
        server.owner_id = owners.get(change.owner)
    server.address = _plain(server.address)
    _check_values(server.code, server.name, server.address, server.note, place)
    _check_criticality(server.criticality, place)


def _devices(actor: Actor, numbers: Sequence[str]) -> dict[str, int]:
    """The keys of these devices; empty ones are left out. Raises UnknownDevice."""
    wanted = [number for number in numbers if number.strip()]
    found = devices_by_number(actor, wanted, field="device")
    return {number: device.pk for number, device in zip(wanted, found, strict=True)}


def _carry(wanted: dict[int, set[int]]) -> None:
    """Let servers carry these services and no others."""
    rows = ServerService.objects.filter(server__in=wanted)
    now: dict[int, set[int]] = {server: set() for server in wanted}
    gone = []
    for row in rows.select_for_update().order_by("pk"):
        now[row.server_id].add(row.service_id)
        if row.service_id not in wanted[row.server_id]:
            gone.append(row.pk)
    if gone:
        ServerService.objects.filter(pk__in=gone).delete()
    ServerService.objects.bulk_create(
        ServerService(server_id=server, service_id=service)
        for server, services in wanted.items()
        for service in sorted(services - now[server])
    )


def _checked(draft: ServerDraft, place: int) -> ServerDraft:
    code, address = _plain(draft.code), _plain(draft.address)
    name = draft.name.strip() or draft.code.strip()
    if not _CODE.fullmatch(code):
        said = _("A server's code has letters, digits, dots and dashes, such as web-01.")
        raise InvalidInput(said, field="code", line=place)
    _check_values(code, name, address, draft.note, place)
    _check_criticality(draft.criticality, place)
    return ServerDraft(
        code=code,
        name=name,
        address=address,
        environment=draft.environment,
        criticality=draft.criticality,
        owner=draft.owner,
        services=draft.services,
        device=draft.device,
        note=draft.note,
    )


def _check_values(code: str, name: str, address: str, note: str, place: int) -> None:
    given = {"code": code, "name": name, "address": address, "note": note}
    for field, value in given.items():
        if len(value) > LENGTHS[field]:
            said = _("This is longer than {most} characters.").format(most=LENGTHS[field])
            raise InvalidInput(said, field=field, line=place)
    if not name.strip():
        raise InvalidInput(_("A server needs a name."), field="name", line=place)
    if address and not is_host(address):
        message = _("Give a host name or an IP address, such as web-01.example or 10.0.0.5.")
        raise InvalidInput(message, field="address", line=place)


def is_host(text: str) -> bool:
    """Whether a text is a host name or an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return len(text) <= 253 and _HOST.fullmatch(text.lower()) is not None
    return True


def _check_criticality(value: int, place: int) -> None:
    if not 1 <= value <= 4:
        message = _("Choose from 1 (nothing works without it) to 4.")
        raise InvalidInput(message, field="criticality", line=place)


def _plain(text: str) -> str:
    return text.strip().lower()


def _refuse_known(actor: Actor, codes: Sequence[str]) -> None:
    known = set(scoped(actor, Server).filter(code__in=codes).values_list("code", flat=True))
    for place, code in enumerate(codes, 1):
        if code in known:
            message = _("There is a server {code} already.").format(code=code)
            raise KnownAlready(message, field="code", line=place)
        known.add(code)
