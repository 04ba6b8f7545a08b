"""In whose name an agent reports that shows no token."""

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address, ip_network

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import InventoryDoor
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.queries import query, scoped

REPORT = "ict.report_inventory"


class DoorShown(msgspec.Struct, frozen=True):
    """From where inventories are taken without a token; empty is from this machine alone."""

    networks: str


@query(permission="ict.read_devices", title=_("From where inventories are taken"))
def inventory_door(actor: Actor, /) -> DoorShown:
    """The networks from which agents report without a token."""
    row = scoped(actor, InventoryDoor).first()
    return DoorShown(row.networks if row else "")


def agent_at(address: str, *, from_here: bool) -> Actor | None:
    """Who an agent is that shows no token, by where it comes from; None where it may not report.

    From this machine it may, where there is one company. From elsewhere it may from the networks
    that just one company allowed. It can report inventories and nothing else.
    """
    companies = {row.company_id for row in _doors_for(address)}
    if not companies and from_here and Company.objects.count() == 1:
        companies = set(Company.objects.values_list("pk", flat=True))
    if len(companies) != 1:
        return None
    actor = console_actor(Company.objects.get(pk=companies.pop()))
    return replace(actor, name="inventory", permissions=frozenset({REPORT}))


def _doors_for(address: str) -> Iterator[InventoryDoor]:
    try:
        came = ip_address(address)
    except ValueError:
        return
    for row in InventoryDoor.objects.all():
        if any(came in ip_network(each) for each in row.networks.split()):
            yield row
