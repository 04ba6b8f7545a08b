"""Show the world how services do: the public status address, and which services stand there."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors import UnknownService, WrongState
from kantoor.departments.ict.models import Service, StatusAddress
from kantoor.departments.ict.queries.servers.public_status import status_path
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped

MANAGE = "ict.manage_servers"


@action(permission=MANAGE, title=_("Open a public status address"))
def open_status_address(actor: Actor, /) -> str:
    """Let everybody who has the address see how the public services do; gives the address.

    Opened again after it was closed it is another one: who had the old one has nothing.
    """
    row = scoped(actor, StatusAddress).select_for_update().first()
    if row is None:
        row = StatusAddress.objects.create(company_id=actor.company_id)
    elif not row.open:
        row.number, row.open = row.number + 1, True
        row.save()
    return status_path(row)


@action(permission=MANAGE, title=_("Close the public status address"))
def close_status_address(actor: Actor, /) -> None:
    """Show nothing to the world any more, for good: it opens again as another. Raises WrongState."""
    row = scoped(actor, StatusAddress).select_for_update().filter(open=True).first()
    if row is None:
        raise WrongState(_("There is no public status address."))
    row.open = False
    row.save()


@action(
    permission=MANAGE, title=_("Show services to the public"), bulk_of="ict.show_service_publicly"
)
def show_services_publicly(actor: Actor, /, *, services: Sequence[str], public: bool = True) -> int:
    """Show at the public status address how these services do, or no more; gives how many.

    Raises UnknownService.
    """
    found = {row.code: row for row in scoped(actor, Service).filter(code__in=set(services))}
    for place, code in enumerate(services, 1):
        if code not in found:
            message = _("There is no service “{code}”.").format(code=code[:40])
            raise UnknownService(message, field="services", line=place)
    for row in found.values():
        row.public = public
    Service.objects.bulk_update(found.values(), ["public"])
    return len(found)


@action(permission=MANAGE, title=_("Show a service to the public"))
def show_service_publicly(actor: Actor, /, *, service: str, public: bool = True) -> None:
    """Show at the public status address how a service does, or no more."""
    show_services_publicly(actor, services=[service], public=public)
