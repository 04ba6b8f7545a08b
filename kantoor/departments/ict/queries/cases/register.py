"""The register of cases: lists of them, narrowed by who has them and where they are."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Case, Clock, Queue, Service
from kantoor.departments.ict.models.cases.case import case_number
from kantoor.departments.ict.queries.cases.numbers import read_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

READ = "ict.read_cases"
State = Literal["", "open", "new", "active", "waiting", "resolved", "closed"]
Kind = Literal["", "incident", "request", "problem", "change"]
Whose = Literal["", "mine", "nobody"]
SORTS = {
    "number": ("id",),
    "priority": ("priority",),
}


class CaseRow(msgspec.Struct, frozen=True):
    """A case as listed; `due_at` is the first deadline that is running."""

    id: int
    number: str
    kind: str
    title: str
    requester: str
    requester_name: str
    service: str
    queue: str
    assignee: str
    priority: int
    state: str
    waiting_for: str
    channel: str
    opened_at: datetime
    changed_at: datetime
    due_at: datetime | None


@query(permission=READ, title=_("Cases"), exposed=True)
def cases(
    actor: Actor,
    /,
    *,
    state: State = "",
    kind: Kind = "",
    whose: Whose = "",
    queue: str = "",
    service: str = "",
    priority: int | None = None,
    requester: str = "",
    search: str = "",
    since: date | None = None,
    until: date | None = None,
    sort: str = "-number",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[CaseRow]:
    """The cases; `open` are those that are not solved or closed, `mine` those that one has."""
    found = scoped(actor, Case)
    if state == "open":
        found = found.filter(is_open=True)
    elif state:
        found = found.filter(state=state)
    if whose == "mine":
        found = found.filter(assignee_id=actor.user_id)
    elif whose == "nobody":
        found = found.filter(assignee=None)
    # By key, so that the index of the queue or service serves.
    if queue:
        found = found.filter(queue__in=list(_keys(actor, Queue, queue)))
    if service:
        found = found.filter(service__in=list(_keys(actor, Service, service)))
    if kind:
        found = found.filter(kind=kind)
    if priority is not None:
        found = found.filter(priority=priority)
    if requester:
        found = found.filter(requester__code=requester)
    if since:
        found = found.filter(opened_at__date__gte=since)
    if until:
        found = found.filter(opened_at__date__lte=until)
    if search:
        found = found.filter(_named(search))
    names = ("requester", "service", "queue", "assignee")
    page = page_by(
        found.select_related(*names).defer("text", "resolution"),
        order=_order(sort),
        cursor=cursor,
        limit=limit,
        totals={},
    )
    return page.with_rows(case_rows(page.rows))


@query(permission="ict.ask_help", title=_("My questions"), exposed=True)
def my_questions(actor: Actor, /, *, cursor: str = "", limit: int = PAGE) -> Page[CaseRow]:
    """The cases that one asked oneself, the latest first."""
    found = scoped(actor, Case).filter(requester__signs_in__user_id=actor.user_id or 0)
    names = ("requester", "service", "queue", "assignee")
    page = page_by(
        found.select_related(*names), order=("-id",), cursor=cursor, limit=limit, totals={}
    )
    return page.with_rows(case_rows(page.rows))


def case_rows(found: Sequence[Case]) -> list[CaseRow]:
    """Cases as listed, with their first deadlines."""
    due: dict[int, datetime] = {}
    clocks = Clock.objects.filter(case_id__in=[each.pk for each in found], running=True)
    for clock in clocks:
        if clock.due_at is not None:
            due[clock.case_id] = min(clock.due_at, due.get(clock.case_id, clock.due_at))
    return [_row(each, due.get(each.pk)) for each in found]


def _row(case: Case, due: datetime | None) -> CaseRow:
    party, person = case.requester, case.assignee
    return CaseRow(
        id=case.pk,
        number=case_number(case.kind, case.number),
        kind=case.kind,
        title=case.title,
        requester=party.code if party else "",
        requester_name=party.name if party else case.contact,
        service=case.service.name if case.service else "",
        queue=case.queue.name if case.queue else "",
        assignee=person.name if person else "",
        priority=case.priority,
        state=case.state,
        waiting_for=case.waiting_for,
        channel=case.channel,
        opened_at=case.opened_at,
        changed_at=case.changed_at,
        due_at=due,
    )


def _order(sort: str) -> tuple[str, ...]:
    if sort.removeprefix("-") == "number":
        return ("-id",) if sort.startswith("-") else ("id",)
    return sorted_by(sort, SORTS)


def _keys(actor: Actor, model: type[Queue | Service], code: str) -> Sequence[int]:
    return list(scoped(actor, model).filter(code=code).values_list("pk", flat=True))


def _named(search: str) -> Q:
    found = Q(reference=search) | Q(requester__code=search)
    number = read_number(search)
    if number is not None:
        return found | Q(number=number)
    return found | Q(title__icontains=search) | Q(requester__name__istartswith=search)
