"""Bring devices to what readings say: new ones are made, known ones changed where it differs."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils import timezone

from kantoor.departments.ict.actions.devices.first_reports import tell_first_reports
from kantoor.departments.ict.actions.devices.keys import Register
from kantoor.departments.ict.actions.devices.parts import write_parts, write_programs
from kantoor.departments.ict.actions.devices.sources import AGENT, Told, models_of, tell
from kantoor.departments.ict.formats.inventory import Key, Reading
from kantoor.departments.ict.models import Device, DeviceEvent, DeviceSeen
from kantoor.departments.ict.models.devices.devices import FOUND
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.models import insert_rows

SERIES = "ict.device"


@dataclass(slots=True)
class Read:
    """A reading on its way: whose it is, and what it came in."""

    reading: Reading
    keys: Sequence[Key]
    place: int
    sha256: str
    address: str = ""
    device_id: int = 0
    digest: str = ""
    verdict: str = ""


def make_devices(actor: Actor, fresh: Sequence[Read], register: Register) -> None:
    """Make a device of each of these readings; parts and programs come later.

    Until now they were counted below nought in the register, which has their keys already.
    """
    if not fresh:
        return
    company, at = actor.company_id, now()
    first, number = take_ids(Device, len(fresh)), take_numbers(f"{SERIES}/{company}", len(fresh))
    models = models_of(
        actor, [(each.reading.kind, each.reading.maker, each.reading.model) for each in fresh]
    )
    rows: list[tuple[Any, ...]] = []
    for n, each in enumerate(fresh):
        found = each.reading
        rows.append(
            (first + n, company, number + n, found.kind, found.name[:200],
             models.get((found.maker, found.model)), found.serial, found.uuid, found.system,
             found.system_version, "", FOUND, None, None, None, None, "", None, None, "", None,
             "", None, "", None, at)
        )  # fmt: skip
    register.name({each.device_id: first + n for n, each in enumerate(fresh)})
    for n, each in enumerate(fresh):
        each.device_id = first + n
    insert_rows(Device, rows)
    tell(actor, [told_by_agent(each) for each in fresh], fresh=True)
    event = take_ids(DeviceEvent, len(fresh))
    insert_rows(
        DeviceEvent,
        [
            (event + n, each.device_id, FOUND, at, actor.user_id, None, None, "")
            for n, each in enumerate(fresh)
        ],
    )


def told_by_agent(each: Read) -> Told:
    """What the machine says of itself."""
    found = each.reading
    return Told(
        each.device_id,
        AGENT,
        {
            field: value
            for field, value in (
                ("kind", found.kind), ("name", found.name), ("maker", found.maker),
                ("model", found.model), ("serial", found.serial), ("uuid", found.uuid),
            )
            if value
        },
    )  # fmt: skip


def apply_readings(actor: Actor, reads: Sequence[Read], register: Register) -> None:
    """Change known devices to what was read of them, and note on each whether anything differed.

    Of one device several readings may come: they are applied one after the other.
    """
    tell_first_reports(actor, [each.device_id for each in reads if each.verdict != "new"])
    for several in _apart(reads):
        _apply(actor, several, register)


def _apart(reads: Sequence[Read]) -> list[list[Read]]:
    """The readings in lots in which no device stands twice, in their order."""
    lots: list[list[Read]] = []
    count: dict[int, int] = {}
    for each in reads:
        nth = count[each.device_id] = count.get(each.device_id, -1) + 1
        if nth == len(lots):
            lots.append([])
        lots[nth].append(each)
    return lots


def _apply(actor: Actor, reads: Sequence[Read], register: Register) -> None:
    seen = {row.device_id: row for row in DeviceSeen.objects.filter(device_id__in=[r.device_id for r in reads])}  # fmt: skip
    for each in reads:
        each.digest = _digest(each.reading, each.keys)
    live = [
        each
        for each in reads
        if each.device_id not in seen or seen[each.device_id].said != each.digest
    ]
    new = {each.device_id for each in live if each.verdict == "new"}
    changed = set(new)
    old = [each for each in live if each.device_id not in new]
    if old:
        changed |= tell(actor, [told_by_agent(each) for each in old])
        changed |= _systems(old)
    changed |= {each.device_id for each in old if register.add(each.device_id, each.keys, AGENT)}
    changed |= write_parts({each.device_id: each.reading.parts for each in live})
    programs = {each.device_id: _programs_digest(each.reading) for each in live}
    changed |= write_programs(
        actor,
        {
            each.device_id: each.reading.programs
            for each in live
            if each.reading.programs is not None
            and (
                each.device_id not in seen
                or seen[each.device_id].programs != programs[each.device_id]
            )
        },
    )
    for each in reads:
        each.verdict = each.verdict or ("changed" if each.device_id in changed else "unchanged")
    _note_seen(reads, seen, programs)


def _systems(reads: Sequence[Read]) -> set[int]:
    """The operating system, of which only the machine itself says anything."""
    told = {
        each.device_id: (each.reading.system, each.reading.system_version)
        for each in reads
        if each.reading.system
    }
    changed = []
    for row in Device.objects.filter(pk__in=told):
        if (row.system, row.system_version) != told[row.pk]:
            row.system, row.system_version = told[row.pk]
            changed.append(row)
    if changed:
        Device.objects.bulk_update(changed, ["system", "system_version"])
    return {row.pk for row in changed}


def _note_seen(
    reads: Sequence[Read], seen: dict[int, DeviceSeen], programs: dict[int, str]
) -> None:
    at = timezone.now()
    fresh: list[int] = []
    again: list[int] = []
    for each in reads:
        row = seen.get(each.device_id)
        (again if row else fresh).append(each.device_id)
        row = row or DeviceSeen(device_id=each.device_id, said="", programs="")
        row.at, row.address, row.sha256 = at, each.address, each.sha256
        # What is left out of an inventory doesn't make the whole one known.
        row.said = row.said if each.reading.partial and row.said else each.digest
        if each.reading.programs is not None and each.device_id in programs:
            row.programs = programs[each.device_id]
        seen[each.device_id] = row
    DeviceSeen.objects.bulk_create([seen[key] for key in fresh])
    told = ["at", "address", "sha256", "said", "programs"]
    if len(again) == 1:  # as nearly always: a fifth of the time of an unchanged inventory less
        seen[again[0]].save(update_fields=told)
    elif again:
        DeviceSeen.objects.bulk_update([seen[key] for key in again], told)


def _digest(reading: Reading, keys: Sequence[Key]) -> str:
    """What a reading says, in 32 hex digits."""
    text = msgspec.msgpack.encode([reading, keys])
    return hashlib.sha256(text).hexdigest()[:32]


def _programs_digest(reading: Reading) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(reading.programs)).hexdigest()[:32]
