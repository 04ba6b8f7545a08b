"""What the figures of a step are made of: the tasks that wait there, and the times it was passed."""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.procedures.department import READ
from kantoor.procedures.diagrams.elements import Element
from kantoor.procedures.models import Step, Task
from kantoor.procedures.models.tasks import OPEN
from kantoor.procedures.queries.drawings import diagrams_of
from kantoor.procedures.queries.procedures import TIMED, named_procedure
from kantoor.procedures.queries.tasks import YEAR_OF_NEVER, names_of_keys
from kantoor.procedures.queries.words import said


class WaitingRow(msgspec.Struct, frozen=True, kw_only=True):
    """A task that waits, with who has it and since when."""

    id: int
    title: str
    instance: int
    instance_title: str
    who: str
    made_at: datetime
    due_at: datetime | None
    late: bool


class PassedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A step that an instance passed: `elapsed_s` are whole seconds by the clock."""

    id: int
    name: str
    instance: int
    instance_title: str
    user: str
    entered_at: datetime
    left_at: datetime
    elapsed_s: int


@query(permission=READ, title=_("Tasks that wait"), exposed=True)
def waiting_at(
    actor: Actor, /, *, procedure: str = "", version: int = 0, element: str = "",
    late: bool = False, sort: str = "made_at", cursor: str = "", limit: int = PAGE,
) -> Page[WaitingRow]:  # fmt: skip
    """Open tasks of everybody: of a procedure, a version of it, a step. Raises UnknownProcedure."""
    found = scoped(actor, Task).filter(state=OPEN).select_related("instance")
    if procedure:
        found = found.filter(instance__procedure=named_procedure(actor, procedure))
    if version:
        found = found.filter(instance__version__number=version)
    if element:
        found = found.filter(element=element)
    now = timezone.now()
    if late:
        found = found.filter(due_at__lt=now)
    order = sorted_by(sort, {"made_at": ("made_at",), "due_at": ("due_at",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    names = names_of_keys(actor, {task.whose for task in page.rows})
    return page.map(lambda task: _waiting(actor, task, names, now))


def _waiting(actor: Actor, task: Task, names: Mapping[str, str], now: datetime) -> WaitingRow:
    agreed = task.due_at.year < YEAR_OF_NEVER
    return WaitingRow(
        id=task.pk,
        title=said(actor, task.title, task.title_nl),
        instance=task.instance.number,
        instance_title=task.instance.title,
        who=names.get(task.whose, ""),
        made_at=task.made_at,
        due_at=task.due_at if agreed else None,
        late=agreed and task.due_at < now,
    )


@query(permission=READ, title=_("Steps that were passed"), exposed=True)
def passed_at(
    actor: Actor, /, *, procedure: str = "", version: int = 0, element: str = "",
    sort: str = "-left_at", cursor: str = "", limit: int = PAGE,
) -> Page[PassedRow]:  # fmt: skip
    """The times that steps were passed, of a procedure, a version of it, a step."""
    found = Step.objects.filter(instance__company=actor.company_id, how__in=TIMED)
    if procedure:
        found = found.filter(version__procedure=named_procedure(actor, procedure))
    if version:
        found = found.filter(version__number=version)
    if element:
        found = found.filter(element=element)
    order = sorted_by(sort, {"left_at": ("left_at",), "elapsed_s": ("elapsed_s",)})
    page = page_by(
        found.select_related("instance", "user"), order=order, cursor=cursor, limit=limit, totals={}
    )
    diagrams = diagrams_of({step.version_id for step in page.rows})
    return page.map(
        lambda step: _passed(actor, step, diagrams[step.version_id].elements.get(step.element))
    )


def _passed(actor: Actor, step: Step, element: Element | None) -> PassedRow:
    name = said(actor, element.name, element.name_nl) if element else ""
    return PassedRow(
        id=step.pk,
        name=name or step.element,
        instance=step.instance.number,
        instance_title=step.instance.title,
        user=step.user.name if step.user else "",
        entered_at=step.entered_at,
        left_at=step.left_at,
        elapsed_s=step.elapsed_s,
    )
