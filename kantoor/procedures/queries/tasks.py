"""The inbox of tasks, and one task with what it asks."""

import heapq
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Role, User
from kantoor.kernel.errors import DomainError, InvalidInput
from kantoor.kernel.expressions import Value
from kantoor.kernel.inboxes import NEVER, once
from kantoor.kernel.paging import LARGEST_PAGE, PAGE, Page, read_cursor, write_cursor
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import HELP, READ, TAKE_PART
from kantoor.procedures.diagrams.elements import Element, FormField
from kantoor.procedures.engine.compiling import Ready
from kantoor.procedures.engine.keeping import read
from kantoor.procedures.engine.running import Run, Scope, inputs_of
from kantoor.procedures.errors import UnknownProcedure
from kantoor.procedures.models import Task, Team, Wait
from kantoor.procedures.models.tasks import OPEN
from kantoor.procedures.models.waits import APPROVAL
from kantoor.procedures.queries.drawings import ready_for
from kantoor.procedures.queries.inboxes import Inboxes, inboxes_of
from kantoor.procedures.queries.remarks import CommentRow, remarks_of
from kantoor.procedures.queries.words import said

ORDER = ("due_at", "id")
YEAR_OF_NEVER = NEVER.year
COUNTED = 10_000
"""More tasks than this are counted as "more than"."""


class TaskRow(msgspec.Struct, frozen=True, kw_only=True):
    """A task in an inbox. `due_at` is None where no time was agreed.

    `taken` says that somebody has it (who: `whose`), `mine` that the reader does; `for_whom` is
    the colleague whose task it is when the reader stands in. `asked` says that it was done, and
    waits until a second person has seen it.
    """

    id: int
    title: str
    procedure: str
    procedure_key: str
    instance: int
    instance_title: str
    whose: str
    taken: bool
    mine: bool
    for_whom: str
    made_at: datetime
    due_at: datetime | None
    late: bool
    escalated: bool
    asked: bool


class TaskShown(msgspec.Struct, frozen=True, kw_only=True):
    """A task with what it asks: the fields of a form, or an action with its parameters.

    `known` is what the procedure fixed of the action, `offered` what the person may change.
    `why_not` says why the reader can't do it, `approval` is the request that it waits for.
    `requester` started the instance; none where an event did, which `cause` then names.
    `claimable` says that the reader may take it, `returnable` put it back for others.
    """

    row: TaskRow
    element: str
    requester: str
    cause: str
    started_at: datetime
    approval: int | None
    claimable: bool
    returnable: bool
    remarks: list[CommentRow]
    fields: list[FormField]
    action: str
    known: dict[str, Any]
    offered: dict[str, Any]
    open: bool
    done_by: str
    done_at: datetime | None
    why_not: str


@query(permission=TAKE_PART, title=_("One's tasks"), exposed=True)
def inbox(
    actor: Actor, /, *, mine: bool = False, late: bool = False, search: str = "",
    cursor: str = "", limit: int = PAGE,
) -> Page[TaskRow]:  # fmt: skip
    """The open tasks that one may do, what is due first on top.

    `mine` leaves out those of roles and teams that nobody took, `late` those that are in time.
    """
    # The inbox of all departments asks one more, to see whether that is all.
    if not 1 <= limit <= LARGEST_PAGE + 1:
        raise InvalidInput(_("Ask for 1 to {most} rows.").format(most=LARGEST_PAGE), field="limit")
    boxes = once(inboxes_of, actor)
    keys = [f"user/{actor.user_id}"] if mine else boxes.keys
    found = [_of_inbox(actor, key, late, search) for key in keys]
    rows = list(_merged(found, cursor, limit + 1))
    more = len(rows) > limit
    rows = rows[:limit]
    last = rows[-1] if rows else None
    count = None if cursor else _counted(actor, keys, late, search)
    return Page(
        rows=_rows(actor, boxes, rows),
        next_cursor=write_cursor(ORDER, [last.due_at, last.pk]) if more and last else "",
        count=min(count, COUNTED) if count is not None else None,
        count_is_floor=count is not None and count > COUNTED,
    )


def _base(actor: Actor, late: bool, search: str) -> "QuerySet[Task]":
    found = scoped(actor, Task).filter(state=OPEN)
    if late:
        found = found.filter(due_at__lt=timezone.now())
    if search:
        found = found.filter(
            Q(title__icontains=search)
            | Q(title_nl__icontains=search)
            | Q(instance__title__icontains=search)
        )
    return found.exclude(barred__contains=f",{actor.user_id},")


def _of_inbox(actor: Actor, key: str, late: bool, search: str) -> "QuerySet[Task]":
    found = _base(actor, late, search).filter(whose=key)
    return found.select_related("instance__procedure").order_by(*ORDER)


