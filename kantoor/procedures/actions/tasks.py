"""Doing tasks: complete them, take one from a pool, hand it on, put it back."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import colleague
from kantoor.kernel.errors import InvalidInput, NotAllowed
from kantoor.kernel.expressions import Value
from kantoor.kernel.queries import scoped
from kantoor.procedures.actions.advancing import Held, Moving
from kantoor.procedures.actions.people import is_barred, user_key
from kantoor.procedures.actions.performing import act, reference
from kantoor.procedures.department import HELP, TAKE_PART
from kantoor.procedures.diagrams.elements import Element
from kantoor.procedures.engine.running import Asked, Scope, inputs_of
from kantoor.procedures.errors import NotOpen, NotYours, UnknownProcedure
from kantoor.procedures.forms import asked_of
from kantoor.procedures.models import Task
from kantoor.procedures.models.tasks import OPEN
from kantoor.procedures.queries.inboxes import Inboxes

Json = Any


class Completion(msgspec.Struct, frozen=True, kw_only=True):
    """A task that is done, with what was filled in: fields, or parameters of its action."""

    task: int
    values: Mapping[str, Json] = {}


@action(permission=TAKE_PART, title=_("Complete a task"))
def complete_task(actor: Actor, /, *, task: int, values: Mapping[str, Json] = {}) -> None:
    """Do a task: what was filled in is kept, or its action performed as oneself.

    Raises UnknownProcedure, NotOpen, NotYours, and whatever the task's action refuses.
    """
    complete_tasks(actor, completions=[Completion(task=task, values=values)])


@action(permission=TAKE_PART, title=_("Complete tasks"), bulk_of="procedures.complete_task")
def complete_tasks(actor: Actor, /, *, completions: Sequence[Completion]) -> None:
    """Do several tasks at once, all or none; each instance runs on to where it next waits."""
    moving = Moving(actor)
    found, mine = open_tasks(moving, [each.task for each in completions])
    for line, (known, completion) in enumerate(zip(found, completions, strict=True), 1):
        task = _still_open(moving, known)
        principal = doer(actor, mine, task)
        moving.by[task.token] = (actor.user_id, principal)
        try:
            _complete(actor, moving, task, completion.values)
        except InvalidInput as refusal:
            at = line if len(completions) > 1 else None
            raise InvalidInput(refusal.message, field=refusal.place.field, line=at) from None
    moving.finish()
    concerns(f"procedures.instance/{found[0].instance_id}" if found else "procedures.instance")


def open_tasks(moving: Moving, keys: Sequence[int]) -> tuple[list[Task], Inboxes]:
    """Tasks of the company with their instances locked, and the inboxes that the actor works from.

    Raises UnknownProcedure, NotOpen.
    """
    if len(set(keys)) != len(keys):
        raise InvalidInput(_("The same task stands here twice."), field="task")
    mine = moving.take_tasks(keys)
    by_key = {task.pk: task for held in moving.held.values() for task in held.tasks.values()}
    if missing := [key for key in keys if key not in by_key]:
        there = set(scoped(moving.actor, Task).filter(pk__in=missing).values_list("pk", flat=True))
        if unknown := [key for key in missing if key not in there]:
            message = _("There is no task {number} here.").format(number=unknown[0])
            raise UnknownProcedure(message, field="task")
        raise NotOpen(_("This task was done, or is not needed any more."), field="task")
    return [by_key[key] for key in keys], mine


def _still_open(moving: Moving, task: Task) -> Task:
    """A task as those done before it, in the same act, left it; raises NotOpen."""
    found = moving.held[task.instance_id].tasks.get(task.token)
    if found is None or found.state != OPEN:
        raise NotOpen(_("This task was done, or is not needed any more."), field="task")
    return found


def doer(actor: Actor, mine: Inboxes, task: Task) -> int | None:
    """In whose place somebody does a task (None: in their own); raises NotYours."""
    if is_barred(task.barred, actor.user_id):
        raise NotYours(
            _("Duties are separated here: you asked for this, or did an earlier step of it."),
            field="task",
        )
    principals: tuple[int, ...] = (
        () if task.whose in mine.own else mine.standing_in.get(task.whose, ())
    )
    if not principals and task.whose not in mine.own:
        raise NotYours(_("Somebody else has this task."), field="task")
    may = [each for each in principals if not is_barred(task.barred, each)]
    if (principals and not may) or is_barred(task.barred, task.deputy_for_id):
        raise NotYours(_("Duties are separated here: this is not theirs to do."), field="task")
    if task.deputy_for_id is not None:  # It was taken in somebody's place, and stays theirs.
        return task.deputy_for_id
    return may[0] if may else None


def _complete(actor: Actor, moving: Moving, task: Task, given: Mapping[str, Json]) -> None:
    held = moving.held[task.instance_id]
    element = held.ready.elements[task.element]
    run = moving.run_of(held)
    if task.token in run.asked:
        message = _("This was asked, and waits until a second person has seen it.")
        raise NotOpen(message, field="task")
    scope = {**held.values, **run.local(task.token)}
    try:
        result = _outcome(actor, held, element, scope, given)
    except Asked as asked:
        approval = asked.approval
        task = held.tasks[task.token]
        task.done_by_id, task.deputy_for_id = moving.by.pop(task.token)
        moving.writing.tasks[task.pk] = task
        moving.go_on(held, run, lambda run: run.asked.update({task.token: approval}))
        return
    moving.go_on(held, run, lambda run: run.work_done(task.token, result))


def _outcome(
    actor: Actor, held: Held, element: Element, scope: Scope, given: Mapping[str, Json]
) -> Value:
    """What came of the work: the action's result, or the values of the fields."""
    if not element.action:
        values = asked_of(element.fields, given)
        held.values.update(values)
        return values
    declared = action_named(element.action)
    if declared is None or declared.hidden:
        message = _("There is no action “{name}” here.").format(name=element.action)
        raise NotAllowed(message)
    parameters = parameters_of(element, scope, given)
    return act(actor, declared, parameters, held.instance)


