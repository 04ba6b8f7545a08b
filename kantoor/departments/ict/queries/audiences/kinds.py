"""Audiences of ICT: owners of devices, and users of what does not work."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import (
    Case,
    CaseLink,
    Check,
    Device,
    DeviceModel,
    Maintenance,
    Server,
    Service,
)
from kantoor.departments.ict.models.servers.check import DOWN
from kantoor.departments.ict.queries.audiences.affected import affected_by, these
from kantoor.kernel.audiences import ValueRows, audience_kind, parties_in, rows_of
from kantoor.kernel.parties.models import Party

SERVERS = "ict.read_servers"
_services = rows_of(Service, active=True)


@audience_kind(
    name="ict.device_owners",
    title=_("Owners of a device model"),
    permission="ict.read_devices",
    value=ValueRows(_("Model"), rows_of(DeviceModel), code="name"),
    meaning=_("Who holds a device of the model now."),
)
def device_owners(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Who holds devices of these models, by name, whoever made them."""
    held = Device.objects.filter(
        company_id=company_id, model__name__in=values, merged_into=None, holder__isnull=False
    )
    return parties_in(company_id, held, "holder")


@audience_kind(
    name="ict.service_users",
    title=_("Users of a service"),
    permission=SERVERS,
    value=ValueRows(_("Service"), _services),
    meaning=_(
        "Who is affected when the service stops: who has an account in it or in what depends on "
        "it, holds a device or works in a department that does, reported an incident, or owns it."
    ),
)
def service_users(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Who is affected when these services stop."""
    return affected_by(company_id, *these("ict_service", "service", company_id, values))


@audience_kind(
    name="ict.server_users",
    title=_("Affected by a server's failure"),
    permission=SERVERS,
    value=ValueRows(_("Server"), rows_of(Server, active=True)),
    meaning=_("Users of the services that run on the server, and of all that depends on it."),
)
def server_users(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Who is affected when these servers stop."""
    return affected_by(company_id, *these("ict_server", "server", company_id, values))


@audience_kind(
    name="ict.users_of_what_is_down",
    title=_("Users of services that are down"),
    permission=SERVERS,
    meaning=_("Users of the services that a check says are down now, maintenance left out."),
)
def users_of_what_is_down(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Who is affected by what is down at this moment."""
    now = timezone.now()
    down = Check.objects.filter(
        server__carried__service=OuterRef("pk"), server__active=True, active=True, pulse__state=DOWN
    )
    own = Q(server__carried__service=OuterRef("pk")) | Q(server=None, company=company_id)
    worked_on = Maintenance.objects.filter(own, begins_at__lte=now, ends_at__gt=now)
    found = _services(company_id).filter(Exists(down), ~Exists(worked_on))
    codes = list(found.order_by("code").values_list("code", flat=True))
    return service_users(company_id, codes)


@audience_kind(
    name="ict.case_people",
    title=_("Affected by an incident"),
    permission="ict.read_cases",
    value=ValueRows(
        _("Incident"),
        rows_of(Case, kind="incident"),
        code="number",
        name="title",
        digits=True,
    ),
    meaning=_("Who reported it or an incident that is part of it, and users of its service."),
)
def case_people(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Who is affected by these incidents, by number."""
    numbers = [int(each) for each in values if each.isascii() and each.isdigit() and len(each) < 10]
    cases = Case.objects.filter(company_id=company_id, number__in=numbers)
    linked = CaseLink.objects.filter(target__in=cases.values("pk"), ended_at=None)
    reported = Case.objects.filter(company_id=company_id).filter(
        Q(pk__in=cases.values("pk")) | Q(pk__in=linked.values("case"))
    )
    services = cases.exclude(service=None).order_by("service__code")
    users = service_users(company_id, list(services.values_list("service__code", flat=True)))
    return Party.objects.filter(company_id=company_id).filter(
        Q(pk__in=reported.values("requester")) | Q(pk__in=users.values("pk"))
    )
