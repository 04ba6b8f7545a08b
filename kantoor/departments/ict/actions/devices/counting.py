"""Stock-takes: devices are counted by scanning their labels, and it shows what is missing."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.finding import locations_by_code
from kantoor.departments.ict.errors_devices import AlreadyDecided, UnknownThing
from kantoor.departments.ict.formats.inventory.identity import SERIAL, serial_key
from kantoor.departments.ict.models import Device, DeviceKey, StockTake, StockTakeScan
from kantoor.departments.ict.models.devices.devices import read_device_number
from kantoor.departments.ict.models.devices.stock import (
    read_stock_take_number,
    stock_take_number,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.queries import scoped

PERMISSION = "ict.handle_devices"
MOST = 5_000


@action(permission=PERMISSION, title=_("Begin a stock-take"))
def begin_stock_take(actor: Actor, /, *, location: str = "") -> str:
    """Begin to count the devices of a place and all within it, or of everything; gives its number.

    Raises UnknownThing.
    """
    row = StockTake.objects.create(
        company_id=actor.company_id,
        number=take_numbers(f"ict.stock_take/{actor.company_id}", 1),
        location=locations_by_code(actor, [location]).get(location),
        began_at=timezone.now(),
    )
    concerns(f"ict.stock_take/{row.pk}")
    return stock_take_number(row.number)


@action(permission=PERMISSION, title=_("Count devices"))
def scan_codes(actor: Actor, /, *, stock_take: str, codes: Sequence[str]) -> int:
    """Note codes that were scanned: our labels (`D-000012`, also in an address) or serial numbers.

    Gives how many were not counted before. A device that is found is where it was counted from
    then on. A code that nobody knows is kept, to be looked into. Raises UnknownThing,
    AlreadyDecided when it was closed.
    """
    row = _open(actor, stock_take)
    wanted = list(dict.fromkeys(text for each in codes if (text := each.strip()[:200])))
    if not 0 < len(wanted) <= MOST:
        raise InvalidInput(_("Scan 1 to {most} codes.").format(most=MOST), field="codes")
    found = _devices(actor, wanted)
    before = set(StockTakeScan.objects.filter(stock_take=row).values_list("code", flat=True))
    counted = set(StockTakeScan.objects.filter(stock_take=row).values_list("device_id", flat=True))
    fresh = []
    for code in wanted:
        device = found.get(code)
        if code in before or (device is not None and device.pk in counted):
            continue
        if device is not None:
            counted.add(device.pk)
        fresh.append(
            StockTakeScan(
                stock_take=row, code=code, device=device, at=timezone.now(), user_id=actor.user_id
            )
        )
    StockTakeScan.objects.bulk_create(fresh)
    _are_here(row, [each.device for each in fresh if each.device is not None])
    concerns(f"ict.stock_take/{row.pk}")
    return len(fresh)


def _are_here(row: StockTake, devices: Sequence[Device]) -> None:
    """Devices that were counted in a place they were not said to be in are there from now on."""
    if row.location is None:
        return
    path = row.location.path
    moved = [
        each
        for each in devices
        if each.location is None or not f"{each.location.path} / ".startswith(f"{path} / ")
    ]
    for each in moved:
        each.location = row.location
    Device.objects.bulk_update(moved, ["location"])


def _devices(actor: Actor, codes: Sequence[str]) -> dict[str, Device]:
    """The devices that codes name: by number, or by serial number."""
    numbers = {code: read_device_number(code.rstrip("/").rpartition("/")[2]) for code in codes}
    rows = {
        row.number: row
        for row in scoped(actor, Device)
        .select_related("location")
        .filter(number__in=[each for each in numbers.values() if each], merged_into=None)
    }
    serials = {code: serial_key(code) for code in codes}
    keys = {
        key.value: key.device
        for key in scoped(actor, DeviceKey)
        .filter(kind=SERIAL, value__in=set(serials.values()) - {""}, state="own")
        .select_related("device__location")
    }
    found = {}
    for code in codes:
        # A number may be a serial number, too; what looks like our label is ours.
        device = rows.get(numbers[code] or 0) if "-" in code else None
        device = device or keys.get(serials[code]) or rows.get(numbers[code] or 0)
        if device is not None:
            found[code] = device
    return found


@action(permission=PERMISSION, title=_("Close a stock-take"))
def close_stock_take(actor: Actor, /, *, stock_take: str) -> str:
    """Close a stock-take: nothing is counted in it any more. Raises UnknownThing, AlreadyDecided."""
    row = _open(actor, stock_take)
    row.closed_at = timezone.now()
    row.save()
    concerns(f"ict.stock_take/{row.pk}")
    return stock_take_number(row.number)


def _open(actor: Actor, stock_take: str) -> StockTake:
    number = read_stock_take_number(stock_take) or 0
    row = scoped(actor, StockTake).select_related("location").filter(number=number).first()
    if row is None:
        message = _("There is no stock-take “{number}”.").format(number=stock_take[:40])
        raise UnknownThing(message, field="stock_take")
    if row.closed_at is not None:
        raise AlreadyDecided(_("This stock-take is closed."), field="stock_take")
    return row
