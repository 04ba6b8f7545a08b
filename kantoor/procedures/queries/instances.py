"""Instances: a list of them, and one with where it stands and what it passed."""

from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import READ, TAKE_PART
from kantoor.procedures.engine.keeping import read
from kantoor.procedures.errors import UnknownProcedure
from kantoor.procedures.models import Instance, Mention, Step, Task, Wait
from kantoor.procedures.models.tasks import OPEN
from kantoor.procedures.models.waits import APPROVAL, ESCALATION, FAILED
from kantoor.procedures.queries.drawings import content_of, ready_for
from kantoor.procedures.queries.inboxes import inboxes_of
from kantoor.procedures.queries.remarks import CommentRow, remarks_of
from kantoor.procedures.queries.tasks import YEAR_OF_NEVER, names_of_keys
from kantoor.procedures.queries.words import said


class InstanceRow(msgspec.Struct, frozen=True, kw_only=True):
    """An instance as listed: `state` is running, stuck, ended or called_off."""

    id: int
    number: int
    title: str
    procedure: str
    procedure_key: str
    version: int
    state: str
    requester: str
    started_at: datetime
    changed_at: datetime
    ended_at: datetime | None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a token stands: `kind` is task, timer, message, condition, approval or failed.

    `who` has the task, `task` is its number; `wait` that of what failed, `approval` that of the
    request; `why` says why it failed, or what is waited for.
    """

    element: str
    name: str
    kind: str
    who: str
    task: int | None
    wait: int | None
    approval: int | None
    since: datetime
    due_at: datetime | None
    late: bool
    why: str


class StepRow(msgspec.Struct, frozen=True, kw_only=True):
    """A step that was passed, in the order in which it was left."""

    element: str
    name: str
    how: str
    user: str
    deputy_for: str
    entered_at: datetime
    left_at: datetime
    elapsed_s: int


class InstanceShown(msgspec.Struct, frozen=True, kw_only=True):
    """An instance with where it stands, what it passed and what was said.

    `values` is what it remembers, for who may see all procedures; `xml` its drawing. `mine` says
    that the reader started it.
    """

    row: InstanceRow
    cause: str
    standing: list[Standing]
    steps: list[StepRow]
    comments: list[CommentRow]
    values: dict[str, Any]
    xml: str
    undoable: bool
    mine: bool


@query(permission=TAKE_PART, title=_("Procedures under way"), exposed=True)
def instances(
    actor: Actor, /, *, procedure: str = "", state: str = "", mine: bool = False,
    search: str = "", sort: str = "-started_at", cursor: str = "", limit: int = PAGE,
) -> Page[InstanceRow]:  # fmt: skip
    """The instances one started or took part in; all of them for who may see all procedures."""
    found = visible_instances(actor, mine=mine).select_related("procedure", "version", "requester")
    if procedure:
        found = found.filter(procedure__key=procedure)
    if state:
        found = found.filter(state__in=state.split(","))
    if search:
        matching = Q(title__icontains=search)
        if search.isdecimal() and len(search) < 10:
            matching |= Q(number=int(search))
        found = found.filter(matching)
    order = sorted_by(sort, {"started_at": (), "changed_at": ("changed_at",), "title": ("title",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    return page.map(lambda each: instance_row(actor, each))


def visible_instances(actor: Actor, *, mine: bool = False) -> "QuerySet[Instance]":
    """The instances that the actor may know of: who is offered a task, or was named, knows it too.

    `mine` leaves those that one started, has or had work in.
    """
    found = scoped(actor, Instance)
    if actor.may(READ) and not mine:
        return found
    keys = [f"user/{actor.user_id}"] if mine else inboxes_of(actor).keys
    worked = Task.objects.filter(
        Q(done_by=actor.user_id) | Q(deputy_for=actor.user_id) | Q(whose__in=keys, state=OPEN),
        company=actor.company_id,
    )
    theirs = Q(requester=actor.user_id) | Q(pk__in=worked.values("instance_id"))
    if not mine:
        named = Mention.objects.filter(user=actor.user_id, comment__company=actor.company_id)
        theirs |= Q(pk__in=named.values("comment__instance_id"))
    return found.filter(theirs)


def instance_row(actor: Actor, each: Instance) -> InstanceRow:
    """An instance as a list shows it."""
    return InstanceRow(
        id=each.pk,
        number=each.number,
        title=each.title,
        procedure=said(actor, each.procedure.name, each.procedure.name_nl),
        procedure_key=each.procedure.key,
        version=each.version.number,
        state=each.state,
        requester=each.requester.name if each.requester else "",
        started_at=each.started_at,
        changed_at=each.changed_at,
        ended_at=each.ended_at,
    )


@query(permission=TAKE_PART, title=_("A procedure under way"), exposed=True)
def instance(actor: Actor, /, *, number: int) -> InstanceShown:
    """One instance with where it stands. Raises UnknownProcedure."""
    known = visible_instances(actor).select_related("procedure", "version__drawing", "requester")
    found = known.filter(number=number).first()
    if found is None:
        raise UnknownProcedure(_("There is no such procedure under way."), field="number")
    return InstanceShown(
        row=instance_row(actor, found),
        cause=found.cause,
        standing=_standing(actor, found),
        steps=_steps(actor, found),
        comments=remarks_of(found.pk),
        values=read(found.known) if actor.may(READ) else {},
        xml=content_of(found.version.drawing).decode(errors="replace"),
        undoable=found.undo != "[]",
        mine=found.requester_id is not None and found.requester_id == actor.user_id,
    )


def _standing(actor: Actor, found: Instance) -> list[Standing]:
    elements = ready_for([found])[found.pk].elements
    now = timezone.now()

    def name(element: str) -> str:
        known = elements.get(element)
        return said(actor, known.name, known.name_nl) if known and known.name else element

    shown = Wait.objects.filter(instance=found).exclude(kind=ESCALATION, why="")
    waits = list(shown.order_by("pk"))
    # What a second person has to see is nobody's task meanwhile.
    asked = [wait.token for wait in waits if wait.kind == APPROVAL]
    open_tasks = Task.objects.filter(instance=found, state=OPEN).exclude(token__in=asked)
    tasks = list(open_tasks.order_by("pk"))
    whose = names_of_keys(actor, {task.whose for task in tasks})
    standing = [
        Standing(
            element=task.element, name=said(actor, task.title, task.title_nl), kind="task",
            who=whose.get(task.whose, ""), task=task.pk, wait=None, approval=None, since=task.made_at,
            due_at=task.due_at if task.due_at.year < YEAR_OF_NEVER else None,
            late=task.due_at.year < YEAR_OF_NEVER and task.due_at < now, why="",
        )
        for task in tasks
    ]  # fmt: skip
    seen: set[tuple[str, str]] = set()
    for wait in waits:
        if (wait.token, wait.kind + wait.element) in seen:
            continue
        seen.add((wait.token, wait.kind + wait.element))
        standing.append(
            Standing(
                element=wait.element,
                name=name(wait.element),
                kind=FAILED if wait.why else wait.kind,
                who="",
                task=None,
                wait=wait.pk,
                approval=int(wait.value) if wait.kind == APPROVAL else None,
                since=wait.made_at,
                due_at=wait.due_at if wait.kind == "timer" else None,
                late=False,
                why=wait.why or wait.name,
            )
        )
    return standing


def _steps(actor: Actor, found: Instance) -> list[StepRow]:
    elements = ready_for([found])[found.pk].elements
    rows = Step.objects.filter(instance=found).select_related("user", "deputy_for")
    steps = []
    for each in rows.order_by("pk")[:2_000]:
        known = elements.get(each.element)
        name = said(actor, known.name, known.name_nl) if known else ""
        steps.append(
            StepRow(
                element=each.element,
                name=name or each.element,
                how=each.how,
                user=each.user.name if each.user else "",
                deputy_for=each.deputy_for.name if each.deputy_for else "",
                entered_at=each.entered_at,
                left_at=each.left_at,
                elapsed_s=each.elapsed_s,
            )
        )
    return steps
