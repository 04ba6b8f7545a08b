"""Decide whose a held inventory is; make two devices one, and part them again."""

import zlib
from collections.abc import Sequence
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.applying import Read, apply_readings, make_devices
from kantoor.departments.ict.actions.devices.finding import device_by_number
from kantoor.departments.ict.actions.devices.inventories import lock_inventories
from kantoor.departments.ict.actions.devices.keys import Register
from kantoor.departments.ict.actions.devices.sources import AGENT as AGENT_SAYS
from kantoor.departments.ict.actions.devices.sources import PERSON
from kantoor.departments.ict.errors_devices import AlreadyDecided, UnknownThing
from kantoor.departments.ict.formats.inventory import keys_of, readings
from kantoor.departments.ict.formats.inventory.identity import AGENT
from kantoor.departments.ict.formats.inventory.messages import kept_message
from kantoor.departments.ict.models import (
    Device,
    DeviceKey,
    DeviceSeen,
    InventoryConflict,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
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
        row.state, row.device_id, row.merge_id = "shared", None, None
    DeviceKey.objects.bulk_update(shared, ["state", "device", "merge"])
    DeviceKey.objects.filter(pk__in=[row.pk for row in rows if row.kind == AGENT]).delete()


def _give_agent(actor: Actor, read: Read) -> None:
    """Have the agent known as the device from now on, and forget what it said before."""
    agent = [key.value for key in read.keys if key.kind == AGENT]
    scoped(actor, DeviceKey).filter(kind=AGENT, value__in=agent).update(
        device_id=read.device_id, state="own", merge=None
    )
    strong = [key for key in read.keys if key.kind != AGENT]
    known = scoped(actor, DeviceKey).filter(device_id=read.device_id, state="own")
    values = {key.kind for key in strong}
    # A new board: what is burnt in is another, and the person says that the device is the same.
    known.filter(kind__in=values & {"serial", "uuid", "imei"}).exclude(
        value__in=[key.value for key in strong]
    ).delete()
    DeviceSeen.objects.filter(device_id=read.device_id).delete()
