"""Moving running instances to another version, many at once."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.procedures.actions.advancing import Moving
from kantoor.procedures.department import MANAGE
from kantoor.procedures.engine.moving import expect
from kantoor.procedures.models.instances import RUNNING, STUCK
from kantoor.procedures.queries.drawings import ready_for
from kantoor.procedures.queries.moves import Decision, decided, movable, moves_of, version_of


class MoveOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """How many instances were moved, and the numbers of those that need a decision first."""

    moved: int
    left: list[int]


@action(permission=MANAGE, title=_("Move instances to a version"))
def move_instances(
    actor: Actor, /, *, procedure: str, to: int, decisions: Sequence[Decision] = ()
) -> MoveOutcome:
    """Let running instances of other versions go on by this one, where their tokens stand.

    Those that stand at what the version does not have stay as they are, unless it is decided where
    they go on. What was passed stays passed; tasks that people have stay theirs.
    Raises UnknownProcedure.
    """
    version = version_of(actor, procedure, to)
    moving = Moving(actor)
    moving.take([each.pk for each in movable(version)])
    # As they are now that they are locked: some may have ended or moved meanwhile.
    instances = [
        held.instance
        for held in moving.held.values()
        if held.instance.state in (RUNNING, STUCK) and held.instance.version_id != version.pk
    ]
    outcome = moves_of(instances, version, decided(list(decisions)))
    going = [each for each in instances if not outcome[each.pk].undecided]
    for instance in going:
        instance.version, instance.tokens = version, outcome[instance.pk].kept
    readies = ready_for(going)
    for instance in going:
        held = moving.held[instance.pk]
        held.ready = readies[instance.pk]
        run = moving.run_of(held)
        expect(run.workflow)
        moving.note(held, run)
    moving.finish()
    concerns(f"procedures.procedure/{version.procedure_id}")
    left = [each.number for each in instances if outcome[each.pk].undecided]
    return MoveOutcome(moved=len(going), left=left)
