"""Take in inventories: kept as they came, understood, and brought to the devices they are of."""

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.applying import (
    Read,
    apply_readings,
    make_devices,
)
from kantoor.departments.ict.actions.devices.first_reports import tell_first_reports
from kantoor.departments.ict.actions.devices.holding import hold
from kantoor.departments.ict.actions.devices.keys import Register
from kantoor.departments.ict.actions.devices.matching import judge
from kantoor.departments.ict.actions.devices.sources import AGENT
from kantoor.departments.ict.drafts_devices import (
    IncomingInventory,
    InventoriesTaken,
    InventoryError,
    InventoryTaken,
)
from kantoor.departments.ict.formats.inventory import (
    InventoryUnreadable,
    Message,
    keys_of,
    read_message,
    readings,
)
from kantoor.departments.ict.models import InventoryContent, InventoryRaw, InventoryReport
from kantoor.departments.ict.models.devices.devices import device_number
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.lookup import fetch, rows_by_key
from kantoor.kernel.store.models import insert_rows
from kantoor.kernel.store.raw import run
from kantoor.kernel.store.turns import take_turn

PERMISSION = "ict.report_inventory"
MOST = 2_000
LARGEST_KEPT = 20 * 2**20
MESSAGES = {
    "inventory.too_large": _("It is larger than is taken: at most 20 MB, 48 MB unpacked."),
    "inventory.packing": _("It can't be unpacked; send zlib, gzip or plain text."),
    "inventory.empty": _("It is empty."),
    "inventory.json": _("It is no JSON of an agent; see the GLPI agent's inventory format."),
    "inventory.xml": _("It is no XML of a FusionInventory or GLPI agent."),
    "inventory.nothing": _("This message asks something, and holds no inventory."),
    "inventory.nobody": _("It names nothing by which the device could be known again."),
}


@dataclass(slots=True)
class _Incoming:
    """An inventory on its way."""

    given: IncomingInventory
    sha256: str
    message: Message | None = None
    refused: InventoryError | None = None
    reads: list[Read] = field(default_factory=list)
    same: int = 0
    """The device that said exactly this the last time."""
    raw: int = 0

    @property
    def verdict(self) -> str:
        if self.refused:
            return "refused"
        verdicts = [each.verdict for each in self.reads]
        return next((each for each in verdicts if each != "unchanged"), "unchanged")


@action(
    permission=PERMISSION, title=_("Take in inventories"), bulk_of="ict.take_inventory", hidden=True
)
def take_inventories(
    actor: Actor, /, *, inventories: Sequence[IncomingInventory]
) -> InventoriesTaken:
    """Take in inventories of agents, in their order; gives what became of each.

    What can't be read is kept and explained. What an inventory leaves out stays as it was. Where
    it is not sure whose it is, it is held for a person (see decide_conflict). The same inventory
    again changes nothing. Raises InvalidInput for too many at once.
    """
    if not 0 < len(inventories) <= MOST:
        raise InvalidInput(_("Give 1 to {most} inventories.").format(most=MOST), field="files")
    coming = [_Incoming(each, hashlib.sha256(each.content).hexdigest()) for each in inventories]
    _find_same(actor, coming)
    for each in coming:
        if not each.same:
            _read(each)
    reads = [read for each in coming for read in each.reads]
    if reads or any(each.refused for each in coming):
        lock_inventories(actor)
        _settle(actor, coming, reads)
    _note_again(actor, coming)
    files = _told(actor, coming)
    ok = sum(each.ok for each in files)
    return InventoriesTaken(files=files, ok=ok, failed=len(files) - ok)


@action(permission=PERMISSION, title=_("Take in an inventory"), hidden=True)
def take_inventory(actor: Actor, /, *, name: str, content: bytes) -> InventoriesTaken:
    """Take in one inventory; see the bulk form."""
    return take_inventories(actor, inventories=[IncomingInventory(name=name, content=content)])


def lock_inventories(actor: Actor) -> None:
    """Let one transaction at a time decide which device is which (SQLite has one writer anyway)."""
    take_turn(f"ict.inventory/{actor.company_id}")


def _find_same(actor: Actor, coming: Sequence[_Incoming]) -> None:
    """Which of them say, byte for byte, what a device said the last time."""
    known = rows_by_key(
        "SELECT seen.sha256, seen.device_id FROM ict_device_seen seen"
        " JOIN ict_device device ON device.id = seen.device_id"
        " WHERE device.company_id = %s AND device.merged_into_id IS NULL"
        " AND seen.sha256 IN ({})",
        [actor.company_id],
        {each.sha256 for each in coming},
    )
    for each in coming:
        each.same = known.get(each.sha256, 0)


def _read(each: _Incoming) -> None:
    try:
        each.message = read_message(each.given.content)
    except InventoryUnreadable as error:
        said = str(MESSAGES[error.code])
        each.refused = InventoryError(rule=error.code, message=f"{said} ({error.why})")
        return
    if each.message.kind != "inventory":
        each.refused = _because("inventory.nothing")
        return
    for place, reading in enumerate(readings(each.message)):
        keys = keys_of(reading)
        if keys:
            read = Read(reading, keys, place, each.sha256, each.given.address)
            each.reads.append(read)
    if not each.reads:
        each.refused = _because("inventory.nobody")


def _because(code: str) -> InventoryError:
    return InventoryError(rule=code, message=str(MESSAGES[code]))


