"""Helping procedures along: try again what failed, go on past it, call the whole off."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped
from kantoor.procedures.actions.advancing import Held, Moving, not_running
from kantoor.procedures.actions.performing import reference
from kantoor.procedures.department import HELP, TAKE_PART
from kantoor.procedures.errors import NotOpen, NotYours, UnknownProcedure
from kantoor.procedures.models import Comment, Instance, Wait
from kantoor.procedures.models.instances import RUNNING, STUCK
from kantoor.procedures.models.waits import APPROVAL, ESCALATION, FAILED

LONGEST_WHY = 300


@action(permission=HELP, title=_("Try again what failed"))
def try_again(actor: Actor, /, *, waits: Sequence[int]) -> None:
    """Try once more what failed in instances, by the numbers of what stands still.

    Raises UnknownProcedure, NotOpen.
    """
    moving, found = _failed(actor, waits)
    for wait in found:
        if wait.kind == APPROVAL:
            raise NotOpen(_("It was done already: go on past it."), field="waits")
        if wait.kind != FAILED:
            wait.why, wait.tries = "", 0
            wait.due_at = moving.now if wait.due_at or not wait.name else None
            moving.writing.waits[wait.pk] = wait
        token = wait.token
        moving.move(wait.instance_id, lambda run, token=token: run.failed.pop(token, None))  # type: ignore[misc]
    moving.finish()


@action(permission=HELP, title=_("Go on past what failed"))
def skip_step(actor: Actor, /, *, wait: int, why: str) -> None:
    """Go on as if what failed were done, because it was dealt with otherwise; say how.

    Raises UnknownProcedure, NotOpen.
    """
    if not why.strip():
        raise InvalidInput(_("Say how it was dealt with."), field="why")
    moving, found = _failed(actor, [wait])
    if found[0].kind == ESCALATION:
        raise NotOpen(_("This no longer stands still."), field="waits")
    token = found[0].token
    moving.move(found[0].instance_id, lambda run: run.skipped(token))
    moving.finish()
    _say(actor, moving.held[found[0].instance_id].instance, why)


@action(permission=TAKE_PART, title=_("Call a procedure off"))
def call_off(actor: Actor, /, *, instance: int, why: str) -> list[str]:
    """Stop an instance; what it did that can be undone is undone, the last first.

    For who started it, and who helps procedures along. Gives in sentences what could not be
    undone. Raises UnknownProcedure, NotYours, NotOpen.
    """
    if not why.strip():
        raise InvalidInput(_("Say why it is called off."), field="why")
    found = scoped(actor, Instance).filter(number=instance).first()
    if found is None:
        raise UnknownProcedure(_("There is no such procedure under way."), field="instance")
    if not actor.may(HELP) and found.requester_id != actor.user_id:
        raise NotYours(_("Only who started it, or helps procedures along, calls it off."))
    moving = Moving(actor)
    moving.take([found.pk])
    held = moving.held[found.pk]
    _refuse_ended(held)
    refused = moving.call_off(found.pk)
    moving.finish()
    _say(actor, held.instance, "\n".join([why, *refused]))
    return refused


def _failed(actor: Actor, keys: Sequence[int]) -> tuple[Moving, list[Wait]]:
    if not keys:
        raise InvalidInput(_("Choose what is to be tried again."), field="waits")
    known = Wait.objects.filter(company=actor.company_id, pk__in=keys)
    instances = dict(known.values_list("pk", "instance_id"))
    if any(key not in instances for key in keys):
        raise UnknownProcedure(_("There is no such thing that failed."), field="waits")
    moving = Moving(actor)
    moving.take(instances.values())
    found = [
        wait
        for held in moving.held.values()
        for wait in held.waits.values()
        if wait.pk in set(keys)
    ]
    if len(found) < len(set(keys)) or not all(wait.why for wait in found):
        raise NotOpen(_("This no longer stands still."), field="waits")
    for held in moving.held.values():
        _refuse_ended(held)
        concerns(reference(held.instance))
    return moving, found


def _refuse_ended(held: Held) -> None:
    if held.instance.state not in (RUNNING, STUCK):
        raise NotOpen(not_running(held.instance), field="instance")


def _say(actor: Actor, instance: Instance, text: str) -> None:
    """Keep the reason with what people said about the instance."""
    Comment.objects.create(
        company_id=actor.company_id,
        instance=instance,
        user_id=actor.user_id,
        made_at=timezone.now(),
        text=text.strip()[:5_000],
    )
    concerns(reference(instance))
