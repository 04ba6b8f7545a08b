"""Servers: the register with how they do, and one server with its checks and services."""

from datetime import datetime

import msgspec
from django.db.models import Case as Choose
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors_servers import UnknownServer
from kantoor.departments.ict.models import (
    Check,
    Maintenance,
    Server,
    Trouble,
)
from kantoor.departments.ict.models.cases.case import case_number
from kantoor.departments.ict.models.servers.check import DOWN, UNKNOWN, UP
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

READ = "ict.read_servers"
MAINTENANCE = "maintenance"


class ServerRow(msgspec.Struct, frozen=True):
    """A server as listed; `state` is up, down, unknown or maintenance."""

    id: int
    code: str
    name: str
    address: str
    environment: str
    criticality: int
    owner: str
    active: bool
    state: str
    checks: int


class CheckRow(msgspec.Struct, frozen=True):
    """A check with how it goes; `took_ms` is of the last good answer."""

    id: int
    name: str
    kind: str
    target: str
    expect: str
    limit: int | None
    every_s: int
    timeout_s: int
    fails: int
    passes: int
    active: bool
    state: str
    asked_at: datetime | None
    took_ms: int | None
    message: str


class MaintenanceRow(msgspec.Struct, frozen=True):
    """A time of maintenance; without a server of all of them."""

    id: int
    server: str
    begins_at: datetime
    ends_at: datetime
    why: str


class IncidentRow(msgspec.Struct, frozen=True):
    """An incident of a server, with what is wrong now or was."""

    number: str
    title: str
    state: str
    began_at: datetime
    ended_at: datetime | None


class ServerShown(msgspec.Struct, frozen=True):
    """A server with all that its page shows."""

    server: ServerRow
    device: str
    device_name: str
    note: str
    services: list[tuple[str, str]]
    service_references: list[str]
    checks: list[CheckRow]
    maintenance: list[MaintenanceRow]
    incidents: list[IncidentRow]


@query(permission=READ, title=_("Servers"), exposed=True)
def servers(
    actor: Actor,
    /,
    *,
    search: str = "",
    environment: str = "",
    state: str = "",
    active: bool | None = None,
    sort: str = "code",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[ServerRow]:
    """The servers, each with how it does now."""
    found = with_state(scoped(actor, Server)).select_related("owner")
    if search:
        words = search.strip().lower()
        found = found.filter(
            Q(code__startswith=words) | Q(name__icontains=words) | Q(address__startswith=words)
        )
    if environment:
        found = found.filter(environment=environment)
    if state:
        found = found.filter(Q(now=state))
    if active is not None:
        found = found.filter(active=active)
    keys = {"code": ("code",), "name": ("name",), "criticality": ("criticality", "code")}
    page = page_by(found, order=sorted_by(sort, keys), cursor=cursor, limit=limit, totals={})
    return page.with_rows([_row(each) for each in page.rows])


@query(permission=READ, title=_("A server"), exposed=True)
def server(actor: Actor, /, *, code: str) -> ServerShown:
    """One server by code. Raises UnknownServer."""
    rows = with_state(scoped(actor, Server)).select_related("owner", "device")
    row = rows.filter(code=code.strip().lower()).first()
    if row is None:
        message = _("There is no server “{code}”.").format(code=code[:60])
        raise UnknownServer(message, field="code")
    carried = list(row.carried.select_related("service").order_by("service__code"))
    maintained = scoped(actor, Maintenance).filter(Q(server=row) | Q(server=None))
    return ServerShown(
        _row(row),
        str(row.device) if row.device else "",
        row.device.name if row.device else "",
        row.note,
        [(each.service.code, each.service.name) for each in carried],
        [f"ict.service/{each.service_id}" for each in carried],
        [_check(each) for each in row.checks.select_related("pulse").order_by("name")],
        [maintenance_row(each) for each in maintained.order_by("-begins_at", "-pk")[:10]],
        incidents_of(actor, f"server:{row.pk}"),
    )


@query(permission=READ, title=_("How many servers are down"))
def servers_down(actor: Actor, /) -> int:
    """How many servers are down, those that are worked on aside."""
    return with_state(scoped(actor, Server)).filter(Q(now=DOWN)).count()


def with_state(rows: QuerySet[Server]) -> QuerySet[Server]:
    """Servers with `now`, how they do, and `asked`, how many checks they have."""
    now = timezone.now()
    checks = Check.objects.filter(server=OuterRef("pk"), active=True)
    own = Q(server=OuterRef("pk")) | Q(server=None, company=OuterRef("company"))
    worked_on = Maintenance.objects.filter(own, begins_at__lte=now, ends_at__gt=now)
    return rows.annotate(
        asked=Count("checks", filter=Q(checks__active=True)),
        now=Choose(
            When(active=False, then=Value(UNKNOWN)),
            When(Exists(worked_on), then=Value(MAINTENANCE)),
            When(Exists(checks.filter(pulse__state=DOWN)), then=Value(DOWN)),
            When(Exists(checks.filter(pulse__state=UP)), then=Value(UP)),
            default=Value(UNKNOWN),
            output_field=CharField(),
        ),
    )


def incidents_of(actor: Actor, about: str, most: int = 10) -> list[IncidentRow]:
    """The latest troubles of a thing with the incidents they are part of."""
    rows = scoped(actor, Trouble).filter(about=about).select_related("case")
    return [
        IncidentRow(
            case_number(row.case.kind, row.case.number),
            row.title,
            row.case.state,
            row.began_at,
            row.ended_at,
        )
        for row in rows.order_by("-began_at", "-pk")[:most]
    ]


def maintenance_row(row: Maintenance) -> MaintenanceRow:
    """A time of maintenance as it is shown."""
    code = row.server.code if row.server else ""
    return MaintenanceRow(row.pk, code, row.begins_at, row.ends_at, row.why)


def _row(row: Server) -> ServerRow:
    return ServerRow(
        row.pk,
        row.code,
        row.name,
        row.address,
        row.environment,
        row.criticality,
        row.owner.name if row.owner else "",
        row.active,
        row.now,  # type: ignore[attr-defined]
        row.asked,  # type: ignore[attr-defined]
    )


def _check(row: Check) -> CheckRow:
    pulse = getattr(row, "pulse", None)
    return CheckRow(
        row.pk,
        row.name,
        row.kind,
        row.target,
        row.expect,
        row.limit,
        row.every_s,
        row.timeout_s,
        row.fails,
        row.passes,
        row.active,
        pulse.state if pulse else UNKNOWN,
        pulse.asked_at if pulse else None,
        pulse.took_ms if pulse else None,
        pulse.message if pulse else "",
    )
