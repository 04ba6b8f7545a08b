"""Diagrams as they are kept, read once and held for as long as they are used."""

import zlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping

import msgspec

from kantoor.procedures.diagrams.elements import Diagram
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.engine.compiling import Ready, ready
from kantoor.procedures.models import Drawing, Instance, Version

MOST_KEPT = 64
_kept: OrderedDict[int, Diagram] = OrderedDict()


def content_of(drawing: Drawing) -> bytes:
    """The file as it was given."""
    return zlib.decompress(bytes(drawing.content))


def diagrams_of(version_ids: Iterable[int]) -> dict[int, Diagram]:
    """The diagrams of these versions."""
    wanted = set(version_ids)
    missing = wanted - _kept.keys()
    if missing:
        for version in Version.objects.filter(pk__in=missing).select_related("drawing"):
            _kept[version.pk] = read_diagram(content_of(version.drawing))
    found = {}
    for pk in wanted:
        _kept.move_to_end(pk)
        found[pk] = _kept[pk]
    while len(_kept) > max(MOST_KEPT, len(wanted)):
        _kept.popitem(last=False)
    return found


def calls_of(instance: Instance) -> dict[str, int]:
    """The versions of the procedures that an instance calls, by their key."""
    return msgspec.json.decode(instance.calls, type=dict[str, int])


def ready_for(instances: Iterable[Instance]) -> Mapping[int, Ready]:
    """What runs each of these instances, by its version and what it calls."""
    listed = list(instances)
    called = {each.pk: calls_of(each) for each in listed}
    wanted = {each.version_id for each in listed} | {
        pk for calls in called.values() for pk in calls.values()
    }
    diagrams = diagrams_of(wanted)
    return {
        each.pk: ready(
            diagrams[each.version_id],
            each.start,
            {key: diagrams[pk] for key, pk in called[each.pk].items()},
        )
        for each in listed
    }
