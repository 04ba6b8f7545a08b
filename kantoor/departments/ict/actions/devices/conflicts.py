"""Decide whose a held inventory is; make two devices one, and part them again."""

import zlib
from collections.abc import Sequence
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.applying import Read, apply_readings, make_devices
from kantoor.departments.ict.actions.devices.finding import device_by_number, devices_by_number
from kantoor.departments.ict.actions.devices.inventories import lock_inventories
from kantoor.departments.ict.actions.devices.keys import Register
from kantoor.departments.ict.actions.devices.software_counts import count_device
from kantoor.departments.ict.actions.devices.sources import AGENT as AGENT_SAYS
from kantoor.departments.ict.actions.devices.sources import PERSON
from kantoor.departments.ict.errors_devices import AlreadyDecided, UnknownThing, WrongState
from kantoor.departments.ict.formats.inventory import keys_of, readings
from kantoor.departments.ict.formats.inventory.identity import AGENT
from kantoor.departments.ict.formats.inventory.messages import kept_message
from kantoor.departments.ict.models import (
    Device,
    DeviceEvent,
    DeviceKey,
    DeviceMerge,
    DeviceSeen,
    InventoryConflict,
    InventoryContent,
    InventoryReport,
)
from kantoor.departments.ict.models.devices.devices import FOUND, device_number
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.queries import scoped

MANAGE = "ict.manage_devices"
Decision = Literal["merge", "new", "ignore"]


