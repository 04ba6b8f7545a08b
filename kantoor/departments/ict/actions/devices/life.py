"""The life of devices: handed out and taken back on one sheet, repaired, wiped, disposed."""

from collections.abc import Mapping, Sequence
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.assets import scrap_with_devices
from kantoor.departments.ict.actions.devices.finding import devices_by_number, parties_by_code
from kantoor.departments.ict.actions.devices.letting_go import by_person, tell_let_go
from kantoor.departments.ict.drafts_devices import HandedItem
from kantoor.departments.ict.errors_devices import AlreadyDecided, UnknownThing, WrongState
from kantoor.departments.ict.events import DevicesHandedOut, DevicesTakenBack, HandoverSigned
from kantoor.departments.ict.models import Device, DeviceEvent, Handover, HandoverItem
from kantoor.departments.ict.models.devices.devices import (
    DISPOSED,
    FIRST_FREE,
    FOUND,
    ISSUED,
    ORDERED,
    REPAIR,
    RESERVABLE,
    RETURNED,
    STOCK,
    WIPED,
)
from kantoor.departments.ict.models.devices.handovers import (
    handover_number,
    read_handover_number,
)
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.files.files import store_file
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

PERMISSION = "ict.handle_devices"
MOST = 1_000
LARGEST_SIGNATURE = 8 * 2**20
FROM: Mapping[str, Sequence[str]] = {
    STOCK: (ORDERED, FOUND, REPAIR, RETURNED, WIPED),
    ISSUED: FIRST_FREE,
    RETURNED: (ISSUED,),
    REPAIR: (FOUND, STOCK, ISSUED, RETURNED),
    WIPED: (STOCK, RETURNED, REPAIR),
    DISPOSED: (ORDERED, FOUND, STOCK, REPAIR, RETURNED, WIPED),
}
"""From which states a device comes into each."""
STATE_WORDS = {
    FOUND: _("Seen, not registered"),
    ORDERED: _("Ordered"),
    STOCK: _("In stock"),
    ISSUED: _("Handed out"),
    REPAIR: _("In repair"),
    RETURNED: _("Returned"),
    WIPED: _("Wiped"),
    DISPOSED: _("Disposed of"),
}
MEDIA = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"%PDF": "application/pdf"}


@action(permission=PERMISSION, title=_("Hand out devices"))
def hand_out(actor: Actor, /, *, party: str, items: Sequence[HandedItem]) -> str:
    """Hand devices to a person, on one sheet to be signed; gives its number.

    `party` is the person's code. Raises UnknownThing, UnknownDevice, WrongState for a device that
    somebody has, that can't be handed out or that is kept for somebody else.
    """
    return _handed(actor, "out", party, items, ISSUED)


@action(permission=PERMISSION, title=_("Take devices back"))
def take_back(actor: Actor, /, *, party: str, items: Sequence[HandedItem]) -> str:
    """Take devices back from a person, on one sheet to be signed; gives its number.

    Raises UnknownThing, UnknownDevice, WrongState for a device that this person has not.
    """
    return _handed(actor, "back", party, items, RETURNED)


def _handed(
    actor: Actor, direction: str, party: str, items: Sequence[HandedItem], state: str
) -> str:
    if not 0 < len(items) <= MOST:
        raise InvalidInput(_("Name 1 to {most} devices.").format(most=MOST), field="items")
    numbers = [each.device for each in items]
    rows = devices_by_number(actor, numbers, lock=True, field="items.device")
    if len({row.pk for row in rows}) != len(rows):
        raise InvalidInput(_("A device is on the sheet twice."), field="items")
    person = parties_by_code(actor, [party], "party").get(party)
    if person is None:
        raise UnknownThing(_("Say who it is."), field="party")
    if direction == "back":
        for place, row in enumerate(rows, 1):
            if row.holder_id != person.pk:
                message = _("{device} is not with {person}.").format(device=row, person=person)
                raise WrongState(message, field="items", line=place)
    else:
        _not_kept_for_another(rows, person)
    sheet = Handover.objects.create(
        company_id=actor.company_id,
        number=take_numbers(f"ict.handover/{actor.company_id}", 1),
        direction=direction,
        party=person,
        at=timezone.now(),
        user_id=actor.user_id,
    )
    HandoverItem.objects.bulk_create(
        [
            HandoverItem(handover=sheet, device=row, condition=each.condition[:200])
            for row, each in zip(rows, items, strict=True)
        ]
    )
    _move(actor, rows, state, holder=person if state == ISSUED else None, sheet=sheet)
    concerns(f"ict.handover/{sheet.pk}")
    told = DevicesHandedOut if direction == "out" else DevicesTakenBack
    named = tuple(str(row) for row in rows)
    publish(told(actor.company_id, person.pk, person.code, str(sheet), named))
    return handover_number(sheet.number)


def _not_kept_for_another(rows: Sequence[Device], person: Party) -> None:
    for place, row in enumerate(rows, 1):
        if row.reserved_for_id not in (None, person.pk):
            message = _("{device} is kept for {person}.")
            said = message.format(device=row, person=row.reserved_for)
            raise WrongState(said, field="items", line=place)


