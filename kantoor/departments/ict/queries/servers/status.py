"""How the services of the company do at this moment: for everybody who works with them."""

from datetime import datetime, timedelta

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Case, Check, Maintenance, Service
from kantoor.departments.ict.models.cases.case import DONE, INCIDENT
from kantoor.departments.ict.models.servers.check import DOWN, UNKNOWN, UP
from kantoor.departments.ict.queries.servers.servers import MAINTENANCE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped

ASK = "ict.ask_help"
COMING = timedelta(days=14)


class ServiceState(msgspec.Struct, frozen=True):
    """A service: up, down, maintenance, incident (people work on something) or unknown."""

    code: str
    name: str
    state: str
    since: datetime | None = None


class Coming(msgspec.Struct, frozen=True):
    """A time of maintenance that goes on or comes, with the services it touches."""

    begins_at: datetime
    ends_at: datetime
    why: str
    services: list[str]


class StatusNow(msgspec.Struct, frozen=True):
    """The status page: services by importance, and maintenance."""

    services: list[ServiceState]
    maintenance: list[Coming]


@query(permission=ASK, title=_("Status of services"), exposed=True)
def status_now(actor: Actor, /) -> StatusNow:
    """How every service does now; it names no server and no case."""
    now = timezone.now()
    services = scoped(actor, Service).filter(active=True)
    return StatusNow(states_of(services, now), _coming(actor, now))


def states_of(services: QuerySet[Service], now: datetime) -> list[ServiceState]:
    """How these services do, the most vital first, in one statement."""
    checks = Check.objects.filter(
        server__carried__service=OuterRef("pk"), server__active=True, active=True
    )
    own = Q(server__carried__service=OuterRef("pk"))
    own |= Q(server=None, company=OuterRef("company"))
    worked_on = Maintenance.objects.filter(own, begins_at__lte=now, ends_at__gt=now)
    incidents = Case.objects.filter(service=OuterRef("pk"), kind=INCIDENT, priority__lte=2)
    rows = services.annotate(
        is_down=Exists(checks.filter(pulse__state=DOWN)),
        is_up=Exists(checks.filter(pulse__state=UP)),
        is_worked_on=Exists(worked_on),
        has_incident=Exists(incidents.exclude(state__in=DONE)),
    )
    return [
        ServiceState(row.code, row.name, _state(row))
        for row in rows.order_by("criticality", "name")
    ]


def _state(row: Service) -> str:
    if row.is_worked_on:  # type: ignore[attr-defined]
        return MAINTENANCE
    if row.is_down:  # type: ignore[attr-defined]
        return DOWN
    if row.has_incident:  # type: ignore[attr-defined]
        return "incident"
    return UP if row.is_up else UNKNOWN  # type: ignore[attr-defined]


def _coming(actor: Actor, now: datetime) -> list[Coming]:
    rows = scoped(actor, Maintenance).filter(ends_at__gt=now, begins_at__lt=now + COMING)
    found: dict[tuple[datetime, datetime, str], set[str]] = {}
    listed = rows.order_by("begins_at", "pk").prefetch_related("server__carried__service")
    for row in listed[:50]:
        names = {each.service.name for each in row.server.carried.all()} if row.server else set()
        found.setdefault((row.begins_at, row.ends_at, row.why), set()).update(names)
    return [Coming(*key, sorted(names)) for key, names in found.items()]
