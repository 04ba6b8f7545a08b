"""Diagrams as they are kept, read once and held for as long as they are used."""

import zlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping

import msgspec

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.lookup import rows_by_key
from kantoor.procedures.diagrams.elements import Diagram
from kantoor.procedures.diagrams.reading import read_diagram
from kantoor.procedures.engine.compiling import Ready, ready
from kantoor.procedures.models import Drawing, Instance, Procedure

MOST_KEPT = 64
DIGEST = (
    "SELECT v.id, d.digest FROM procedures_version v"
    " JOIN procedures_drawing d ON d.id = v.drawing_id WHERE v.id IN "
)
DIGESTS = f"{DIGEST}({{}})"
_kept: OrderedDict[str, Diagram] = OrderedDict()


def content_of(drawing: Drawing) -> bytes:
    """The file as it was given."""
    return zlib.decompress(bytes(drawing.content))


def diagrams_of(
    version_ids: Iterable[int], asked: Mapping[int, str] | None = None
) -> dict[int, Diagram]:
    """The diagrams of these versions; those not held by their content are read.

    `asked` are digests of drawings, by version, that were asked already.
    """
    known = asked or {}
    wanted = set(version_ids)
    digests = {pk: known[pk] for pk in wanted if pk in known}
    digests |= rows_by_key(DIGESTS, [], wanted - digests.keys())
    if missing := set(digests.values()) - _kept.keys():
        for drawing in Drawing.objects.filter(digest__in=missing):
            _kept[drawing.digest] = read_diagram(content_of(drawing))
    found = {pk: _kept[digest] for pk, digest in digests.items()}
    for digest in digests.values():
        _kept.move_to_end(digest)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return found


def called_by(actor: Actor, diagrams: Iterable[Diagram]) -> dict[str, int]:
    """The versions, as published now, of the procedures that these call, and those call in turn."""
    wanted = {each.calls for diagram in diagrams for each in diagram.elements.values()} - {""}
    found: dict[str, int] = {}
    while wanted:
        known = scoped(actor, Procedure).filter(key__in=wanted, published__isnull=False)
        fresh = dict(known.values_list("key", "published__pk"))
        found |= fresh
        inner = diagrams_of(fresh.values()).values()
        wanted = {e.calls for each in inner for e in each.elements.values()} - {""} - found.keys()
    return found


def calls_of(instance: Instance) -> dict[str, int]:
    """The versions of the procedures that an instance calls, by their key."""
    return msgspec.json.decode(instance.calls, type=dict[str, int])


def ready_for(
    instances: Iterable[Instance], asked: Mapping[int, str] | None = None
) -> Mapping[int, Ready]:
    """What runs each of these instances, by its version and what it calls (`diagrams_of`)."""
    listed = list(instances)
    called = {each.pk: calls_of(each) for each in listed}
    wanted = {each.version_id for each in listed} | {
        pk for calls in called.values() for pk in calls.values()
    }
    diagrams = diagrams_of(wanted, asked)
    return {
        each.pk: ready(
            diagrams[each.version_id],
            each.start,
            {key: diagrams[pk] for key, pk in called[each.pk].items()},
        )
        for each in listed
    }