@action(
    permission=MANAGE, title=_("Decide on held inventories"), bulk_of="ict.decide_conflict"
)  # fmt: skip
def decide_conflicts(
    actor: Actor, /, *, conflicts: Sequence[int], decision: Decision, device: str = ""
) -> int:
    """Decide on inventories that are held, all alike; gives how many.

    `merge` takes it for `device`, or for the only candidate: its agent is known as that device from
    then on. `new` makes a device of it; what it has in common with another says nothing any more.
    `ignore` has its agent ignored from then on. Raises UnknownThing, AlreadyDecided, UnknownDevice.
    """
    rows = list(
        scoped(actor, InventoryConflict)
        .select_related("raw__content")
        .filter(pk__in=conflicts)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if len(rows) != len(set(conflicts)) or not rows:
        raise UnknownThing(_("There is no such held inventory."), field="conflicts")
    lock_inventories(actor)
    for place, row in enumerate(rows, 1):
        if row.state != "open":
            message = _("This was decided already; look at it again.")
            raise AlreadyDecided(message, field="conflicts", line=place)
        row.device_id = _decided(actor, row, decision, device)
        row.state = {"merge": "merged", "new": "new", "ignore": "ignored"}[decision]
        row.decided_at, row.user_id = timezone.now(), actor.user_id
    InventoryConflict.objects.bulk_update(rows, ["device", "state", "decided_at", "user_id"])
    if len(rows) == 1:
        concerns(f"ict.inventory_conflict/{rows[0].pk}")
    return len(rows)


@action(permission=MANAGE, title=_("Decide on a held inventory"))
def decide_conflict(actor: Actor, /, *, conflict: int, decision: Decision, device: str = "") -> int:
    """Decide whose a held inventory is; see the bulk form."""
    return decide_conflicts(actor, conflicts=[conflict], decision=decision, device=device)


def _decided(actor: Actor, row: InventoryConflict, decision: Decision, device: str) -> int | None:
    read = _reading(row)
    if decision == "ignore":
        _ignore(actor, read)
        return None
    if decision == "new":
        _share(actor, read)
        register = Register(actor, read.keys)
        read.verdict, read.device_id = "new", -1
        register.add(read.device_id, read.keys, AGENT_SAYS)
        make_devices(actor, [read], register)
    else:
        read.device_id = _meant(actor, row, device).pk
        _give_agent(actor, read)
        register = Register(actor, read.keys)
    apply_readings(actor, [read], register)
    register.write()
    return read.device_id


def _reading(row: InventoryConflict) -> Read:
    """The reading of a kept inventory, read anew."""
    message = kept_message(zlib.decompress(bytes(row.raw.content.packed)))
    reading = readings(message)[row.place]
    return Read(reading, keys_of(reading), row.place, row.raw.sha256)


def _meant(actor: Actor, row: InventoryConflict, device: str) -> Device:
    named = device or (row.candidates if " " not in row.candidates else "")
    if not named:
        message = _("Say which device it is: {candidates}.").format(
            candidates=row.candidates.replace(" ", ", ")
        )
        raise InvalidInput(message, field="device")
    return device_by_number(actor, named)


def _ignore(actor: Actor, read: Read) -> None:
    key = read.keys[0]
    found = scoped(actor, DeviceKey).filter(kind=key.kind, value=key.value).first()
    if found is not None:
        # An agent that is a device's own can't be ignored without saying what of the device.
        raise InvalidInput(
            _("This agent is that of {device}: part them first.").format(device=found.device),
            field="decision",
        )
    DeviceKey.objects.create(
        company_id=actor.company_id, kind=key.kind, value=key.value, device=None,
        source=PERSON, state="ignored", at=timezone.now(),
    )  # fmt: skip


def _share(actor: Actor, read: Read) -> None:
    """What the reading has in common with known devices tells them apart no longer.

    But an agent's name: it goes to the new device, for it is reporting now.
    """
    values = {key.value for key in read.keys}
    wanted = set(read.keys)
    rows = [
        row
        for row in scoped(actor, DeviceKey).filter(value__in=values, state="own")
        if (row.kind, row.value) in wanted
    ]
    shared = [row for row in rows if row.kind != AGENT]
    for row in shared:
        row.state, row.device_id = "shared", None
    DeviceKey.objects.bulk_update(shared, ["state", "device"])
    DeviceKey.objects.filter(pk__in=[row.pk for row in rows if row.kind == AGENT]).delete()


def _give_agent(actor: Actor, read: Read) -> None:
    """Have the agent known as the device from now on, and forget what it said before."""
    agent = [key.value for key in read.keys if key.kind == AGENT]
    scoped(actor, DeviceKey).filter(kind=AGENT, value__in=agent).update(
        device_id=read.device_id, state="own"
    )
    strong = [key for key in read.keys if key.kind != AGENT]
    known = scoped(actor, DeviceKey).filter(device_id=read.device_id, state="own")
    values = {key.kind for key in strong}
    # A new board: what is burnt in is another, and the person says that the device is the same.
    known.filter(kind__in=values & {"serial", "uuid", "imei"}).exclude(
        value__in=[key.value for key in strong]
    ).delete()
    DeviceSeen.objects.filter(device_id=read.device_id).delete()


@action(permission=MANAGE, title=_("Make two devices one"))
def merge_devices(actor: Actor, /, *, device: str, gone: str) -> str:
    """Say that the device `gone` is `device`: what it is known by and reports goes there.

    It leaves the lists, and comes back when this is undone (see undo_merge). Raises
    UnknownDevice, InvalidInput for one and the same.
    """
    rows = devices_by_number(actor, [device, gone])
    kept, other = rows[0], rows[1]
    if kept.pk == other.pk:
        raise InvalidInput(_("These are one device already."), field="gone")
    lock_inventories(actor)
    merge = DeviceMerge.objects.create(
        company_id=actor.company_id,
        kept_device=kept,
        gone=other,
        at=timezone.now(),
        user_id=actor.user_id,
    )
    DeviceKey.objects.filter(device=other).update(device=kept, merge=merge)
    other.merged_into = kept
    other.save()
    count_device(other, -1)
    DeviceSeen.objects.filter(device__in=[kept, other]).delete()
    _read_again(actor, of=other, into=kept)
    concerns(f"ict.device/{kept.pk}")
    return device_number(kept.number)


@action(permission=MANAGE, title=_("Undo a merge of devices"))
def undo_merge(actor: Actor, /, *, device: str) -> str:
    """Let a device that was said to be another be itself again, with what it was known by.

    What it reported meanwhile stays with the other until the next inventory of each. Raises
    UnknownDevice, WrongState when it was not merged.
    """
    number = device
    row = device_by_number(actor, number, merged=True)
    merge = DeviceMerge.objects.filter(gone=row, undone_at=None).order_by("-pk").first()
    if row.merged_into_id is None or merge is None:
        raise WrongState(_("{device} was not made one with another.").format(device=row), field="device")  # fmt: skip
    lock_inventories(actor)
    DeviceKey.objects.filter(merge=merge).update(device=row, merge=None)
    merge.undone_at = timezone.now()
    merge.save()
    row.merged_into = None
    row.save()
    count_device(row, 1)
    DeviceSeen.objects.filter(device__in=[row.pk, merge.kept_device_id]).delete()
    _read_again(actor, of=merge.kept_device, into=merge.kept_device)
    concerns(f"ict.device/{row.pk}")
    return device_number(row.number)


@action(permission=MANAGE, title=_("Part a device in two"))
def split_device(actor: Actor, /, *, device: str, keys: Sequence[str]) -> str:
    """Make a new device of what two machines were taken for; gives its number.

    `keys` are those that go with it, as the device's page shows them (`agent:laptop-2026`). To
    undo it, make the two one. Raises UnknownDevice, UnknownThing for a key it has not.
    """
    row = device_by_number(actor, device)
    lock_inventories(actor)
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