def _merged(found: Sequence["QuerySet[Task]"], cursor: str, count: int) -> Iterable[Task]:
    """The first of all inboxes together: each gives its own first, by its index."""
    if cursor:
        due, key = read_cursor(cursor, ORDER)
        after = Q(due_at__gt=due) | Q(due_at=due, pk__gt=key)
        found = [each.filter(Q(due_at__gte=due) & after) for each in found]
    lists = [list(each[:count]) for each in found]
    merged = heapq.merge(*lists, key=lambda task: (task.due_at, task.pk))
    return [task for task, _number in zip(merged, range(count), strict=False)]


def count_tasks(actor: Actor, *, most: int) -> int:
    """How many open tasks one may do, up to one more than `most`."""
    return _counted(actor, once(inboxes_of, actor).keys, False, "", most)


def _counted(
    actor: Actor, keys: Sequence[str], late: bool, search: str, most: int = COUNTED
) -> int:
    """How many there are, up to one more than is counted."""
    if search:
        return _base(actor, late, search).filter(whose__in=keys)[: most + 1].count()
    total = 0
    for key in keys:
        # One inbox after another, each by its index alone, and no further than counts.
        left = most + 1 - total
        if left > 0:
            some = _base(actor, late, "").filter(whose=key).order_by()
            total += some.values("pk")[:left].count()
    return total


@query(permission=TAKE_PART, title=_("How many tasks wait"))
def waiting_tasks(actor: Actor, /) -> dict[str, int]:
    """How many open tasks one may do, and how many of them are late: `all`, `late`."""
    keys = inboxes_of(actor).keys
    return {
        "all": _counted(actor, keys, False, ""),
        "late": _counted(actor, keys, True, ""),
    }


@query(permission=TAKE_PART, title=_("A task"), exposed=True)
def task(actor: Actor, /, *, task: int) -> TaskShown:
    """One task with what it asks. Raises UnknownProcedure for one that is none of one's business."""
    known = scoped(actor, Task).select_related(
        "instance__procedure", "instance__requester", "done_by"
    )
    found = known.filter(pk=task).first()
    boxes = inboxes_of(actor)
    if found is None or not _visible(actor, boxes, found):
        raise UnknownProcedure(_("There is no such task."), field="task")
    ready = ready_for([found.instance])[found.instance_id]
    # What was passed stays so, also where the version that the instance moved to has it no more.
    passed = Element(id=found.element, tag="", name=found.title)
    element = ready.elements.get(found.element, passed)
    theirs = _may_know(actor, boxes, found)
    fixed, offered, wrong = _given(ready, element, found) if theirs else ({}, {}, "")
    requester, approval = found.instance.requester, _approvals([found]).get(found.token)
    why_not = _why_not(actor, boxes, found, approval) or wrong
    return TaskShown(
        row=_rows(actor, boxes, [found])[0],
        element=found.element,
        requester=requester.name if requester else "",
        cause=found.instance.cause,
        started_at=found.instance.started_at,
        approval=approval if found.state == OPEN else None,
        claimable=not why_not and found.whose != f"user/{actor.user_id}",
        returnable=_returnable(actor, boxes, found),
        remarks=remarks_of(found.instance_id),
        fields=list(element.fields) if not element.action else [],
        action=element.action,
        known=fixed,
        offered=offered,
        open=found.state == OPEN,
        done_by=found.done_by.name if found.done_by and found.state != OPEN else "",
        done_at=found.ended_at,
        why_not=why_not,
    )


@query(permission=TAKE_PART, title=_("One's tasks of a procedure under way"))
def tasks_left(actor: Actor, /, *, instance: int) -> list[TaskRow]:
    """The open tasks of one instance that one may do now, the oldest first."""
    boxes = inboxes_of(actor)
    found = _base(actor, late=False, search="").filter(
        whose__in=boxes.keys, instance__number=instance
    )
    rows = _rows(
        actor, boxes, list(found.select_related("instance__procedure").order_by("pk")[:PAGE])
    )
    return [row for row in rows if not row.asked]


def _returnable(actor: Actor, boxes: Inboxes, task: Task) -> bool:
    if task.state != OPEN or task.whose == task.pool:
        return False
    return task.whose in boxes.own or actor.may(HELP)


def _approvals(tasks: Sequence[Task]) -> dict[str, int]:
    """The requests for approval that tasks wait for, by their tokens."""
    waits = Wait.objects.filter(
        instance__in=[task.instance_id for task in tasks], kind=APPROVAL
    ).values_list("token", "value")
    return {token: int(value) for token, value in waits}


def _given(
    ready: Ready, element: Element, task: Task
) -> tuple[dict[str, Value], dict[str, Value], str]:
    """What the procedure fixes and offers of the action; and why that can't be reckoned."""
    values = read(task.instance.known)
    if not (element.inputs or element.offers):
        return {}, {}, ""
    try:
        scope = {**values, **_local(ready, task, values)}
        return (
            inputs_of(element, scope, element.inputs),
            inputs_of(element, scope, element.offers),
            "",
        )
    except DomainError as fault:
        said = _("What the procedure gives this task can't be reckoned: {why}")
        return {}, {}, str(said).format(why=fault.message)


