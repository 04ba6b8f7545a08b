"""What of procedures waits for somebody, as it stands in the inbox over all departments."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.inboxes import COUNTED, Ask, Item, count_of, counted, inbox_source, once
from kantoor.kernel.paging import write_cursor
from kantoor.kernel.queries import scoped
from kantoor.procedures.department import TAKE_PART
from kantoor.procedures.models import AskedRequest, ChecklistRun, DutyTime, Mention
from kantoor.procedures.queries.checklists import run_title
from kantoor.procedures.queries.inboxes import inboxes_of
from kantoor.procedures.queries.requests import title_of
from kantoor.procedures.queries.tasks import ORDER, count_tasks, inbox
from kantoor.procedures.queries.words import said


def _count_tasks(actor: Actor) -> int:
    return count_tasks(actor, most=COUNTED)


@inbox_source("procedures.tasks", title=_("Tasks"), permission=TAKE_PART, count=_count_tasks, order=10)  # fmt: skip
def tasks_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """The open tasks that one may do."""
    after = write_cursor(ORDER, [ask.due, ask.key])
    return [
        Item(
            key=row.id,
            title=row.title,
            detail=f"{row.instance_title} · {row.whose}",
            url=f"/procedures/tasks/{row.id}",
            since=row.made_at,
            **({"due": row.due_at} if row.due_at else {}),
        )
        for row in inbox(actor, cursor=after, limit=ask.limit).rows
    ]


def _requests_for(actor: Actor, key: str) -> "QuerySet[AskedRequest]":
    found = scoped(actor, AskedRequest).filter(is_open=True, whose=key)
    # Who asked it never agrees to it.
    return found.exclude(state="to_approve", requester=actor.user_id)


def _requests(actor: Actor) -> "list[QuerySet[AskedRequest]]":
    """Those of each of one's inboxes."""
    return [_requests_for(actor, key) for key in once(inboxes_of, actor).keys]


def _count_requests(actor: Actor) -> int:
    return _count(_requests(actor))


@inbox_source("procedures.requests", title=_("Requests"), permission=TAKE_PART, count=_count_requests, order=11)  # fmt: skip
def requests_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """The requests that one does or decides on, each inbox by its index."""
    found = [each.select_related("kind", "requester") for each in _requests(actor)]
    return [
        Item(
            key=each.pk,
            title=title_of(actor, each),
            detail=each.requester.name,
            url=f"/procedures/requests/{each.number}",
            since=each.asked_at,
            due=each.due_at,
        )
        for each in _first(ask, found)
    ]


def _mentions(actor: Actor) -> "QuerySet[Mention]":
    return Mention.objects.filter(
        user=actor.user_id, seen_at=None, comment__company=actor.company_id
    )


@inbox_source("procedures.mentions", title=_("Mentions"), permission=TAKE_PART, count=count_of(_mentions), order=60)  # fmt: skip
def mentions_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Remarks in which one was named, until they are put away."""
    found = _mentions(actor).select_related("comment__instance", "comment__user")
    return [
        Item(
            key=each.pk,
            title=each.comment.instance.title,
            detail=f"{each.comment.user.name if each.comment.user else ''}: "
            f"{' '.join(each.comment.text.split())[:120]}",
            url=f"/procedures/instances/{each.comment.instance.number}",
            since=each.comment.made_at,
        )
        for each in ask.page(found)
    ]


def _own(actor: Actor, model: Any) -> "list[QuerySet[Any]]":
    """The open rows of each of one's inboxes."""
    found = scoped(actor, model).filter(is_open=True)
    return [found.filter(whose=key) for key in once(inboxes_of, actor).keys]


def _count(found: "Sequence[QuerySet[Any]]") -> int:
    """How much waits in these inboxes together, up to one more than is counted."""
    total = 0
    for each in found:
        if (left := COUNTED + 1 - total) > 0:
            total += counted(each, left - 1)
    return total


def _first(ask: Ask, found: "Sequence[QuerySet[Any]]") -> list[Any]:
    """What is due first in these inboxes together, each by its index."""
    rows = [row for each in found for row in ask.page(each, due="due_at")]
    rows.sort(key=lambda row: (row.due_at, row.pk))
    return rows[: ask.limit]


def _count_duties(actor: Actor) -> int:
    return _count(_own(actor, DutyTime))


@inbox_source("procedures.duties", title=_("Duties"), permission=TAKE_PART, count=_count_duties, order=12)  # fmt: skip
def duties_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Duties that came and are one's own; those that are a checklist stand here as that."""
    found = [each.select_related("duty") for each in _own(actor, DutyTime)]
    return [
        Item(
            key=each.pk,
            title=said(actor, each.duty.name, each.duty.name_nl),
            url=f"/procedures/duties/{each.pk}",
            since=each.made_at,
            due=each.due_at,
        )
        for each in _first(ask, found)
    ]


def _count_runs(actor: Actor) -> int:
    return _count(_own(actor, ChecklistRun))


@inbox_source("procedures.checklists", title=_("Checklists"), permission=TAKE_PART, count=_count_runs, order=13)  # fmt: skip
def checklists_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Checklists that one goes through."""
    found = [each.select_related("checklist", "started_by") for each in _own(actor, ChecklistRun)]
    return [
        Item(
            key=each.pk,
            title=run_title(actor, each),
            detail=each.started_by.name if each.started_by else "",
            url=f"/procedures/checklist-runs/{each.pk}",
            since=each.started_at,
            due=each.due_at,
        )
        for each in _first(ask, found)
    ]
