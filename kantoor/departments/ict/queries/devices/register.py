"""The register of devices."""

from datetime import date, datetime
from typing import Literal

import msgspec
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import (
    Device,
    Installation,
    Location,
    SoftwareTitle,
    SoftwareVersion,
)
from kantoor.departments.ict.models.devices.devices import device_number, read_device_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

READ = "ict.read_devices"
State = Literal[
    "", "found", "ordered", "stock", "issued", "repair", "returned", "wiped", "disposed", "free"
]
FREE = ("stock", "returned", "wiped")
SORTS = {
    "number": ("number",),
    "name": ("name", "number"),
    "state": ("state", "number"),
    "kind": ("kind", "number"),
}


class DeviceRow(msgspec.Struct, frozen=True):
    """A device as listed; `price` is in minor units of the company's currency."""

    id: int
    number: str
    kind: str
    name: str
    model: str
    serial: str
    state: str
    holder: str
    holder_name: str
    location: str
    location_name: str
    warranty_until: date | None
    contract_until: date | None
    price: int | None
    system: str
    seen_at: datetime | None


@query(permission=READ, title=_("Devices"), exposed=True)
def devices(
    actor: Actor,
    /,
    *,
    state: State = "",
    kind: str = "",
    holder: str = "",
    location: str = "",
    software: str = "",
    search: str = "",
    warranty_from: date | None = None,
    warranty_to: date | None = None,
    sort: str = "-number",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[DeviceRow]:
    """The devices, without those that turned out to be another; `free` are those to hand out.

    `holder` and `location` are codes; a location has with it all places within it. `software` is
    the name of a program that is on them, whole. Two statements for the first page, one for each
    other, however many devices there are.
    """
    found = scoped(actor, Device).filter(merged_into=None)
    if state:
        found = found.filter(state__in=FREE) if state == "free" else found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    if holder:
        found = found.filter(holder__code=holder)
    if location:
        place = scoped(actor, Location).filter(code=location).first()
        within = Q(location__path__startswith=f"{place.path} / ") if place else Q()
        found = found.filter(Q(location=place) | within) if place else found.none()
    if software:
        found = found.filter(_has(actor, software))
    if warranty_from:
        found = found.filter(warranty_until__gte=warranty_from)
    if warranty_to:
        found = found.filter(warranty_until__lte=warranty_to)
    if search:
        found = found.filter(_named(search.strip()))
    found = found.select_related("model", "holder", "location", "seen")
    page = page_by(
        found,
        order=sorted_by(sort, SORTS),
        cursor=cursor,
        limit=limit,
        totals={},  # counted by an index alone; a sum would read every row
    )
    return page.map(device_row)


def device_row(row: Device) -> DeviceRow:
    """A device as listed."""
    seen = getattr(row, "seen", None)
    return DeviceRow(
        id=row.pk,
        number=device_number(row.number),
        kind=row.kind,
        name=row.name,
        model=str(row.model) if row.model else "",
        serial=row.serial,
        state=row.state,
        holder=row.holder.code if row.holder else "",
        holder_name=row.holder.name if row.holder else "",
        location=row.location.code if row.location else "",
        location_name=row.location.path if row.location else "",
        warranty_until=row.warranty_until,
        contract_until=row.contract_until,
        price=row.price,
        system=row.system,
        seen_at=seen.at if seen else None,
    )


def _has(actor: Actor, software: str) -> Exists:
    """Whether a program is on a device in any version, asked of each by its own index."""
    titles = scoped(actor, SoftwareTitle).filter(name=software)
    versions = SoftwareVersion.objects.filter(title__in=titles)
    return Exists(Installation.objects.filter(device=OuterRef("pk"), version__in=versions))


def _named(search: str) -> Q:
    found = Q(serial=search) | Q(name__startswith=search)
    number = read_device_number(search)
    return found | Q(number=number) if number is not None else found
