"""Cases in the inbox of who works on them: those one has, and those of one's queues that run late."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Case, QueueMember
from kantoor.departments.ict.queries.cases.register import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.inboxes import NEVER, Ask, Item, count_of, counted, inbox_source
from kantoor.kernel.queries import scoped


def _mine(actor: Actor) -> "QuerySet[Case]":
    return scoped(actor, Case).filter(is_open=True, assignee=actor.user_id)


def _endangered(actor: Actor, now: datetime) -> "QuerySet[Case]":
    """Cases of one's queues whose deadline comes near or passed, and that one does not have."""
    queues = QueueMember.objects.filter(user=actor.user_id, active=True).values("queue")
    found = scoped(actor, Case).filter(is_open=True, queue__in=queues)
    others = Q(assignee=None) | ~Q(assignee=actor.user_id)
    near = Q(clocks__running=True, clocks__warn_at__lte=now)
    return found.filter(others).filter(near).annotate(due=Min("clocks__due_at"))


def _count_endangered(actor: Actor) -> int:
    return counted(_endangered(actor, timezone.now()).values("pk").distinct())


@inbox_source("ict.cases", title=_("Cases"), permission=READ, count=count_of(_mine), order=30)
def cases_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """The open cases that one has, by their first running deadline."""
    running = Min("clocks__due_at", filter=Q(clocks__running=True))
    found = _mine(actor).annotate(due=Coalesce(running, NEVER))
    return _items(ask.page(found.select_related("requester"), due="due"))


@inbox_source("ict.deadlines", title=_("Deadlines of cases"), permission=READ, count=_count_endangered, order=31)  # fmt: skip
def deadlines_waiting(actor: Actor, ask: Ask) -> Sequence[Item]:
    """Cases of one's queues that are about to break what was agreed, or broke it."""
    found = _endangered(actor, timezone.now()).select_related("requester")
    return _items(ask.page(found, due="due"))


def _items(cases: Sequence[Case]) -> list[Item]:
    return [
        Item(
            key=each.pk,
            title=each.title,
            detail=f"{each} · {each.requester.name}" if each.requester else str(each),
            url=f"/ict/cases/{each}",
            since=each.opened_at,
            due=each.due,  # type: ignore[attr-defined]
        )
        for each in cases
    ]
