"""What moving instances to another version would do: which move, and which need a decision."""

from collections.abc import Mapping

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import MANAGE
from kantoor.procedures.engine.compiling import Ready, ready
from kantoor.procedures.engine.moving import Moved, moved
from kantoor.procedures.errors import UnknownProcedure
from kantoor.procedures.models import Instance, Procedure, Version
from kantoor.procedures.models.instances import RUNNING, STUCK
from kantoor.procedures.queries.drawings import diagrams_of, ready_for
from kantoor.procedures.queries.words import said

SAMPLE = 20


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Where tokens go on that stand at an element which the new version does not have."""

    element: str
    to: str


class Undecided(msgspec.Struct, frozen=True, kw_only=True):
    """Instances whose tokens stand at an element for which it has to be decided where they go.

    `instances` are some of their numbers.
    """

    version: int
    element: str
    name: str
    count: int
    instances: list[int]


class MovePlan(msgspec.Struct, frozen=True, kw_only=True):
    """What moving would do: `moving` of `count` instances move, the others need a decision.

    `targets` are the elements of the new version at which tokens can be let go on, with names.
    """

    count: int
    moving: int
    undecided: list[Undecided]
    targets: dict[str, str]


@query(permission=MANAGE, title=_("What moving to a version would do"), exposed=True)
def move_plan(
    actor: Actor,
    /,
    *,
    procedure: str,
    to: int,
    decisions: list[str] = [],  # noqa: B006
) -> MovePlan:
    """The dry run: how many running instances of other versions move to this one, which do not.

    `decisions` are where tokens go on, each as `element=to`, so that an address can say them.
    It changes nothing. Raises UnknownProcedure.
    """
    version = version_of(actor, procedure, to)
    instances = movable(version)
    outcome = moves_of(instances, version, dict(_pair(each) for each in decisions))
    names = _names(actor, instances)
    groups: dict[tuple[int, str], list[int]] = {}
    for instance in instances:
        for element in sorted(set(outcome[instance.pk].undecided)):
            key = (instance.version_id, element)
            groups.setdefault(key, []).append(instance.number)
    numbers = dict(Version.objects.filter(procedure=version.procedure_id).values_list("pk", "number"))  # fmt: skip
    return MovePlan(
        count=len(instances),
        moving=sum(not each.undecided for each in outcome.values()),
        undecided=[
            Undecided(
                version=numbers[pk],
                element=element,
                name=names.get((pk, element), element),
                count=len(found),
                instances=found[:SAMPLE],
            )
            for (pk, element), found in sorted(groups.items())
        ],
        targets=_targets(actor, version),
    )


def _pair(text: str) -> tuple[str, str]:
    element, _equals, to = text.partition("=")
    return element, to


def decided(decisions: list[Decision]) -> dict[str, str]:
    """Decisions by the element they are about."""
    return {each.element: each.to for each in decisions}


def version_of(actor: Actor, procedure: str, number: int) -> Version:
    """A version that was published of a procedure of the company; raises UnknownProcedure."""
    found = scoped(actor, Procedure).filter(key=procedure).first()
    version = Version.objects.filter(
        procedure=found, number=number, published_at__isnull=False
    ).first()
    if found is None or version is None:
        message = _("There is no published version {number} of “{procedure}”.")
        raise UnknownProcedure(message.format(number=number, procedure=procedure[:60]), field="to")
    return version


def movable(version: Version) -> list[Instance]:
    """The instances that run by other versions of the same procedure."""
    found = Instance.objects.filter(
        procedure_id=version.procedure_id, state__in=[RUNNING, STUCK]
    ).exclude(version=version)
    return list(found.order_by("pk"))


def moves_of(
    instances: list[Instance], version: Version, decisions: Mapping[str, str]
) -> dict[int, Moved]:
    """What each instance would become by a version."""
    readies = ready_for(instances)
    diagram = diagrams_of([version.pk])[version.pk]
    targets: dict[tuple[str, int], Ready | None] = {}
    answer = {}
    for each in instances:
        old = readies[each.pk]
        key = (each.start, each.version_id)
        if key not in targets:
            there = each.start in diagram.elements
            targets[key] = ready(diagram, each.start, old.called) if there else None
        new = targets[key]
        answer[each.pk] = (
            moved(bytes(each.tokens), old, new, decisions)
            if new is not None
            else Moved(undecided=[each.start])
        )
    return answer


def _names(actor: Actor, instances: list[Instance]) -> dict[tuple[int, str], str]:
    diagrams = diagrams_of({each.version_id for each in instances})
    return {
        (pk, element.id): said(actor, element.name, element.name_nl) or element.id
        for pk, diagram in diagrams.items()
        for element in diagram.elements.values()
    }


def _targets(actor: Actor, version: Version) -> dict[str, str]:
    diagram = diagrams_of([version.pk])[version.pk]
    return {
        each.id: said(actor, each.name, each.name_nl) or each.id
        for each in diagram.elements.values()
        if each.tag.endswith("Task") or each.tag in ("task", "intermediateCatchEvent")
    }
