"""How many cases were opened, handed on, reopened and solved, and which clocks were in time."""

from datetime import date

import msgspec
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import Case, CaseEvent, Clock
from kantoor.departments.ict.models.cases.case import DONE
from kantoor.departments.ict.models.clocks.clocks import MET, MISSED
from kantoor.departments.ict.queries.cases.register import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


class ClockFigures(msgspec.Struct, frozen=True):
    """How many clocks of a kind stopped in time, and how many after it."""

    met: int
    missed: int


class CaseFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of cases that were opened in a span of days.

    `reopened` and `reassigned` are times, `reopened_cases` and `reassigned_cases` the cases that
    it happened to; `resolved` are the cases that are solved or closed now, `resolutions` how
    often one was solved. `by_state` and `by_priority` are as cases are now.
    """

    opened: int
    reopened: int
    reopened_cases: int
    reassigned: int
    reassigned_cases: int
    resolved: int
    resolutions: int
    closed: int
    by_state: dict[str, int]
    by_priority: dict[str, int]
    clocks: dict[str, ClockFigures]


@query(permission=READ, title=_("Figures of the service desk"), exposed=True)
def case_figures(
    actor: Actor, /, *, source: str = "", since: date | None = None, until: date | None = None
) -> CaseFigures:
    """Counts of the cases that were opened in these days, of one front office or of all."""
    found = scoped(actor, Case)
    if source:
        found = found.filter(source=source)
    if since:
        found = found.filter(opened_at__date__gte=since)
    if until:
        found = found.filter(opened_at__date__lte=until)
    sums = found.aggregate(
        opened=Count("pk"),
        reopened_cases=Count("pk", filter=Q(reopened__gt=0)),
        reassigned_cases=Count("pk", filter=Q(reassigned__gt=0)),
        resolved=Count("pk", filter=Q(state__in=DONE)),
        closed=Count("pk", filter=Q(state="closed")),
    )
    times = found.aggregate(Sum("reopened"), Sum("reassigned"))
    solved = CaseEvent.objects.filter(case__in=found, what="state", now="resolved")
    clocks = Clock.objects.filter(case__in=found, state__in=(MET, MISSED))
    stopped = {
        (clock, state): count
        for clock, state, count in clocks.values_list("clock", "state").annotate(Count("case"))
    }
    return CaseFigures(
        **sums,
        reopened=times["reopened__sum"] or 0,
        reassigned=times["reassigned__sum"] or 0,
        resolutions=solved.count(),
        by_state=dict(found.values_list("state").annotate(Count("pk")).order_by("state")),
        by_priority={
            str(level): count
            for level, count in found.values_list("priority")
            .annotate(Count("pk"))
            .order_by("priority")
        },
        clocks={
            clock: ClockFigures(stopped.get((clock, MET), 0), stopped.get((clock, MISSED), 0))
            for clock in sorted({clock for clock, _state in stopped})
        },
    )
