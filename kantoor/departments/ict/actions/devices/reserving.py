"""Keep devices for somebody until they get them, and hand out or take back all at once."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.finding import devices_by_number, parties_by_code
from kantoor.departments.ict.actions.devices.letting_go import by_person, tell_let_go
from kantoor.departments.ict.actions.devices.life import (
    MOST,
    PERMISSION,
    STATE_WORDS,
    hand_out,
    take_back,
)
from kantoor.departments.ict.drafts_devices import DeviceKind, HandedItem
from kantoor.departments.ict.errors_devices import NoneInStock, UnknownThing, WrongState
from kantoor.departments.ict.models import Device
from kantoor.departments.ict.models.devices.devices import RESERVABLE, STOCK, WIPED
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

READY = (STOCK, WIPED)
"""States of devices that are chosen by themselves: nothing is left to be done to them."""


@action(permission=PERMISSION, title=_("Keep devices for somebody"))
def reserve_devices(actor: Actor, /, *, party: str, devices: Sequence[str]) -> int:
    """Keep devices for a person: nobody else gets them. Gives how many.

    Raises UnknownThing, UnknownDevice, and WrongState for one that somebody has or that is kept
    for somebody else.
    """
    if not 0 < len(devices) <= MOST:
        raise InvalidInput(_("Name 1 to {most} devices.").format(most=MOST), field="devices")
    person = _person(actor, party)
    rows = devices_by_number(actor, list(dict.fromkeys(devices)), lock=True, field="devices")
    for place, row in enumerate(rows, 1):
        if row.state not in RESERVABLE:
            message = _("{device} can't be kept for somebody: it is “{now}”.")
            said = message.format(device=row, now=STATE_WORDS[row.state])
            raise WrongState(said, field="devices", line=place)
        if row.reserved_for_id not in (None, person.pk):
            message = _("{device} is kept for {person}.")
            said = message.format(device=row, person=row.reserved_for)
            raise WrongState(said, field="devices", line=place)
        row.reserved_for = person
    Device.objects.bulk_update(rows, ["reserved_for"])
    _told(rows)
    return len(rows)


@action(permission=PERMISSION, title=_("Keep a device from stock for somebody"))
def reserve_from_stock(actor: Actor, /, *, party: str, kind: DeviceKind) -> str:
    """Keep the device of a kind that is longest in stock for a person; gives its number.

    Raises UnknownThing, and NoneInStock where none is free.
    """
    person = _person(actor, party)
    free = scoped(actor, Device).filter(
        kind=kind, state__in=READY, reserved_for=None, merged_into=None
    )
    row = free.select_for_update().order_by("number").first()
    if row is None:
        message = _("Nothing of this kind is in stock that is not kept for somebody.")
        raise NoneInStock(message, field="kind")
    row.reserved_for = person
    row.save()
    _told([row])
    return str(row)


@action(permission=PERMISSION, title=_("No longer keep devices for somebody"))
def release_devices(actor: Actor, /, *, devices: Sequence[str]) -> int:
    """Let devices go to anybody again; gives how many were kept. Raises UnknownDevice."""
    if not 0 < len(devices) <= MOST:
        raise InvalidInput(_("Name 1 to {most} devices.").format(most=MOST), field="devices")
    rows = devices_by_number(actor, list(dict.fromkeys(devices)), lock=True, field="devices")
    return _released(actor, rows)


@action(permission=PERMISSION, title=_("No longer keep anything for somebody"))
def release_reserved(actor: Actor, /, *, party: str) -> int:
    """Let all devices that are kept for a person go to anybody again; gives how many."""
    return _released(actor, _kept(actor, _person(actor, party)))


@action(permission=PERMISSION, title=_("Hand out what is kept for somebody"))
def hand_out_reserved(actor: Actor, /, *, party: str, condition: str = "") -> str:
    """Hand a person all devices that are kept for them, on one sheet; gives its number.

    Raises what handing out raises, and WrongState where nothing is kept for them.
    """
    person = _person(actor, party)
    return hand_out(actor, party=party, items=_items(_kept(actor, person), condition))


@action(permission=PERMISSION, title=_("Take back all that somebody has"))
def take_back_all(actor: Actor, /, *, party: str, condition: str = "") -> str:
    """Take back all devices that a person has, on one sheet; gives its number.

    Raises what taking back raises (WrongState for one in repair: it is put in stock when it is
    back), and WrongState where they have nothing.
    """
    person = _person(actor, party)
    theirs = scoped(actor, Device).select_for_update().filter(holder=person, merged_into=None)
    return take_back(actor, party=party, items=_items(list(theirs.order_by("number")), condition))


def _person(actor: Actor, party: str) -> Party:
    person = parties_by_code(actor, [party], "party").get(party)
    if person is None:
        raise UnknownThing(_("Say who it is."), field="party")
    return person


def _kept(actor: Actor, person: Party) -> list[Device]:
    rows = scoped(actor, Device).select_for_update()
    return list(rows.filter(reserved_for=person, merged_into=None).order_by("number"))


def _items(rows: Sequence[Device], condition: str) -> list[HandedItem]:
    found = [HandedItem(device=str(row), condition=condition) for row in rows]
    if not found:
        raise WrongState(_("There is no such device."), field="party")
    return found


def _released(actor: Actor, rows: Sequence[Device]) -> int:
    kept = [row for row in rows if row.reserved_for_id is not None]
    leaving = by_person((row, row.reserved_for_id) for row in kept)
    for row in kept:
        row.reserved_for = None
    if kept:
        Device.objects.bulk_update(kept, ["reserved_for"])
        _told(kept)
        tell_let_go(actor, leaving)
    return len(kept)


def _told(rows: Sequence[Device]) -> None:
    if len(rows) == 1:
        concerns(f"ict.device/{rows[0].pk}")
