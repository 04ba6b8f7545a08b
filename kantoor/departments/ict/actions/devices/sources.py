"""Who says what a device is, and who wins.

A person may correct anything. Otherwise the machine itself knows best what it is, and the invoice
comes last. What loses is kept, and shown beside what won.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils import timezone

from kantoor.departments.ict.models import Device, DeviceModel, DeviceSaid
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.models import insert_rows

PERSON, AGENT, INVOICE = "person", "agent", "invoice"
ORDER = (PERSON, AGENT, INVOICE)
"""Sources, the one that wins first."""
FIELDS = ("kind", "name", "maker", "model", "serial", "uuid")


class Told(NamedTuple):
    """What a source says of a device; what is not among the fields it says nothing of."""

    device_id: int
    source: str
    fields: Mapping[str, str]


def tell(actor: Actor, told: Sequence[Told], *, fresh: bool = False) -> set[int]:
    """Keep what sources say; gives the devices of which something changed.

    With `fresh` the devices are new, so that nothing was said of them before.
    """
    known: dict[tuple[int, str, str], DeviceSaid] = {}
    if not fresh:
        rows = DeviceSaid.objects.filter(device_id__in={each.device_id for each in told})
        known = {(row.device_id, row.field, row.source): row for row in rows}
    at = now()
    new: list[tuple[object, ...]] = []
    changed: list[DeviceSaid] = []
    for each in told:
        for field, value in each.fields.items():
            row = known.get((each.device_id, field, each.source))
            if row is None:
                if value:
                    new.append((each.device_id, field, each.source, value[:200], at))
            elif row.value != value[:200]:
                row.value, row.at = value[:200], timezone.now()
                changed.append(row)
    if new:
        first = take_ids(DeviceSaid, len(new))
        insert_rows(DeviceSaid, [(first + n, *row) for n, row in enumerate(new)])
    if changed:
        DeviceSaid.objects.bulk_update(changed, ["value", "at"])
    touched = {int(str(row[0])) for row in new} | {row.device_id for row in changed}
    if not fresh:
        settle(actor, touched)
    return touched


def settle(actor: Actor, devices: Iterable[int]) -> None:
    """Put on devices what the best source says of each field."""
    rows = list(Device.objects.filter(pk__in=set(devices)).order_by("pk"))
    if not rows:
        return
    said: dict[int, dict[str, dict[str, str]]] = {}
    for each in DeviceSaid.objects.filter(device__in=rows):
        said.setdefault(each.device_id, {}).setdefault(each.field, {})[each.source] = each.value
    best = {row.pk: winners(said.get(row.pk, {})) for row in rows}
    models = models_of(actor, [(each["kind"], each["maker"], each["model"]) for each in best.values()])  # fmt: skip
    for row in rows:
        found = best[row.pk]
        row.kind = found["kind"] or row.kind
        row.name, row.serial, row.uuid = found["name"], found["serial"], found["uuid"]
        row.model_id = models.get((found["maker"], found["model"]))
    Device.objects.bulk_update(rows, ["kind", "name", "serial", "uuid", "model"])


def winners(said: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The value of each field that wins; empty where nobody says anything."""
    return {
        field: next(
            (value for source in ORDER if (value := said.get(field, {}).get(source, ""))), ""
        )
        for field in FIELDS
    }


def models_of(actor: Actor, wanted: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], int]:
    """The models of these kinds, makers and names by maker and name; made where they are new."""
    named = {(maker, name): kind for kind, maker, name in wanted if maker or name}
    if not named:
        return {}
    names = sorted({name for _maker, name in named})
    slots = ", ".join(["%s"] * len(names))
    found: dict[tuple[str, str], int] = {
        (maker, name): key
        for key, maker, name in fetch(
            f"SELECT id, maker, name FROM ict_device_model"  # noqa: S608
            f" WHERE company_id = %s AND name IN ({slots})",
            [actor.company_id, *names],
        )
    }
    fresh = [(kind, *pair) for pair, kind in sorted(named.items()) if pair not in found]
    if fresh:
        first = take_ids(DeviceModel, len(fresh))
        insert_rows(
            DeviceModel, [(first + n, actor.company_id, *row) for n, row in enumerate(fresh)]
        )
        found |= {(maker, name): first + n for n, (_kind, maker, name) in enumerate(fresh)}
    return found
