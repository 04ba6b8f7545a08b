"""What goes on around devices: the cases about one, and what waits for a person."""

from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import CaseDevice, Handover, InventoryConflict
from kantoor.departments.ict.models.devices.devices import read_device_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped

MOST = 20


class CaseOfDevice(msgspec.Struct, frozen=True):
    """A case about a device."""

    number: str
    title: str
    state: str
    opened_at: datetime


@query(permission="ict.read_cases", title=_("Cases about a device"), exposed=True)
def device_cases(actor: Actor, /, *, number: str) -> list[CaseOfDevice]:
    """The latest cases about a device, by its number."""
    found = CaseDevice.objects.filter(
        device__company_id=actor.company_id, device__number=read_device_number(number) or 0
    )
    rows = [each.case for each in found.select_related("case").order_by("-case_id")[:MOST]]
    return [CaseOfDevice(str(row), row.title, row.state, row.opened_at) for row in rows]


class DevicesWaiting(msgspec.Struct, frozen=True):
    """How many inventories are held, and how many sheets nobody signed yet."""

    held: int
    unsigned: int


@query(permission="ict.read_devices", title=_("What waits around devices"))
def devices_waiting(actor: Actor, /) -> DevicesWaiting:
    """What waits for a person: held inventories, and handover sheets without a signature."""
    return DevicesWaiting(
        scoped(actor, InventoryConflict).filter(state="open").count(),
        scoped(actor, Handover).filter(signed_at=None).count(),
    )
