"""What the world may see at the public status address: public services, and nothing inside."""

import hmac
from datetime import datetime

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Maintenance, Service, StatusAddress
from kantoor.departments.ict.queries.servers.status import COMING, ServiceState, states_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.mail.tokens import Thread, token
from kantoor.kernel.public_pages import public_page
from kantoor.kernel.queries import query, scoped

LETTER = "p"
"""The letter of public addresses in tokens."""
MOST = 20


class PublicMaintenance(msgspec.Struct, frozen=True):
    """When public services are worked on; why is nobody's business outside."""

    begins_at: datetime
    ends_at: datetime
    services: list[str]


class PublicStatus(msgspec.Struct, frozen=True):
    """The public page of a company at a moment."""

    company: str
    at: datetime
    services: list[ServiceState]
    maintenance: list[PublicMaintenance]


@query(permission="ict.read_servers", title=_("Public status address"))
def status_address(actor: Actor, /) -> str:
    """The path of the company's public status address; empty while it is closed."""
    row = scoped(actor, StatusAddress).filter(open=True).first()
    return status_path(row) if row else ""


def status_path(row: StatusAddress) -> str:
    """The path with the token, which follows from the company and the number."""
    return f"/status/{_token(row)}"


@public_page("ict.status", title=_("Status of services"))
def public_path(company: Company) -> str:
    """The path of a company's public status address; empty while it is closed."""
    row = StatusAddress.objects.filter(company=company, open=True).first()
    return status_path(row) if row else ""


def company_at(shown: str) -> Company | None:
    """The company whose open address has this token."""
    for row in StatusAddress.objects.filter(open=True).select_related("company").order_by("pk"):
        if hmac.compare_digest(_token(row).encode(), shown.encode()):
            return row.company
    return None


def public_status(company: Company) -> PublicStatus:
    """What the world may see of a company. No permission is asked: the token was shown."""
    now = timezone.now()
    services = Service.objects.filter(company=company, active=True, public=True)
    names = dict(services.values_list("pk", "name"))
    rows = Maintenance.objects.filter(
        company=company, ends_at__gt=now, begins_at__lt=now + COMING
    ).prefetch_related("server__carried")
    found: dict[tuple[datetime, datetime], set[str]] = {}
    for row in rows.order_by("begins_at", "pk")[: 10 * MOST]:
        of = {each.service_id for each in row.server.carried.all()} if row.server else set(names)
        if touched := {names[key] for key in of if key in names}:
            found.setdefault((row.begins_at, row.ends_at), set()).update(touched)
    planned = [PublicMaintenance(*span, sorted(of)) for span, of in found.items()]
    return PublicStatus(company.name, now, states_of(services, now), planned[:MOST])


def _token(row: StatusAddress) -> str:
    return token(row.company_id, Thread(LETTER, row.company_id, row.number))
