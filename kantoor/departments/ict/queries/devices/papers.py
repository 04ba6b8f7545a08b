"""One handover sheet, and one stock-take with what is missing."""

from datetime import datetime

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors_devices import UnknownThing
from kantoor.departments.ict.models import Device, Handover, HandoverItem, StockTake, StockTakeScan
from kantoor.departments.ict.models.devices.devices import device_number
from kantoor.departments.ict.models.devices.handovers import handover_number, read_handover_number
from kantoor.departments.ict.models.devices.stock import read_stock_take_number, stock_take_number
from kantoor.departments.ict.queries.devices.register import READ, DeviceRow, device_row
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.files.models import File
from kantoor.kernel.queries import query, scoped

MOST = 1_000


class SheetLine(msgspec.Struct, frozen=True):
    """A device on a sheet, with what was seen of it."""

    device: DeviceRow
    condition: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A handover sheet; `file` is the key of the signature's file, None while it is not signed."""

    id: int
    number: str
    direction: str
    party: str
    party_name: str
    at: datetime
    who: str
    signed_at: datetime | None
    signed_how: str
    file: int | None
    lines: list[SheetLine]


@query(permission=READ, title=_("A handover sheet"), exposed=True)
def handover(actor: Actor, /, *, number: str) -> Sheet:
    """One handover sheet by its number (`H-000012`). Raises UnknownThing."""
    row = (
        scoped(actor, Handover)
        .select_related("party")
        .filter(number=read_handover_number(number) or 0)
        .first()
    )
    if row is None:
        message = _("There is no handover sheet “{number}”.").format(number=number[:40])
        raise UnknownThing(message, field="number")
    items = HandoverItem.objects.filter(handover=row).select_related(
        "device__model", "device__holder", "device__location", "device__seen"
    )
    who = User.objects.filter(pk=row.user_id or 0).values_list("name", flat=True).first()
    return Sheet(
        id=row.pk,
        number=handover_number(row.number),
        direction=row.direction,
        party=row.party.code,
        party_name=row.party.name,
        at=row.at,
        who=who or "",
        signed_at=row.signed_at,
        signed_how=row.signed_how,
        file=row.signature_id,
        lines=[SheetLine(device_row(each.device), each.condition) for each in items.order_by("pk")],
    )


@query(permission=READ, title=_("The signature of a sheet"))
def handover_signature(actor: Actor, /, *, number: str) -> File:
    """The file of the signature. Raises UnknownThing where there is none."""
    sheet = handover(actor, number=number)
    found = scoped(actor, File).filter(pk=sheet.file or 0).first()
    if found is None:
        raise UnknownThing(_("This sheet is not signed yet."), field="number")
    return found


class ScanRow(msgspec.Struct, frozen=True):
    """A code that was scanned, and the device it is; empty where nobody knows it."""

    code: str
    device: str
    name: str
    at: datetime


class StockTakeCard(msgspec.Struct, frozen=True, kw_only=True):
    """A stock-take: what was counted, the latest first, and what should be there and was not."""

    id: int
    number: str
    location: str
    began_at: datetime
    closed_at: datetime | None
    scans: list[ScanRow]
    missing: list[DeviceRow]
    missing_count: int


@query(permission=READ, title=_("A stock-take"), exposed=True)
def stock_take(actor: Actor, /, *, number: str) -> StockTakeCard:
    """One stock-take by its number (`ST-0012`). Raises UnknownThing.

    Missing are devices in stock or in use of its place and all within it that were not counted.
    """
    row = (
        scoped(actor, StockTake)
        .select_related("location")
        .filter(number=read_stock_take_number(number) or 0)
        .first()
    )
    if row is None:
        message = _("There is no stock-take “{number}”.").format(number=number[:40])
        raise UnknownThing(message, field="number")
    scans = StockTakeScan.objects.filter(stock_take=row)
    expected = scoped(actor, Device).filter(
        merged_into=None, state__in=["stock", "issued", "returned", "wiped", "found"]
    )
    if row.location is not None:
        place = row.location
        expected = expected.filter(
            Q(location=place) | Q(location__path__startswith=f"{place.path} / ")
        )
    missing = expected.exclude(pk__in=scans.exclude(device=None).values("device_id"))
    shown = missing.select_related("model", "holder", "location", "seen").order_by("number")
    return StockTakeCard(
        id=row.pk,
        number=stock_take_number(row.number),
        location=row.location.path if row.location else "",
        began_at=row.began_at,
        closed_at=row.closed_at,
        scans=[
            ScanRow(
                each.code,
                device_number(each.device.number) if each.device else "",
                each.device.name if each.device else "",
                each.at,
            )
            for each in scans.select_related("device").order_by("-pk")[:MOST]
        ],
        missing=[device_row(each) for each in shown[:MOST]],
        missing_count=missing.count(),
    )
