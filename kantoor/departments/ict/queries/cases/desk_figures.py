"""What the service desk sees of itself at a glance: what waits, what is late, how it goes by week."""

from datetime import date, datetime, timedelta

import msgspec
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Case, Clock
from kantoor.departments.ict.queries.cases.register import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped

WEEKS = 12


class DeskFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of cases that are not solved yet; `late` are those with a deadline gone by."""

    open: int
    mine: int
    nobodys: int
    late: int


class CaseWeek(msgspec.Struct, frozen=True):
    """A week by its Monday, and how many cases were opened and solved in it."""

    start: date
    opened: int
    resolved: int


@query(permission=READ, title=_("The service desk at a glance"))
def desk_figures(actor: Actor, /) -> DeskFigures:
    """What waits at the desk now."""
    found = scoped(actor, Case).filter(is_open=True)
    late = Clock.objects.filter(
        company_id=actor.company_id, running=True, due_at__lt=timezone.now(), case__is_open=True
    )
    return DeskFigures(
        open=found.count(),
        mine=found.filter(assignee_id=actor.user_id).count(),
        nobodys=found.filter(assignee=None).count(),
        late=late.values("case").distinct().count(),
    )


@query(permission=READ, title=_("Cases by week"))
def cases_by_week(actor: Actor, /) -> list[CaseWeek]:
    """How many cases were opened and solved in each of the last weeks; none without any case."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    since = timezone.make_aware(datetime.combine(monday, datetime.min.time()))
    cases = scoped(actor, Case)
    opened = _by_week(cases.filter(opened_at__gte=since), "opened_at")
    resolved = _by_week(cases.filter(resolved_at__gte=since), "resolved_at")
    if not opened and not resolved:
        return []
    starts = [monday + timedelta(weeks=n) for n in range(WEEKS)]
    return [CaseWeek(each, opened.get(each, 0), resolved.get(each, 0)) for each in starts]


def _by_week(cases: QuerySet[Case], moment: str) -> dict[date, int]:
    rows = cases.annotate(week=TruncWeek(moment)).values_list("week").annotate(Count("pk"))
    return {week.date(): count for week, count in rows.order_by("week")}
