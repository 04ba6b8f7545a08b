"""Devices and what belongs to them, by their numbers and codes, many at once."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors_devices import UnknownDevice, UnknownThing
from kantoor.departments.ict.models import Device, Location
from kantoor.departments.ict.models.devices.devices import read_device_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped


def devices_by_number(
    actor: Actor,
    numbers: Sequence[str],
    *,
    merged: bool = False,
    lock: bool = False,
    field: str = "device",
) -> list[Device]:
    """The devices with these numbers, in their order. Raises UnknownDevice, with its line.

    Who decides by what they are takes them with `lock`: nobody changes them until the commit.
    """
    wanted = [read_device_number(each) for each in numbers]
    rows = scoped(actor, Device).filter(number__in=[each for each in wanted if each])
    if lock:
        rows = rows.select_for_update().order_by("pk")
    found = {row.number: row for row in rows if merged or row.merged_into_id is None}
    for place, (number, text) in enumerate(zip(wanted, numbers, strict=True), 1):
        if number is None or number not in found:
            message = _("There is no device “{number}”.").format(number=text[:40])
            raise UnknownDevice(message, field=field, line=place if len(numbers) > 1 else None)
    return [found[number] for number in wanted if number is not None]


def device_by_number(
    actor: Actor, number: str, *, merged: bool = False, lock: bool = False
) -> Device:
    """The device with this number. Raises UnknownDevice."""
    return devices_by_number(actor, [number], merged=merged, lock=lock)[0]


def locations_by_code(actor: Actor, codes: Sequence[str]) -> dict[str, Location]:
    """The locations with these codes; empty ones are left out. Raises UnknownThing, with its line."""
    found = {row.code: row for row in scoped(actor, Location).filter(code__in=set(codes))}
    for place, code in enumerate(codes, 1):
        if code and code not in found:
            message = _("There is no location “{code}”.").format(code=code[:40])
            raise UnknownThing(message, field="location", line=place)
    return found


def location_by_code(actor: Actor, code: str) -> Location:
    """The location with this code. Raises UnknownThing, also for none at all."""
    found = locations_by_code(actor, [code]).get(code)
    if found is None:
        raise UnknownThing(_("Say which location it is."), field="location")
    return found


def parties_by_code(actor: Actor, codes: Sequence[str], field: str) -> dict[str, Party]:
    """The parties with these codes; empty ones are left out. Raises UnknownThing, with its line."""
    found = {row.code: row for row in scoped(actor, Party).filter(code__in=set(codes))}
    for place, code in enumerate(codes, 1):
        if code and (code not in found or found[code].erased_at is not None):
            message = _("There is nobody with the code “{code}”.").format(code=code[:40])
            raise UnknownThing(message, field=field, line=place)
    return found
