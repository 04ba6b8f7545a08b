"""One device: what it is and who says so, who has it, what is in it and on it, and its past."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors_devices import UnknownDevice
from kantoor.departments.ict.models import (
    Dependency,
    Device,
    DeviceEvent,
    DeviceKey,
    DeviceMerge,
    DevicePart,
    DeviceSaid,
    Installation,
)
from kantoor.departments.ict.models.devices.devices import device_number, read_device_number
from kantoor.departments.ict.models.devices.handovers import handover_number
from kantoor.departments.ict.queries.devices.register import READ, DeviceRow, device_row
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.queries import query, scoped

MOST_PROGRAMS = 500


class Said(msgspec.Struct, frozen=True):
    """What a source says of a field, and whether it is what counts."""

    field: str
    source: str
    value: str
    at: datetime
    counts: bool


class PartRow(msgspec.Struct, frozen=True):
    """A part; sizes in bytes (a battery's in mWh), speed in Hz or bits a second."""

    kind: str
    name: str
    maker: str
    model: str
    serial: str
    address: str
    version: str
    detail: str
    size: int | None
    free: int | None
    speed: int | None
    amount: int | None


class ProgramRow(msgspec.Struct, frozen=True):
    """A program that is installed."""

    name: str
    publisher: str
    version: str


class EventRow(msgspec.Struct, frozen=True):
    """It came into a state, by whom, and who had it from then on."""

    state: str
    at: datetime
    who: str
    party: str
    handover: str
    why: str


class DeviceCard(msgspec.Struct, frozen=True, kw_only=True):
    """A device with all that is known of it."""

    device: DeviceRow
    merged_into: str
    merged: list[str]
    uuid: str
    system_version: str
    phone_number: str
    kept_for: str
    kept_for_name: str
    supplier: str
    supplier_name: str
    invoice: str
    purchased_on: date | None
    asset: str
    contract: str
    remark: str
    said: list[Said]
    keys: list[str]
    parts: list[PartRow]
    programs: list[ProgramRow]
    program_count: int
    events: list[EventRow]
    depends_on: list[str]
    needed_by: list[str]
    servers: list[tuple[str, str]]


@query(permission=READ, title=_("A device"), exposed=True)
def device(actor: Actor, /, *, number: str) -> DeviceCard:
    """One device by its number (`D-000012`). Raises UnknownDevice."""
    row = (
        scoped(actor, Device)
        .select_related(
            "model", "holder", "location", "seen", "supplier", "merged_into", "reserved_for"
        )
        .filter(number=read_device_number(number) or 0)
        .first()
    )
    if row is None:
        message = _("There is no device “{number}”.").format(number=number[:40])
        raise UnknownDevice(message, field="number")
    keys = DeviceKey.objects.filter(device=row, state="own").order_by("kind", "value")
    merged = DeviceMerge.objects.filter(kept_device=row, undone_at=None).select_related("gone")
    installed = Installation.objects.filter(device=row)
    reference = f"ict.device/{row.pk}"
    edges = scoped(actor, Dependency)
    return DeviceCard(
        device=device_row(row),
        merged_into=device_number(row.merged_into.number) if row.merged_into else "",
        merged=[device_number(each.gone.number) for each in merged],
        uuid=row.uuid,
        system_version=row.system_version,
        phone_number=row.phone_number,
        kept_for=row.reserved_for.code if row.reserved_for else "",
        kept_for_name=row.reserved_for.name if row.reserved_for else "",
        supplier=row.supplier.code if row.supplier else "",
        supplier_name=row.supplier.name if row.supplier else "",
        invoice=row.invoice,
        purchased_on=row.purchased_on,
        asset=row.asset,
        contract=row.contract,
        remark=row.remark,
        said=_said(DeviceSaid.objects.filter(device=row)),
        keys=[f"{each.kind}:{each.value}" for each in keys],
        parts=_parts(DevicePart.objects.filter(device=row).order_by("kind", "pk")),
        programs=_programs(installed),
        program_count=installed.count(),
        events=_events(row),
        depends_on=list(edges.filter(of=reference).values_list("on", flat=True)),
        needed_by=list(edges.filter(on=reference).values_list("of", flat=True)),
        servers=list(row.servers.order_by("code").values_list("code", "name")),
    )


def _said(rows: Iterable[DeviceSaid]) -> list[Said]:
    order = ("person", "agent", "invoice")
    ranked = sorted(
        (each for each in rows if each.value), key=lambda e: (e.field, order.index(e.source))
    )
    first: set[str] = set()
    found = []
    for each in ranked:
        found.append(
            Said(each.field, each.source, each.value, each.at, counts=each.field not in first)
        )
        first.add(each.field)
    return found


def _parts(rows: Iterable[DevicePart]) -> list[PartRow]:
    return [
        PartRow(**{name: getattr(row, name) for name in PartRow.__struct_fields__}) for row in rows
    ]


def _programs(rows: QuerySet[Installation]) -> list[ProgramRow]:
    found = rows.order_by("version__title__name").values_list(
        "version__title__name", "version__title__publisher", "version__version"
    )
    return [ProgramRow(*each) for each in found[:MOST_PROGRAMS]]


def _events(row: Device) -> list[EventRow]:
    rows = list(
        DeviceEvent.objects.filter(device=row).select_related("party", "handover").order_by("-pk")
    )
    people = dict(
        User.objects.filter(pk__in={each.user_id for each in rows}).values_list("pk", "name")
    )
    return [
        EventRow(
            each.state,
            each.at,
            people.get(each.user_id or 0, ""),
            each.party.name if each.party else "",
            handover_number(each.handover.number) if each.handover else "",
            each.why,
        )
        for each in rows
    ]


@query(permission=READ, title=_("Numbers of devices"))
def device_numbers(actor: Actor, /, *, keys: list[int]) -> dict[int, str]:
    """The numbers of devices by their keys."""
    found = scoped(actor, Device).filter(pk__in=keys)
    return {key: device_number(number) for key, number in found.values_list("pk", "number")}
