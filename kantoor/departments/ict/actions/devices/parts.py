"""Bring the parts and programs of devices to what inventories say, touching only what differs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kantoor.departments.ict.actions.devices.software_counts import count_titles
from kantoor.departments.ict.actions.devices.sources import AGENT
from kantoor.departments.ict.formats.inventory import Part, Program
from kantoor.departments.ict.models import DevicePart, Installation, SoftwareTitle, SoftwareVersion
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.lookup import fetch, fetch_of_keys, rows_by_key
from kantoor.kernel.store.models import insert_rows

SOME = 400
FIELDS = Part._fields[1:]


def write_parts(stated: Mapping[int, Mapping[str, Sequence[Part]]]) -> set[int]:
    """Make the parts of each device those that were stated, kind by kind; gives whose changed.

    Kinds that were not stated stay as they are, and so do parts that a person wrote down.
    """
    there = _there([device for device, kinds in stated.items() if kinds])
    fresh: list[tuple[Any, ...]] = []
    changed: list[DevicePart] = []
    gone: list[int] = []
    touched: set[int] = set()
    for device, kinds in stated.items():
        for kind, parts in kinds.items():
            old = there.get((device, kind), {})
            for place, part in _numbered(parts).items():
                row = old.pop(place, None)
                if row is None:
                    fresh.append((device, *part, AGENT))
                elif row[1] != part:
                    changed.append(_row(row[0], device, part))
                else:
                    continue
                touched.add(device)
            gone += [key for key, _part in old.values()]
            touched |= {device} if old else set()
    if fresh:
        first = take_ids(DevicePart, len(fresh))
        insert_rows(DevicePart, [(first + n, *row) for n, row in enumerate(fresh)])
    if changed:
        DevicePart.objects.bulk_update(changed, FIELDS)
    if gone:
        DevicePart.objects.filter(pk__in=gone).delete()
    return touched


Place = tuple[tuple[str, str, str, str], int]
"""A part's identity, and which it is of those that have the same."""


def _there(devices: Sequence[int]) -> dict[tuple[int, str], dict[Place, tuple[int, Part]]]:
    """The parts that agents reported of devices, by device and kind."""
    columns = ", ".join(Part._fields)
    found: dict[tuple[int, str], dict[Place, tuple[int, Part]]] = {}
    for start in range(0, len(devices), SOME):
        some = devices[start : start + SOME]
        slots = ", ".join(["%s"] * len(some))
        rows = fetch(
            f"SELECT id, device_id, {columns} FROM ict_device_part"  # noqa: S608
            f" WHERE source = 'agent' AND device_id IN ({slots}) ORDER BY id",
            some,
        )
        for key, device, *values in rows:
            part = Part(*values)
            of_kind = found.setdefault((device, part.kind), {})
            of_kind[_next(of_kind, part)] = (key, part)
    return found


def _numbered(parts: Iterable[Part]) -> dict[Place, Part]:
    found: dict[Place, Part] = {}
    for part in parts:
        found[_next(found, part)] = part
    return found


def _next(taken: Mapping[Place, Any], part: Part) -> Place:
    identity, nth = part.identity, 0
    while (identity, nth) in taken:
        nth += 1
    return identity, nth


def _row(key: int, device: int, part: Part) -> DevicePart:
    return DevicePart(pk=key, device_id=device, source=AGENT, **part._asdict())


def write_programs(actor: Actor, stated: Mapping[int, Sequence[Program]]) -> set[int]:
    """Make the programs on each device those that were stated; gives whose changed."""
    if not stated:
        return set()
    versions, titles = _versions(actor, {each for programs in stated.values() for each in programs})
    there = _installed(list(stated))
    _name_titles(titles, {version for old in there.values() for version in old})
    fresh: list[tuple[int, int]] = []
    gone: list[int] = []
    touched: set[int] = set()
    more = Counter[int]()
    for device, programs in stated.items():
        wanted = {versions[each] for each in programs}
        old = there[device]
        if wanted == old.keys():
            continue
        touched.add(device)
        fresh += [(device, version) for version in sorted(wanted - old.keys())]
        gone += [key for version, key in old.items() if version not in wanted]
        more.update({titles[each] for each in wanted})
        more.subtract({titles[each] for each in old})
    if fresh:
        first = take_ids(Installation, len(fresh))
        insert_rows(Installation, [(first + n, *row) for n, row in enumerate(fresh)])
    for start in range(0, len(gone), SOME):
        Installation.objects.filter(pk__in=gone[start : start + SOME]).delete()
    count_titles(more)
    return touched


def _installed(devices: Sequence[int]) -> dict[int, dict[int, int]]:
    """The keys of what is installed on devices, by device and version."""
    there: dict[int, dict[int, int]] = {device: {} for device in devices}
    for start in range(0, len(devices), SOME):
        some = devices[start : start + SOME]
        slots = ", ".join(["%s"] * len(some))
        rows = fetch(
            "SELECT device_id, version_id, id FROM ict_installation"  # noqa: S608
            f" WHERE device_id IN ({slots})",
            some,
        )
        for device, version, key in rows:
            there[device][version] = key
    return there


def _name_titles(titles: dict[int, int], versions: set[int]) -> None:
    """Add the titles of versions of which they are not known yet."""
    if unknown := versions - titles.keys():
        titles |= rows_by_key(
            "SELECT id, title_id FROM ict_software_version WHERE id IN ({})", [], unknown
        )


def _versions(
    actor: Actor, programs: set[Program]
) -> tuple[dict[tuple[str, str, str], int], dict[int, int]]:
    """The versions of these programs and the title of each; those that are new are made."""
    titles: dict[tuple[str, str], int] = {}
    # Plain tuples are equal to programs, and are made at no cost.
    found: dict[tuple[str, str, str], int] = {}
    titled: dict[int, int] = {}
    names = sorted({each.name for each in programs})
    rows = fetch_of_keys(
        "SELECT title.id, title.name, title.publisher, version.id, version.version"
        " FROM ict_software_title title"
        " LEFT JOIN ict_software_version version ON version.title_id = title.id"
        " WHERE title.company_id = %s AND title.name IN ({})",
        [actor.company_id],
        names,
    )
    for title, name, publisher, key, version in rows:
        titles[name, publisher] = title
        if key is not None:
            found[name, publisher, version] = key
            titled[key] = title
    missing = sorted(each for each in programs if each not in found)
    fresh = sorted({each[:2] for each in missing} - titles.keys())
    if fresh:
        first = take_ids(SoftwareTitle, len(fresh))
        rows_ = [(first + n, actor.company_id, *title) for n, title in enumerate(fresh)]
        insert_rows(SoftwareTitle, rows_)
        titles |= {title: first + n for n, title in enumerate(fresh)}
    if missing:
        first = take_ids(SoftwareVersion, len(missing))
        insert_rows(
            SoftwareVersion,
            [(first + n, titles[each[:2]], each.version) for n, each in enumerate(missing)],
        )
        found.update((each, first + n) for n, each in enumerate(missing))
        titled.update((first + n, titles[each[:2]]) for n, each in enumerate(missing))
    return found, titled
