"""Register devices that were ordered or are there, and change what is known of them."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.finding import (
    devices_by_number,
    location_by_code,
    locations_by_code,
    parties_by_code,
)
from kantoor.departments.ict.actions.devices.keys import Register
from kantoor.departments.ict.actions.devices.sources import (
    AGENT,
    FIELDS,
    INVOICE,
    PERSON,
    Told,
    settle,
    tell,
)
from kantoor.departments.ict.drafts_devices import DeviceDraft, DeviceKind
from kantoor.departments.ict.errors_devices import KnownDevice
from kantoor.departments.ict.formats.inventory.identity import SERIAL, Key, serial_key
from kantoor.departments.ict.models import Device, DeviceEvent, DeviceSaid
from kantoor.departments.ict.models.devices.devices import device_number
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import LARGEST
from kantoor.kernel.numbering.numbers import take_numbers

HANDLE, MANAGE = "ict.handle_devices", "ict.manage_devices"
MOST = 5_000
TOO_LONG = _("This is longer than {most} characters.")
TEXTS = {
    "name": 200, "maker": 200, "model": 200, "serial": 200, "phone_number": 40, "invoice": 80,
    "asset": 12, "contract": 100, "remark": 500,
}  # fmt: skip


@action(permission=HANDLE, title=_("Register devices"), bulk_of="ict.register_device")
def register_devices(actor: Actor, /, *, devices: Sequence[DeviceDraft]) -> list[str]:
    """Register devices, all or none; gives their numbers, without gaps in the company.

    What is bought by an invoice says what the invoice says; an agent that later reports the same
    serial number is known as that device. Raises KnownDevice for a serial number that is here,
    UnknownThing for a location or supplier, InvalidInput.
    """
    if not 0 < len(devices) <= MOST:
        raise InvalidInput(_("Name 1 to {most} devices.").format(most=MOST), field="devices")
    for place, each in enumerate(devices, 1):
        _refuse_wrong(each, place)
    places = locations_by_code(actor, [each.location for each in devices])
    suppliers = parties_by_code(actor, [each.supplier for each in devices], "supplier")
    keys = [_key(each) for each in devices]
    register = Register(actor, [key for key in keys if key])
    for place, key in enumerate(keys, 1):
        if key and key in register.known:
            raise _known(key, place)
        if key and keys.index(key) != place - 1:
            raise _known(key, place)
    number, at = take_numbers(f"ict.device/{actor.company_id}", len(devices)), timezone.now()
    rows = Device.objects.bulk_create(
        [
            Device(
                company_id=actor.company_id,
                number=number + n,
                kind=each.kind,
                name=each.name,
                serial=each.serial,
                state=each.state,
                phone_number=each.phone_number,
                location=places.get(each.location),
                supplier=suppliers.get(each.supplier),
                invoice=each.invoice,
                purchased_on=each.purchased_on,
                price=each.price,
                asset=each.asset,
                warranty_until=each.warranty_until,
                contract=each.contract,
                contract_until=each.contract_until,
                remark=each.remark,
                registered_at=at,
            )
            for n, each in enumerate(devices)
        ]
    )
    DeviceEvent.objects.bulk_create(
        [DeviceEvent(device=row, state=row.state, at=at, user_id=actor.user_id) for row in rows]
    )
    tell(actor, [_told(row, each) for row, each in zip(rows, devices, strict=True)], fresh=True)
    for row, key in zip(rows, keys, strict=True):
        if key:
            register.add(row.pk, [key], PERSON)
    register.write()
    settle(actor, [row.pk for row in rows])
    if len(rows) == 1:
        concerns(f"ict.device/{rows[0].pk}")
    return [device_number(row.number) for row in rows]


@action(permission=HANDLE, title=_("Register a device"))
def register_device(actor: Actor, /, *, device: DeviceDraft) -> str:
    """Register one device; see the bulk form."""
    return register_devices(actor, devices=[device])[0]


def _told(row: Device, draft: DeviceDraft) -> Told:
    source = INVOICE if draft.invoice else PERSON
    return Told(
        row.pk,
        source,
        {
            "kind": draft.kind, "name": draft.name, "maker": draft.maker, "model": draft.model,
            "serial": draft.serial,
        },
    )  # fmt: skip


def _key(draft: DeviceDraft) -> Key | None:
    value = serial_key(draft.serial)
    return Key(SERIAL, value) if value else None


def _known(key: Key, place: int) -> KnownDevice:
    message = _("There is a device with the serial number {serial} already.")
    return KnownDevice(message.format(serial=key.value), field="serial", line=place)


def _refuse_wrong(draft: DeviceDraft, place: int) -> None:
    for field, most in TEXTS.items():
        text = getattr(draft, field)
        if len(text) > most or "\0" in text:
            raise InvalidInput(TOO_LONG.format(most=most), field=field, line=place)
    if draft.price is not None and not 0 <= draft.price <= LARGEST:
        raise InvalidInput(_("A price is not below nought."), field="price", line=place)
    if not (draft.name or draft.model or draft.serial or draft.phone_number):
        message = _("Give a name, a model, a serial number or a phone number.")
        raise InvalidInput(message, field="name", line=place)


@action(permission=HANDLE, title=_("Change a device"))
def change_device(
    actor: Actor,
    /,
    *,
    device: str,
    kind: DeviceKind | None = None,
    name: str | None = None,
    maker: str | None = None,
    model: str | None = None,
    serial: str | None = None,
    phone_number: str | None = None,
    location: str | None = None,
    supplier: str | None = None,
    invoice: str | None = None,
    purchased_on: date | None = None,
    price: int | None = None,
    asset: str | None = None,
    warranty_until: date | None = None,
    contract: str | None = None,
    contract_until: date | None = None,
    remark: str | None = None,
) -> str:
    """Change what is known of a device; what is not said stays as it is.

    What a person says of what it is wins from then on; said empty, the machine's own word counts
    again. Raises UnknownDevice, UnknownThing, InvalidInput.
    """
    row = devices_by_number(actor, [device], lock=True)[0]
    said = {"kind": kind, "name": name, "maker": maker, "model": model, "serial": serial}
    plain = {
        "phone_number": phone_number, "invoice": invoice, "purchased_on": purchased_on,
        "price": price, "asset": asset, "warranty_until": warranty_until, "contract": contract,
        "contract_until": contract_until, "remark": remark,
    }  # fmt: skip
    for field, most in TEXTS.items():
        text = said.get(field) or plain.get(field)
        if isinstance(text, str) and (len(text) > most or "\0" in text):
            raise InvalidInput(TOO_LONG.format(most=most), field=field)
    if price is not None and not 0 <= price <= LARGEST:
        raise InvalidInput(_("A price is not below nought."), field="price")
    for field, value in plain.items():
        if value is not None:
            setattr(row, field, value)
    if location is not None:
        row.location = locations_by_code(actor, [location]).get(location)
    if supplier is not None:
        row.supplier = parties_by_code(actor, [supplier], "supplier").get(supplier)
    row.save()
    told = {field: value for field, value in said.items() if value is not None}
    if told:
        tell(actor, [Told(row.pk, PERSON, told)])
    concerns(f"ict.device/{row.pk}")
    return device_number(row.number)


@action(permission=HANDLE, title=_("Move devices"))
def move_devices(actor: Actor, /, *, devices: Sequence[str], location: str) -> int:
    """Say where devices are; gives how many. Raises UnknownDevice, UnknownThing."""
    rows = devices_by_number(actor, devices, field="devices")
    place = location_by_code(actor, location)
    for row in rows:
        row.location = place
    Device.objects.bulk_update(rows, ["location"])
    return len(rows)


@action(permission=MANAGE, title=_("Let the machine say what it is"))
def forget_said(actor: Actor, /, *, device: str) -> str:
    """Forget what persons and invoices said of what a device is, where its agent says it too.

    Raises UnknownDevice.
    """
    row = devices_by_number(actor, [device])[0]
    agent = DeviceSaid.objects.filter(device=row, source=AGENT, field__in=FIELDS)
    known = [field for field, value in agent.values_list("field", "value") if value]
    DeviceSaid.objects.filter(device=row, field__in=known, source__in=[PERSON, INVOICE]).delete()
    settle(actor, [row.pk])
    concerns(f"ict.device/{row.pk}")
    return device_number(row.number)
