"""What people said of how they were helped: one by one, by month, and what should be looked at."""

from datetime import date, timedelta
from typing import Literal

import msgspec
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import CaseOpinion
from kantoor.departments.ict.models.satisfaction.opinions import LOW, SATISFIED
from kantoor.departments.ict.queries.cases.register import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

MANAGE = "ict.manage_desk"
FRESH = timedelta(days=14)
"""How long a low answer stands on Today of who leads the queue."""
QUARTER = timedelta(days=90)
Scores = Literal["", "satisfied", "middling", "low"]
By = Literal["", "queue", "service"]


class OpinionRow(msgspec.Struct, frozen=True):
    """What was said of one case; `score` is 1 (badly) to 5 (very well)."""

    id: int
    number: str
    title: str
    requester: str
    queue: str
    service: str
    assignee: str
    score: int
    text: str
    said_at: date


class SatisfactionMonth(msgspec.Struct, frozen=True):
    """A month of a queue or service, as `by` says; `satisfied` are the answers of 4 and 5, `share`
    in percent.
    """

    key: str
    month: date
    code: str
    name: str
    answers: int
    satisfied: int
    share: int
    by: Literal["queue", "service"]


class SatisfactionFigure(msgspec.Struct, frozen=True):
    """Answers of the last three months, and how many were satisfied."""

    answers: int
    satisfied: int
    share: int | None


@query(permission=READ, title=_("Satisfaction"), exposed=True)
def opinions(
    actor: Actor, /, *, scores: Scores = "", queue: str = "", service: str = "",
    since: date | None = None, until: date | None = None, sort: str = "-said_at",
    cursor: str = "", limit: int = PAGE,
) -> Page[OpinionRow]:  # fmt: skip
    """What people said of how they were helped, the latest first."""
    found = _within(scoped(actor, CaseOpinion), since, until)
    found = found.filter(_scores(scores))
    if queue:
        found = found.filter(case__queue__code=queue)
    if service:
        found = found.filter(case__service__code=service)
    order = sorted_by(sort, {"said_at": ("said_at",), "score": ("score",)})
    page = page_by(_named(found), order=order, cursor=cursor, limit=limit, totals={})
    return page.map(_row)


@query(permission=READ, title=_("Satisfaction by month"), exposed=True)
def satisfaction_by_month(
    actor: Actor, /, *, by: By = "", since: date | None = None, until: date | None = None,
    cursor: str = "", limit: int = PAGE,
) -> Page[SatisfactionMonth]:  # fmt: skip
    """How many answered and were satisfied, by month and queue (or service), the latest first."""
    of: Literal["queue", "service"] = by or "queue"
    found = _within(scoped(actor, CaseOpinion), since, until)
    groups = (
        found.annotate(month=TruncMonth("said_at"))
        .values_list("month", f"case__{of}__code", f"case__{of}__name")
        .annotate(n=Count("pk"), good=Count("pk", filter=Q(score__gte=SATISFIED)))
        .order_by("-month", f"case__{of}__name", f"case__{of}__code")
    )
    start = int(cursor) if cursor.isdecimal() and len(cursor) < 7 else 0
    rows = list(groups[start : start + limit + 1])
    shaped = [
        SatisfactionMonth(
            f"{month:%Y-%m} {code or ''}",
            month.date(),
            code or "",
            name or "",
            n,
            good,
            _share(good, n),
            of,
        )
        for month, code, name, n, good in rows[:limit]
    ]
    return Page(rows=shaped, next_cursor=str(start + limit) if len(rows) > limit else "")


@query(permission=READ, title=_("Satisfaction of the last three months"))
def satisfaction_now(actor: Actor, /) -> SatisfactionFigure:
    """How satisfied people were in the last three months."""
    found = scoped(actor, CaseOpinion).filter(said_at__gte=timezone.now() - QUARTER)
    sums = found.aggregate(n=Count("pk"), good=Count("pk", filter=Q(score__gte=SATISFIED)))
    n, good = sums["n"], sums["good"]
    return SatisfactionFigure(n, good, _share(good, n) if n else None)


@query(permission=READ, title=_("Low answers to look at"))
def low_opinions(actor: Actor, /, *, cursor: str = "", limit: int = PAGE) -> Page[OpinionRow]:
    """Low answers of the last two weeks in queues one leads, the latest first.

    Those of queues that nobody leads are for who manages the desk.
    """
    mine = Q(case__queue__lead_id=actor.user_id or 0)
    if actor.may(MANAGE):
        mine |= Q(case__queue=None) | Q(case__queue__lead=None)
    fresh = scoped(actor, CaseOpinion).filter(changed_at__gte=timezone.now() - FRESH)
    found = fresh.filter(mine, score__lte=LOW)
    page = page_by(_named(found), order=("-id",), cursor=cursor, limit=limit, totals={})
    return page.map(_row)


def _within(
    found: QuerySet[CaseOpinion], since: date | None, until: date | None
) -> QuerySet[CaseOpinion]:
    if since:
        found = found.filter(said_at__date__gte=since)
    if until:
        found = found.filter(said_at__date__lte=until)
    return found


def _scores(scores: Scores) -> Q:
    if scores == "satisfied":
        return Q(score__gte=SATISFIED)
    if scores == "low":
        return Q(score__lte=LOW)
    return Q(score__gt=LOW, score__lt=SATISFIED) if scores else Q()


def _share(good: int, n: int) -> int:
    """Percent, half up, in integers."""
    return (200 * good + n) // (2 * n)


def _named(found: QuerySet[CaseOpinion]) -> QuerySet[CaseOpinion]:
    names = ("case__requester", "case__queue", "case__service", "case__assignee")
    return found.select_related(*names).defer("case__text", "case__resolution")


def _row(row: CaseOpinion) -> OpinionRow:
    case = row.case
    return OpinionRow(
        id=row.pk,
        number=str(case),
        title=case.title,
        requester=case.requester.name if case.requester else case.contact,
        queue=case.queue.name if case.queue else "",
        service=case.service.name if case.service else "",
        assignee=case.assignee.name if case.assignee else "",
        score=row.score,
        text=row.text,
        said_at=timezone.localdate(row.said_at),
    )