def _settle(actor: Actor, coming: Sequence[_Incoming], reads: Sequence[Read]) -> None:
    """Find whose each reading is, bring the devices to it, and keep what changed anything."""
    register = Register(actor, (key for read in reads for key in read.keys))
    known: list[Read] = []
    new: list[Read] = []
    held: list[tuple[_Incoming, Read, str, tuple[int, ...]]] = []
    for each in coming:
        for read in each.reads:
            found = judge(read.keys, register.known, register.own)
            if found.verdict == "new":
                new.append(read)
                read.verdict, read.device_id = "new", -len(new)
                register.add(read.device_id, read.keys, AGENT)
            elif found.verdict == "known":
                assert found.device_id is not None
                read.device_id = found.device_id
                known.append(read)
            elif found.verdict == "held":
                read.verdict = "held"
                held.append((each, read, found.reason, found.candidates))
            else:
                read.verdict = "ignored"
    below = [read.device_id for read in new]
    make_devices(actor, new, register)
    made = dict(zip(below, (read.device_id for read in new), strict=True))
    for read in known:
        read.device_id = made.get(read.device_id, read.device_id)
    apply_readings(actor, [*new, *known], register)
    register.write()
    keep_raw(actor, [each for each in coming if each.verdict != "unchanged"])
    hold(
        actor,
        [
            (each.raw, read, reason, tuple(made.get(key, key) for key in some))
            for each, read, reason, some in held
        ],
    )
    _report(actor, coming)
    if len(reads) == 1 and reads[0].device_id:
        concerns(f"ict.device/{reads[0].device_id}")


def keep_raw(actor: Actor, coming: Iterable[_Incoming]) -> None:
    """Keep inventories as they came; the same content is kept once."""
    wanted = {each.sha256: each for each in coming}
    if not wanted:
        return
    known = rows_by_key(
        "SELECT sha256, id FROM ict_inventory_raw WHERE company_id = %s AND sha256 IN ({})",
        [actor.company_id],
        wanted,
    )
    fresh = [each for digest, each in wanted.items() if digest not in known]
    if fresh:
        first, at = take_ids(InventoryRaw, len(fresh)), now()
        rows = [
            (
                first + n,
                actor.company_id,
                each.sha256,
                "message" if each.message else "unreadable",
                at,
            )
            for n, each in enumerate(fresh)
        ]
        insert_rows(InventoryRaw, rows)
        known |= {each.sha256: first + n for n, each in enumerate(fresh)}
    # What came once more may have been thrown away meanwhile.
    InventoryContent.objects.bulk_create(
        [
            InventoryContent(raw_id=known[digest], packed=_packed(each))
            for digest, each in wanted.items()
        ],
        ignore_conflicts=True,
    )
    for digest, each in wanted.items():
        each.raw = known[digest]


def _packed(each: _Incoming) -> bytes:
    said = each.message.kept if each.message else each.given.content[:LARGEST_KEPT]
    return zlib.compress(said, 1)


def _report(actor: Actor, coming: Iterable[_Incoming]) -> None:
    rows: list[tuple[int, int, str, int | None, str, str, str]] = []
    for each in coming:
        agent = each.message.agent if each.message else ""
        if each.refused:
            rows.append((each.raw, 0, agent, None, "refused", each.refused.rule, ""))
        for read in each.reads:
            if read.verdict != "unchanged":
                remarks = "\n".join(read.reading.remarks)
                device = read.device_id or None
                rows.append((each.raw, read.place, agent, device, read.verdict, "", remarks))
    again = {
        (raw, place)
        for raw, place in fetch(
            "SELECT raw_id, place FROM ict_inventory_report"  # noqa: S608
            f" WHERE raw_id IN ({', '.join(['%s'] * len(rows)) or 'NULL'})",
            [row[0] for row in rows],
        )
    }
    rows = [row for row in rows if row[:2] not in again]
    if rows:
        first, at = take_ids(InventoryReport, len(rows)), now()
        insert_rows(
            InventoryReport,
            [(first + n, actor.company_id, *row, at) for n, row in enumerate(rows)],
        )


def _note_again(actor: Actor, coming: Sequence[_Incoming]) -> None:
    """Note that devices were heard of, which said what they had said before."""
    at = now()
    tell_first_reports(actor, [each.same for each in coming if each.same])
    for each in coming:
        if each.same:
            run(
                "UPDATE ict_device_seen SET at = %s, address = %s WHERE device_id = %s",
                [at, each.given.address, each.same],
            )


def _told(actor: Actor, coming: Sequence[_Incoming]) -> list[InventoryTaken]:
    devices = {read.device_id for each in coming for read in each.reads if read.device_id}
    devices |= {each.same for each in coming if each.same}
    numbers = rows_by_key("SELECT id, number FROM ict_device WHERE id IN ({})", [], devices)
    told = []
    for each in coming:
        keys = [read.device_id for read in each.reads if read.device_id] or [each.same]
        told.append(
            InventoryTaken(
                file=each.given.name,
                ok=each.refused is None,
                what=each.message.action if each.message else "inventory" if each.same else "",
                verdict=each.verdict,
                devices=[device_number(numbers[key]) for key in keys if key],
                errors=[each.refused] if each.refused else [],
                remarks=sorted({note for read in each.reads for note in read.reading.remarks}),
            )
        )
    return told
