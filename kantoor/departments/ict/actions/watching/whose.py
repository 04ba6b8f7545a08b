"""Which server and which service labels are about, and whether somebody is working on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from kantoor.departments.ict.models import Maintenance, Server, ServerService, Service
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped

SERVER_LABELS = ("server", "host", "hostname", "nodename", "node", "instance", "target")
"""Labels that may name a server, the surest first; `instance` has a port behind it."""


@dataclass(frozen=True)
class Whose:
    """The servers and services that some labels can be about."""

    servers: Mapping[str, Server]
    services: Mapping[str, Service]
    carried: Mapping[int, str] = field(default_factory=dict)
    """The most important service that each server carries, by code."""
    worked_on: frozenset[int | None] = frozenset()
    by_key: Mapping[int, Server] = field(default_factory=dict)

    @classmethod
    def of(cls, actor: Actor, labels: Iterable[Mapping[str, str]]) -> "Whose":
        """Look up what these labels can be about; the statements do not grow with them."""
        listed = list(labels)
        names = {name for each in listed for name in _names(each)}
        servers = _servers(actor, names)
        codes = {each["service"] for each in listed if each.get("service")}
        found = scoped(actor, Service).filter(active=True, code__in=codes) if codes else ()
        by_key = {server.pk: server for server in servers.values()}
        return cls(
            servers,
            {service.code: service for service in found},
            carried_by(actor) if by_key else {},
            maintained(actor) if by_key else frozenset(),
            by_key,
        )

    def server_of(self, labels: Mapping[str, str]) -> int | None:
        """The server that labels name."""
        named = (self.servers.get(name) for name in _names(labels))
        found = next((server for server in named if server), None)
        return found.pk if found else None

    def service_of(self, labels: Mapping[str, str]) -> str:
        """The service that labels name, or that their server carries; a code, or empty."""
        if (code := labels.get("service", "")) in self.services:
            return code
        return self.carried.get(self.server_of(labels) or 0, "")

    def thing_of(self, labels: Mapping[str, str]) -> str:
        """The key of what is in trouble: a server before a service; empty for neither."""
        if server := self.server_of(labels):
            return f"server:{server}"
        service = self.services.get(labels.get("service", ""))
        return f"service:{service.pk}" if service else ""

    def is_worked_on(self, server: int | None) -> bool:
        """Whether maintenance of a server, or of all, goes on."""
        return server is not None and bool(self.worked_on & {server, None})

    def impact_of(self, server: int | None) -> int:
        """The impact, 1 (high) to 3, of a server in trouble."""
        found = self.by_key.get(server or 0)
        return impact_of(found.criticality) if found else 2


def impact_of(criticality: int) -> int:
    """The impact, 1 (high) to 3, of something this critical (1 to 4)."""
    return min(max(criticality, 1), 3)


def maintained(actor: Actor) -> frozenset[int | None]:
    """The servers that are worked on at this moment; None among them is all of them."""
    now = timezone.now()
    rows = scoped(actor, Maintenance).filter(begins_at__lte=now, ends_at__gt=now)
    return frozenset(rows.values_list("server_id", flat=True))


def carried_by(actor: Actor) -> dict[int, str]:
    """The most important service of each server that carries any, by code."""
    rows = ServerService.objects.filter(server__company_id=actor.company_id, service__active=True)
    ordered = rows.order_by("-service__criticality", "-service__code")
    return dict(ordered.values_list("server_id", "service__code"))


def _servers(actor: Actor, names: set[str]) -> dict[str, Server]:
    if not names:
        return {}
    # All of them rather than thousands of names: a company has hundreds of servers.
    rows = scoped(actor, Server).filter(active=True).order_by("pk")
    if len(names) <= 200:
        exact = Q(code__in=names) | Q(address__in=names)
        rows = rows.filter(exact)
    found: dict[str, Server] = {}
    for server in rows:
        for name in (server.code, server.address):
            if name in names:
                found.setdefault(name, server)
    return found


def _names(labels: Mapping[str, str]) -> list[str]:
    """What may be a server's code or address, the surest first, in lower case and without port."""
    found = []
    for label in SERVER_LABELS:
        if value := labels.get(label, "").strip().lower():
            bare = value.rpartition("://")[2].partition("/")[0]
            host, _colon, port = bare.rpartition(":")
            alone = host if host and port.isdigit() else bare
            found += [value[:253], alone.strip("[]")[:253]]
    return list(dict.fromkeys(found))
