"""Load what clocks are reckoned from: timelines and service levels, for many cases at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from kantoor.departments.ict.queries.clocks.reckoning import (
    Moment,
    Reckoned,
    Target,
    Targets,
    reckon,
)
from kantoor.kernel.calendars.engine import WorkingTime, of_terms
from kantoor.kernel.store.lookup import SOME, fetch
from kantoor.kernel.store.raw import on_postgres
from kantoor.kernel.store.stream import stream

WHAT = "event.what IN ('state', 'priority', 'note')"


class Agreement(NamedTuple):
    """A version of a service level, ready to be reckoned with."""

    version_id: int
    targets: Targets
    working: WorkingTime


class Timeline(NamedTuple):
    """The timeline of a case as clocks need it, and the version of its service level."""

    company_id: int
    case_id: int
    version_id: int
    moments: Sequence[Moment]


def agreements(versions: Iterable[int]) -> dict[int, Agreement]:
    """These versions of service levels with their targets and calendars."""
    wanted = sorted(set(versions))
    if not wanted:
        return {}
    slots = ", ".join(["%s"] * len(wanted))
    rows = fetch(
        "SELECT level.id, calendar.terms, target.clock, target.priority, target.seconds,"  # noqa: S608
        " target.warn_seconds FROM ict_level_version level"
        " JOIN kernel_calendar_version calendar ON calendar.id = level.calendar_id"
        " LEFT JOIN ict_level_target target ON target.version_id = level.id"
        f" WHERE level.id IN ({slots}) ORDER BY level.id, target.id",
        wanted,
    )
    found: dict[int, Agreement] = {}
    for key, group in groupby(rows, key=itemgetter(0)):
        targets: dict[str, dict[int, Target]] = {}
        listed = list(group)
        for _key, _terms, clock, priority, seconds, warn in listed:
            if clock is not None:
                targets.setdefault(clock, {})[priority] = Target(seconds, warn)
        found[key] = Agreement(key, targets, of_terms(listed[0][1]))
    return found


def timelines_of(cases: Sequence[int]) -> Iterator[Timeline]:
    """The timelines of these cases, of those that have a service level."""
    for start in range(0, len(cases), SOME):
        some = cases[start : start + SOME]
        slots = ", ".join(["%s"] * len(some))
        yield from _timelines(fetch(_sql(f"AND cases.id IN ({slots})"), some))


def all_timelines(company_id: int | None = None) -> Iterator[Timeline]:
    """Every timeline, of a company or of all, streamed in the order of the cases' keys."""
    where = "" if company_id is None else "AND cases.company_id = %s"
    return _timelines(stream(_sql(where), [] if company_id is None else [company_id]))


def reckoned(timeline: Timeline, agreed: Mapping[int, Agreement]) -> list[Reckoned]:
    """The clocks of a case by its service level."""
    agreement = agreed[timeline.version_id]
    return reckon(timeline.moments, agreement.targets, agreement.working)


def epoch(column: str) -> str:
    """SQL that gives an instant as whole seconds since 1970 UTC, fractions cut off."""
    if on_postgres():
        return f"floor(extract(epoch FROM {column}))::bigint"
    return f"unixepoch(substr({column}, 1, 19))"


def _sql(where: str) -> str:
    return (
        "SELECT cases.company_id, cases.id, cases.level_version_id, "  # noqa: S608
        f'{epoch("event.at")}, event.what, event.now, event."by", event.public'
        " FROM ict_case cases JOIN ict_case_event event ON event.case_id = cases.id"
        f" WHERE cases.level_version_id IS NOT NULL AND {WHAT} {where}"
        " ORDER BY cases.id, event.at, event.id"
    )


def _timelines(rows: Iterable[tuple[Any, ...]]) -> Iterator[Timeline]:
    for (company, case, version), group in groupby(rows, key=itemgetter(0, 1, 2)):
        moments = [Moment(row[3], row[4], row[5], row[6], bool(row[7])) for row in group]
        yield Timeline(company, case, version, moments)