@action(permission=PERMISSION, title=_("Sign a handover sheet"))
def sign_handover(
    actor: Actor, /, *, handover: str, how: Literal["screen", "paper"], image: bytes
) -> str:
    """Keep the signature of a sheet: drawn on a screen (PNG), or the scan of the paper.

    It belongs to the person, and is erased with them. Raises UnknownThing, AlreadyDecided when it
    was signed, InvalidInput for what is no picture or PDF.
    """
    number = read_handover_number(handover)
    row = scoped(actor, Handover).select_related("party").filter(number=number or 0).first()
    if row is None:
        message = _("There is no handover sheet “{number}”.").format(number=handover[:40])
        raise UnknownThing(message, field="handover")
    if row.signed_at is not None:
        raise AlreadyDecided(_("This sheet was signed already."), field="handover")
    media = next((kind for head, kind in MEDIA.items() if image.startswith(head)), "")
    if not media or len(image) > LARGEST_SIGNATURE:
        raise InvalidInput(_("Give a PNG, JPEG or PDF of at most 8 MB."), field="image")
    row.signature = store_file(
        actor,
        content=image,
        name=f"{row}.{media.rpartition('/')[2]}",
        media_type=media,
        subject_id=row.party.subject_id,
    )
    row.signed_at, row.signed_how = timezone.now(), how
    row.save()
    concerns(f"ict.handover/{row.pk}")
    publish(HandoverSigned(actor.company_id, row.party_id, row.party.code, str(row), row.direction))
    return handover_number(row.number)


def _to(actor: Actor, devices: Sequence[str], state: str, why: str) -> int:
    if not 0 < len(devices) <= MOST:
        raise InvalidInput(_("Name 1 to {most} devices.").format(most=MOST), field="devices")
    rows = devices_by_number(actor, list(dict.fromkeys(devices)), lock=True, field="devices")
    # What is repaired is still the person's; all else leaves them.
    leaving = by_person((row, row.holder_id) for row in rows) if state != REPAIR else {}
    _move(actor, rows, state, why=why, keeps=state == REPAIR)
    tell_let_go(actor, leaving)
    if len(rows) == 1:
        concerns(f"ict.device/{rows[0].pk}")
    return len(rows)


def _move(
    actor: Actor,
    rows: Sequence[Device],
    state: str,
    *,
    holder: Party | None = None,
    sheet: Handover | None = None,
    why: str = "",
    keeps: bool = False,
) -> None:
    """Bring devices into a state, with a row of history for each. Raises WrongState."""
    for place, row in enumerate(rows, 1):
        if row.state not in FROM[state]:
            message = _("{device} can't become “{state}”: it is “{now}”.")
            said = message.format(device=row, state=STATE_WORDS[state], now=STATE_WORDS[row.state])
            raise WrongState(said, field="devices", line=place if len(rows) > 1 else None)
    at = timezone.now()
    for row in rows:
        row.state = state
        if not keeps:
            row.holder = holder
        if state not in RESERVABLE:
            row.reserved_for = None
    Device.objects.bulk_update(rows, ["state", "holder", "reserved_for"])
    DeviceEvent.objects.bulk_create(
        [
            DeviceEvent(
                device=row, state=state, at=at, user_id=actor.user_id, party_id=row.holder_id,
                handover=sheet, why=why[:200],
            )
            for row in rows
        ]
    )  # fmt: skip


@action(permission=PERMISSION, title=_("Put devices in stock"))
def stock_devices(actor: Actor, /, *, devices: Sequence[str], why: str = "") -> int:
    """Put devices in stock: those that were ordered came in, those repaired or returned can go out
    again. Gives how many. Raises UnknownDevice, WrongState.
    """
    return _to(actor, devices, STOCK, why)


@action(permission=PERMISSION, title=_("Send devices for repair"))
def repair_devices(actor: Actor, /, *, devices: Sequence[str], why: str = "") -> int:
    """Note that devices are being repaired; gives how many. Raises UnknownDevice, WrongState."""
    return _to(actor, devices, REPAIR, why)


@action(permission=PERMISSION, title=_("Note that devices were wiped"))
def wipe_devices(actor: Actor, /, *, devices: Sequence[str], why: str = "") -> int:
    """Note that the data on devices was erased; gives how many. Raises UnknownDevice, WrongState."""
    return _to(actor, devices, WIPED, why)


@action(permission=PERMISSION, title=_("Dispose of devices"))
def dispose_of_devices(actor: Actor, /, *, devices: Sequence[str], why: str) -> int:
    """Note that devices are gone for good, and how; gives how many.

    A fixed asset of which no other device is left is scrapped along, by who may do that; else it
    waits for them on the device's page. Raises UnknownDevice, WrongState, and what finance raises.
    """
    count = _to(actor, devices, DISPOSED, why)
    scrap_with_devices(actor, devices, why)
    return count
