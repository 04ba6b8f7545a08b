"""The keys of devices: looked up for many, and added as inventories bring them."""

from collections.abc import Iterable, Mapping, Sequence

from kantoor.departments.ict.actions.devices.matching import OWN, Known
from kantoor.departments.ict.formats.inventory.identity import HOST, Key
from kantoor.departments.ict.models import DeviceKey
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import now
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.models import insert_rows

SOME = 400


class Register:
    """The keys that a batch of readings may touch, as they are after each of them."""

    def __init__(self, actor: Actor, keys: Iterable[Key]) -> None:
        self.actor = actor
        self.known: dict[Key, Known] = {}
        self.own: dict[int, dict[str, set[str]]] = {}
        self.fresh: list[tuple[Key, int, str]] = []
        self.left: list[tuple[Key, int]] = []
        wanted = list(dict.fromkeys(keys))
        for start in range(0, len(wanted), SOME):
            self._look_up(wanted[start : start + SOME])
        devices = sorted({each.device_id for each in self.known.values() if each.device_id})
        for start in range(0, len(devices), SOME):
            self._fill(devices[start : start + SOME])

    def _look_up(self, keys: Sequence[Key]) -> None:
        wanted, slots = set(keys), ", ".join(["%s"] * len(keys))
        rows = fetch(
            "SELECT kind, value, device_id, state FROM ict_device_key"  # noqa: S608
            f" WHERE company_id = %s AND value IN ({slots})",
            [self.actor.company_id, *(key.value for key in keys)],
        )
        for kind, value, device_id, state in rows:
            if Key(kind, value) in wanted:
                self.known[Key(kind, value)] = Known(device_id, state)

    def _fill(self, devices: Sequence[int]) -> None:
        slots = ", ".join(["%s"] * len(devices))
        rows = fetch(
            "SELECT device_id, kind, value FROM ict_device_key"  # noqa: S608
            f" WHERE state = 'own' AND device_id IN ({slots})",
            devices,
        )
        for device_id, kind, value in rows:
            self.own.setdefault(device_id, {}).setdefault(kind, set()).add(value)

    def add(self, device_id: int, keys: Iterable[Key], source: str) -> bool:
        """Give a device those of the keys that nobody has; gives whether there were any.

        Its earlier host name it gives up, for another machine may have it from now on.
        """
        own = self.own.setdefault(device_id, {})
        before = len(self.fresh)
        for key in keys:
            if key in self.known:
                continue
            if key.kind == HOST:
                self.left += [(Key(HOST, value), device_id) for value in own.pop(HOST, set())]
            self.known[key] = Known(device_id, OWN)
            own.setdefault(key.kind, set()).add(key.value)
            self.fresh.append((key, device_id, source))
        return len(self.fresh) > before

    def name(self, keys: Mapping[int, int]) -> None:
        """Give devices that were counted below nought until now the keys of their rows."""
        self.known = {
            key: Known(keys.get(each.device_id or 0, each.device_id), each.state)
            for key, each in self.known.items()
        }
        self.fresh = [(key, keys.get(device, device), source) for key, device, source in self.fresh]
        self.left = [(key, keys.get(device, device)) for key, device in self.left]
        for below, key in keys.items():
            self.own[key] = self.own.pop(below, {})

    def write(self) -> None:
        """Write what was added and given up."""
        if self.left:
            values: Mapping[str, int] = {key.value: device for key, device in self.left}
            DeviceKey.objects.filter(
                company_id=self.actor.company_id,
                kind=HOST,
                value__in=values,
                device_id__in=set(values.values()),
            ).delete()
        if self.fresh:
            at, first = now(), take_ids(DeviceKey, len(self.fresh))
            insert_rows(
                DeviceKey,
                [
                    (first + n, self.actor.company_id, *key, device_id, source, OWN, None, at)
                    for n, (key, device_id, source) in enumerate(self.fresh)
                ],
            )  # fmt: skip
        self.fresh, self.left = [], []
