"""What of procedures waits for somebody, as it stands in the inbox over all departments."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.inboxes import COUNTED, Ask, Item, counted, inbox_source
from kantoor.kernel.paging import write_cursor
from kantoor.kernel.queries import scoped
from kantoor.procedures.department import TAKE_PART
from kantoor.procedures.models import AskedRequest, Mention
from kantoor.procedures.queries.inboxes import inboxes_of
from kantoor.procedures.queries.requests import title_of
from kantoor.procedures.queries.tasks import ORDER, count_tasks, inbox


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


def _count_requests(actor: Actor) -> int:
    total = 0
    for key in inboxes_of(actor).keys:
        if (left := COUNTED + 1 - total) > 0:
            total += counted(_requests_for(actor, key), left - 1)
    return total


@inbox_source("procedures.requests", title=_("Requests"), permission=TAKE_PART, count=_count_requests, order=11)  # fmt: skip
def requests_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """The requests that one does or decides on, each inbox by its index."""
    rows = [
        row
        for key in inboxes_of(actor).keys
        for row in ask.page(
            _requests_for(actor, key).select_related("kind", "requester"), due="due_at"
        )
    ]
    rows.sort(key=lambda each: (each.due_at, each.pk))
    return [
        Item(
            key=each.pk,
            title=title_of(actor, each),
            detail=each.requester.name,
            url=f"/procedures/requests/{each.number}",
            since=each.asked_at,
            due=each.due_at,
        )
        for each in rows[: ask.limit]
    ]


def _mentions(actor: Actor) -> "QuerySet[Mention]":
    return Mention.objects.filter(
        user=actor.user_id, seen_at=None, comment__company=actor.company_id
    )


def _count_mentions(actor: Actor) -> int:
    return counted(_mentions(actor))


@inbox_source("procedures.mentions", title=_("Mentions"), permission=TAKE_PART, count=_count_mentions, order=60)  # fmt: skip
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