def parameters_of(element: Element, scope: Scope, given: Mapping[str, Json]) -> dict[str, Value]:
    """What the action of a task is given: offers, over them what was filled in, then the fixed."""
    fixed = inputs_of(element, scope, element.inputs)
    offered = inputs_of(element, scope, element.offers)
    for name in given:
        if name in fixed and not isinstance(fixed[name], dict):
            message = _("“{name}” is fixed by the procedure.").format(name=str(name)[:60])
            raise InvalidInput(message, field=str(name)[:60])
    return merged(merged(offered, given), fixed)


def merged(below: Mapping[str, Value], above: Mapping[str, Value]) -> dict[str, Value]:
    """Records put together: what stands above goes first, part by part."""
    found = dict(below)
    for name, value in above.items():
        known = found.get(name)
        if isinstance(known, dict) and isinstance(value, Mapping):
            found[name] = merged(known, value)
        else:
            found[name] = value
    return found


# --- who has a task


@action(permission=TAKE_PART, title=_("Take a task"))
def claim_task(actor: Actor, /, *, task: int) -> None:
    """Take a task from the pool of a role or team, so that nobody else does it meanwhile."""
    claim_tasks(actor, tasks=[task])


@action(permission=TAKE_PART, title=_("Take tasks"), bulk_of="procedures.claim_task")
def claim_tasks(actor: Actor, /, *, tasks: Sequence[int]) -> None:
    """Take several tasks, all or none. Raises UnknownProcedure, NotOpen, NotYours with the line."""
    moving = Moving(actor)
    assert actor.user_id is not None
    found, mine = open_tasks(moving, tasks)
    for line, task in enumerate(found, 1):
        try:
            task.deputy_for_id = doer(actor, mine, task)
        except NotYours as refusal:
            at = line if len(found) > 1 else None
            raise NotYours(refusal.message, field="task", line=at) from None
        task.whose = user_key(actor.user_id)
    _written(moving, *found)


@action(permission=TAKE_PART, title=_("Put a task back"))
def put_task_back(actor: Actor, /, *, task: int) -> None:
    """Give a task back to the role or team it was offered to."""
    moving = Moving(actor)
    (found,), mine = open_tasks(moving, [task])
    if found.whose not in mine.own and not actor.may(HELP):
        raise NotYours(_("Somebody else has this task."), field="task")
    if found.whose == found.pool:
        raise NotOpen(_("Nobody took this task."), field="task")
    found.whose, found.deputy_for = found.pool, None
    _written(moving, found)


@action(permission=TAKE_PART, title=_("Hand a task on"))
def hand_task_on(actor: Actor, /, *, task: int, user: str) -> None:
    """Hand a task that one has to a colleague; who helps procedures along may hand on any.

    Refused to who may not do it: duties that are separated stay so. Raises NotFound, NotYours.
    """
    moving = Moving(actor)
    (found,), mine = open_tasks(moving, [task])
    if not actor.may(HELP):
        doer(actor, mine, found)
    person = colleague(actor, user)
    if person.kind != "person" or not person.active:
        raise InvalidInput(_("Choose a colleague who can sign in."), field="user")
    if is_barred(found.barred, person.pk):
        message = _("{name} may not do this: duties are separated here.")
        raise NotYours(message.format(name=person.name), field="user")
    found.whose, found.deputy_for = user_key(person.pk), None
    _written(moving, found)


def _written(moving: Moving, *tasks: Task) -> None:
    for task in tasks:
        assert task.state == OPEN
        moving.writing.tasks[task.pk] = task
        held = moving.held[task.instance_id]
        held.instance.changed_at = timezone.now()
        moving.writing.instances[held.instance.pk] = held.instance
        concerns(reference(held.instance))
    moving.finish()
