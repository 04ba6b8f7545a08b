"""Who and what is affected when something does not work: by the graph of dependencies."""

from collections.abc import Iterable, Sequence

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Dependency, Device
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped

MOST_LEVELS = 20
MOST = 10_000
SOME = 400


class Affected(msgspec.Struct, frozen=True):
    """Something that does not work either; `through` is what it depends on, `level` how far off."""

    reference: str
    through: str
    level: int


class Impact(msgspec.Struct, frozen=True):
    """What is affected, the nearest first, and the persons who hold devices among it."""

    affected: list[Affected]
    people: list[str]
    cut: bool


@query(permission="ict.read_devices", title=_("Who is affected"), exposed=True)
def impact(actor: Actor, /, *, of: list[str]) -> Impact:
    """What depends on these things, however far off, and who holds the devices among it.

    One statement for each level. `people` are codes of parties.
    """
    seen = dict.fromkeys(of, "")
    found: list[Affected] = []
    edge: list[str] = list(seen)
    for level in range(1, MOST_LEVELS + 1):
        fresh = {child: through for child, through in _dependents(actor, edge) if child not in seen}
        seen |= fresh
        edge = list(fresh)
        found += [Affected(child, seen[child], level) for child in edge]
        if not edge or len(found) > MOST:
            break
    return Impact(found[:MOST], _holders(actor, seen), cut=bool(edge))


def _dependents(actor: Actor, on: Sequence[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for start in range(0, len(on), SOME):
        rows = scoped(actor, Dependency).filter(on__in=on[start : start + SOME])
        found += rows.order_by("pk").values_list("of", "on")
    return found


def _holders(actor: Actor, references: Iterable[str]) -> list[str]:
    keys = [
        int(each.partition("/")[2])
        for each in references
        if each.startswith("ict.device/") and each.partition("/")[2].isdigit()
    ]
    found: set[str] = set()
    for start in range(0, len(keys), SOME):
        rows = scoped(actor, Device).filter(pk__in=keys[start : start + SOME], holder__isnull=False)
        found.update(rows.values_list("holder__code", flat=True))
    return sorted(found)


def would_circle(actor: Actor, *, of: str, on: str) -> bool:
    """Whether `on` depends on `of` already, however far off."""
    return on in {each.reference for each in impact(actor, of=[of]).affected}
