"""Keep the clocks of cases: reckoned anew from their timelines whenever something happens.

Only ICT's own actions use this, inside their transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from django.db.models import Max

from kantoor.departments.ict.models import (
    Clock,
    ClockSpan,
    LevelVersion,
    Service,
    ServiceLevel,
)
from kantoor.departments.ict.models.clocks.clocks import RUNNING
from kantoor.departments.ict.queries.clocks.loading import (
    Timeline,
    agreements,
    reckoned,
    timelines_of,
)
from kantoor.departments.ict.queries.clocks.reckoning import Reckoned
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.calendars.engine import moment_of
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.instants import FORM
from kantoor.kernel.store.models import insert_rows

LOT = 500


def level_versions_now(
    actor: Actor, services: Iterable[int | None]
) -> dict[int | None, int | None]:
    """The version of the service level that goes for a new case, by the key of its service."""
    wanted = set(services)
    latest: dict[int, int] = dict(
        LevelVersion.objects.filter(level__company_id=actor.company_id)
        .values_list("level_id")
        .annotate(Max("pk"))
    )
    if not latest:
        return dict.fromkeys(wanted)
    standard = scoped(actor, ServiceLevel).filter(standard=True).values_list("pk", flat=True)
    common = latest.get(next(iter(standard), 0))
    own = dict(
        scoped(actor, Service)
        .filter(pk__in=[key for key in wanted if key], level__isnull=False)
        .values_list("pk", "level_id")
    )
    return {
        key: latest.get(own[key], common) if key is not None and key in own else common
        for key in wanted
    }


def keep_clocks(cases: Sequence[int]) -> None:
    """Reckon the clocks of these cases anew, after their timelines were written."""
    if not cases:
        return
    found = list(timelines_of(cases))
    if found:
        Clock.objects.filter(case_id__in=cases).delete()
        ClockSpan.objects.filter(case_id__in=cases).delete()
        write_clocks(found)


def write_clocks(timelines: Iterable[Timeline]) -> int:
    """Write the clocks of timelines that have none (any more); gives how many cases."""
    count = 0
    for lot in _lots(timelines):
        agreed = agreements(each.version_id for each in lot)
        insert_clocks((each, clock) for each in lot for clock in reckoned(each, agreed))
        count += len(lot)
    return count


def insert_clocks(found: Iterable[tuple[Timeline, Reckoned]]) -> None:
    """Write reckoned clocks with their intervals."""
    listed = list(found)
    if not listed:
        return
    insert_rows(
        Clock,  # type: ignore[arg-type]  # no identifier of its own: kept as what follows
        [
            (each.company_id, each.case_id, clock.clock, clock.state,
             int(clock.state == RUNNING), clock.allowed, clock.spent,
             instant(clock.since), instant(clock.due), instant(clock.warn), clock.misses)
            for each, clock in listed
        ],
    )  # fmt: skip
    insert_rows(
        ClockSpan,  # type: ignore[arg-type]
        [
            (each.case_id, clock.clock, place, instant(span.start), instant(span.end),
             int(span.running), int(span.begins), span.why, span.priority, span.spent)
            for each, clock in listed
            for place, span in enumerate(clock.intervals, 1)
        ],
    )  # fmt: skip


@lru_cache(maxsize=1 << 14)
def instant(seconds: int | None) -> str | None:
    """Whole seconds since 1970 UTC as a row holds an instant."""
    return None if seconds is None else moment_of(seconds).strftime(FORM)


def _lots(timelines: Iterable[Timeline]) -> Iterator[list[Timeline]]:
    rest = iter(timelines)
    while lot := list(islice(rest, LOT)):
        yield lot