def _local(ready: Ready, task: Task, values: dict[str, Value]) -> Scope:
    """What this task alone knows: its part of a list for each of which it is done."""
    if task.state != OPEN:
        return {}
    run = Run.again(ready, bytes(task.instance.tokens), values, _nothing, [])
    return run.local(task.token)


def _nothing(_element: Element, _scope: Scope) -> Value:
    """Nothing is performed where an instance is only looked at."""


def _visible(actor: Actor, boxes: Inboxes, task: Task) -> bool:
    if actor.may(READ) or actor.may(HELP):
        return True
    mine = actor.user_id is not None and actor.user_id in (
        task.done_by_id,
        task.deputy_for_id,
        task.instance.requester_id,
    )
    return mine or task.whose in boxes.keys or task.pool in boxes.own


def _may_know(actor: Actor, boxes: Inboxes, task: Task) -> bool:
    """Whether somebody sees what the procedure gives a task: who does it, or sees all of them.

    Who started the instance sees that there is a task, and not what was looked up for others.
    """
    did = actor.user_id is not None and actor.user_id in (task.done_by_id, task.deputy_for_id)
    return did or actor.may(READ) or task.whose in boxes.keys or task.pool in boxes.own


def _why_not(actor: Actor, boxes: Inboxes, task: Task, approval: int | None) -> str:
    if task.state != OPEN:
        return str(_("This task was done, or is not needed any more."))
    if approval is not None:
        return str(_("This was asked, and waits until a second person has seen it."))
    if f",{actor.user_id}," in task.barred:
        return str(
            _("Duties are separated here: you asked for this, or did an earlier step of it.")
        )
    if task.whose in boxes.keys:
        return ""
    whose = names_of_keys(actor, [task.whose]).get(task.whose, "")
    if task.whose.startswith("user/"):
        return str(_("{name} has this task.")).format(name=whose)
    return str(_("This is for {name}.")).format(name=whose)


def _rows(actor: Actor, boxes: Inboxes, tasks: Sequence[Task]) -> list[TaskRow]:
    principals = {pk for task in tasks if (pk := _principal(boxes, task)) is not None}
    keys = {task.whose for task in tasks} | {f"user/{pk}" for pk in principals}
    names = names_of_keys(actor, keys)
    now, asked = timezone.now(), _approvals(tasks)
    rows = []
    for task in tasks:
        instance, procedure = task.instance, task.instance.procedure
        agreed = task.due_at.year < YEAR_OF_NEVER
        principal = _principal(boxes, task)
        rows.append(
            TaskRow(
                id=task.pk,
                title=said(actor, task.title, task.title_nl),
                procedure=said(actor, procedure.name, procedure.name_nl),
                procedure_key=procedure.key,
                instance=instance.number,
                instance_title=instance.title,
                whose=names.get(task.whose, ""),
                taken=task.whose.startswith("user/"),
                mine=task.whose == f"user/{actor.user_id}",
                for_whom=names.get(f"user/{principal}", "") if principal else "",
                made_at=task.made_at,
                due_at=task.due_at if agreed else None,
                late=agreed and task.due_at < now,
                escalated=task.escalated_at is not None,
                asked=task.state == OPEN and task.token in asked,
            )
        )
    return rows


def _principal(boxes: Inboxes, task: Task) -> int | None:
    """In whose place the reader would do a task, if not in their own."""
    if task.state == OPEN and task.deputy_for_id is not None and task.whose in boxes.keys:
        return task.deputy_for_id
    theirs = boxes.standing_in.get(task.whose, ())
    return next((each for each in theirs if f",{each}," not in task.barred), None)


def names_of_keys(actor: Actor, keys: Iterable[str]) -> dict[str, str]:
    """What people, roles and teams are called, by the keys of their inboxes."""
    by_kind: dict[str, list[int]] = {"user": [], "role": [], "team": []}
    for key in keys:
        kind, _slash, pk = key.partition("/")
        by_kind.setdefault(kind, []).append(int(pk))
    users = User.objects.filter(pk__in=by_kind["user"]).values_list("pk", "name")
    found = {f"user/{pk}": name for pk, name in users}
    if by_kind["role"]:
        for role in Role.objects.filter(pk__in=by_kind["role"]):
            found[f"role/{role.pk}"] = said(actor, role.name_en, role.name_nl)
    if by_kind["team"]:
        for team in scoped(actor, Team).filter(pk__in=by_kind["team"]):
            found[f"team/{team.pk}"] = said(actor, team.name, team.name_nl)
    return found


def waiting_by_element(version: int) -> dict[str, tuple[int, int]]:
    """Open tasks at each element of a version: how many, and how many of them are late."""
    rows = (
        Task.objects.filter(instance__version_id=version, state=OPEN)
        .values("element")
        .annotate(many=Count("pk"), late=Count("pk", filter=Q(due_at__lt=timezone.now())))
    )
    return {row["element"]: (row["many"], row["late"]) for row in rows}
