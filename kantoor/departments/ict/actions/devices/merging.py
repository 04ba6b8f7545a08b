"""Make two devices one, part them again, and part what was taken for one."""

import zlib
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.applying import Read, apply_readings
from kantoor.departments.ict.actions.devices.finding import device_by_number, devices_by_number
from kantoor.departments.ict.actions.devices.inventories import lock_inventories
from kantoor.departments.ict.actions.devices.keys import Register
from kantoor.departments.ict.actions.devices.software_counts import count_device
from kantoor.departments.ict.errors_devices import UnknownThing, WrongState
from kantoor.departments.ict.formats.inventory import keys_of, readings
from kantoor.departments.ict.formats.inventory.messages import kept_message
from kantoor.departments.ict.models import (
    Device,
    DeviceEvent,
    DeviceKey,
    DeviceMerge,
    DeviceSeen,
    InventoryContent,
    InventoryReport,
)
from kantoor.departments.ict.models.devices.devices import FOUND, device_number
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.numbering.numbers import take_numbers

MANAGE = "ict.manage_devices"


@action(permission=MANAGE, title=_("Make two devices one"))
def merge_devices(actor: Actor, /, *, device: str, gone: str) -> str:
    """Say that the device `gone` is `device`: what it is known by and reports goes there.

    It leaves the lists, and comes back when this is undone (see undo_merge). Raises
    UnknownDevice, InvalidInput for one and the same.
    """
    lock_inventories(actor)  # before reading: another may say the opposite just now
    rows = devices_by_number(actor, [device, gone], lock=True)
    kept, other = rows[0], rows[1]
    if kept.pk == other.pk:
        raise InvalidInput(_("These are one device already."), field="gone")
    merge = DeviceMerge.objects.create(
        company_id=actor.company_id,
        kept_device=kept,
        gone=other,
        at=timezone.now(),
        user_id=actor.user_id,
    )
    # What came to it by an earlier merge stays that merge's, for the way back in any order.
    DeviceKey.objects.filter(device=other, merge=None).update(merge=merge)
    DeviceKey.objects.filter(device=other).update(device=kept)
    other.merged_into = kept
    other.save(update_fields=["merged_into"])
    count_device(other, -1)
    DeviceSeen.objects.filter(device__in=[kept, other]).delete()
    _read_again(actor, of=other, into=kept)
    concerns(f"ict.device/{kept.pk}")
    return device_number(kept.number)


@action(permission=MANAGE, title=_("Undo a merge of devices"))
def undo_merge(actor: Actor, /, *, device: str) -> str:
    """Let a device that was said to be another be itself again, with what it was known by.

    Devices that had been made one with it come along. Merges in a chain may be undone in any
    order: each takes away what it brought, wherever that went since. What it reported meanwhile
    stays with the other until the next inventory of each. Raises UnknownDevice, WrongState when it
    was not merged.
    """
    lock_inventories(actor)
    row = device_by_number(actor, device, merged=True, lock=True)
    merge = DeviceMerge.objects.filter(gone=row, undone_at=None).order_by("-pk").first()
    if row.merged_into_id is None or merge is None:
        raise WrongState(_("{device} was not made one with another.").format(device=row), field="device")  # fmt: skip
    rest = _standing(merge.kept_device)
    mine = DeviceKey.objects.filter(device=rest)
    mine.filter(merge__in=_brought_to(row)).update(device=row)
    mine.filter(merge=merge).update(device=row, merge=None)
    merge.undone_at = timezone.now()
    merge.save()
    row.merged_into = None
    row.save(update_fields=["merged_into"])
    count_device(row, 1)
    DeviceSeen.objects.filter(device__in=[row, rest]).delete()
    _read_again(actor, of=rest, into=rest)
    concerns(f"ict.device/{row.pk}")
    return device_number(row.number)


@action(permission=MANAGE, title=_("Part a device in two"))
def split_device(actor: Actor, /, *, device: str, keys: Sequence[str]) -> str:
    """Make a new device of what two machines were taken for; gives its number.

    `keys` are those that go with it, as the device's page shows them (`agent:laptop-2026`). To
    undo it, make the two one. Raises UnknownDevice, UnknownThing for a key it has not.
    """
    lock_inventories(actor)
    row = device_by_number(actor, device)
    own = {f"{key.kind}:{key.value}": key for key in DeviceKey.objects.filter(device=row)}
    if missing := [each for each in keys if each not in own]:
        message = _("{device} is not known by “{key}”.").format(device=row, key=missing[0][:80])
        raise UnknownThing(message, field="keys")
    if not keys or len(set(keys)) == len(own):
        raise InvalidInput(_("Choose some of the keys, not all."), field="keys")
    fresh = Device.objects.create(
        company_id=actor.company_id,
        number=take_numbers(f"ict.device/{actor.company_id}", 1),
        kind=row.kind,
        name=row.name,
        state=FOUND,
        registered_at=timezone.now(),
    )
    DeviceEvent.objects.create(
        device=fresh, state=FOUND, at=timezone.now(), user_id=actor.user_id, why=str(row)
    )
    DeviceKey.objects.filter(pk__in=[own[each].pk for each in set(keys)]).update(
        device=fresh, merge=None
    )
    DeviceSeen.objects.filter(device=row).delete()
    concerns(f"ict.device/{row.pk}")
    return device_number(fresh.number)


def _standing(row: Device) -> Device:
    """The device that all those it was made one with, one after the other, ended in."""
    while row.merged_into is not None:
        row = row.merged_into
    return row


def _brought_to(row: Device) -> list[int]:
    """The merges that made others one with a device, and others with those, that stand."""
    found: list[int] = []
    devices = [row.pk]
    while devices:
        merges = DeviceMerge.objects.filter(kept_device__in=devices, undone_at=None)
        pairs = list(merges.values_list("pk", "gone_id"))
        found += [key for key, _gone in pairs]
        devices = [gone for _key, gone in pairs]
    return found


def _read_again(actor: Actor, *, of: Device, into: Device) -> None:
    """Bring a device to what was last reported of another that turned out to be it."""
    report = (
        InventoryReport.objects.filter(device=of, verdict__in=["new", "changed"])
        .order_by("-pk")
        .first()
    )
    if report is None:
        return
    content = InventoryContent.objects.filter(raw=report.raw_id).first()
    if content is None:  # lost, as it may be: the next inventory tells all of it again
        return
    reading = readings(kept_message(zlib.decompress(bytes(content.packed))))[report.place]
    read = Read(reading, keys_of(reading), report.place, "", device_id=into.pk)
    register = Register(actor, read.keys)
    apply_readings(actor, [read], register)
    register.write()
