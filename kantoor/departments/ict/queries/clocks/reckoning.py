"""Reckon a clock from the timeline of its case: a pure function, the same for one case or all.

- response: runs from the opening until the case leaves `new` or a person answers.
- resolution: runs until the case is solved, goes on when it is reopened; waiting for the caller
  pauses it. Waiting for approval pauses each clock: nobody may begin.
- update: as resolution, but each public word of a person begins it anew.

Time that was spent counts on under another priority, whose target then goes for all of it.
Instants are whole seconds since 1970 UTC; time is seconds of the calendar.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kantoor.departments.ict.models.clocks.clocks import MET, MISSED, PAUSED, RUNNING
from kantoor.departments.ict.models.clocks.levels import RESPONSE, UPDATE
from kantoor.kernel.calendars.engine import NeverDue, WorkingTime

APPROVAL = "waiting/approval"
PAUSING = frozenset({"waiting/caller", APPROVAL})
STOPPED = frozenset({"resolved", "closed"})


class Moment(NamedTuple):
    """What the clocks need of an event of the timeline."""

    at: int
    what: str
    now: str
    by: str
    public: bool


class Target(NamedTuple):
    """So many seconds allowed, and how many of them are left when a warning is given."""

    seconds: int
    warn_seconds: int


@dataclass(slots=True)
class Interval:
    """An interval of a clock; see ClockSpan."""

    start: int
    end: int | None
    running: bool
    begins: bool
    why: str
    priority: int
    spent: int = 0


@dataclass(slots=True)
class Reckoned:
    """A clock as it came out; see Clock."""

    clock: str
    state: str
    allowed: int | None
    spent: int
    since: int
    due: int | None
    warn: int | None
    misses: int
    intervals: list[Interval] = field(default_factory=list)


Targets = Mapping[str, Mapping[int, Target]]


def reckon(moments: Sequence[Moment], targets: Targets, working: WorkingTime) -> list[Reckoned]:
    """The clocks of a case with this timeline, which begins with its opening."""
    return [
        _finished(clock, _intervals(clock, moments, working), by_priority, working)
        for clock, by_priority in targets.items()
        if by_priority and moments
    ]


def _intervals(clock: str, moments: Sequence[Moment], working: WorkingTime) -> list[Interval]:
    """The intervals of a clock, those that have ended with the time they took."""
    intervals: list[Interval] = []
    state, priority = "", 0
    for moment in moments:
        if moment.what == "state":
            state = moment.now
        elif moment.what == "priority":
            priority = int(moment.now)
        begins = not intervals or (_begins_anew(clock, moment) and state not in STOPPED)
        running = _runs(clock, state, moment)
        _go_on(intervals, Interval(moment.at, None, running, begins, state, priority), working)
        if clock == RESPONSE and not running:
            break
    return intervals


def _go_on(intervals: list[Interval], new: Interval, working: WorkingTime) -> None:
    """Add an interval where something changes with it; what lasted no second is put right."""
    present = intervals[-1] if intervals else None
    if present is not None and present.start == new.start:
        new.begins = new.begins or present.begins
        intervals[-1] = new
    elif present is None or new.begins or _differs(present, new):
        if present is not None:
            present.end = new.start
            if present.running:
                present.spent = working.worked(present.start, new.start)
        intervals.append(new)


def _differs(one: Interval, other: Interval) -> bool:
    return (one.running, one.why, one.priority) != (other.running, other.why, other.priority)


def _runs(clock: str, state: str, moment: Moment) -> bool:
    if clock == RESPONSE:
        return state == "new" and not _answers(moment)
    return state not in STOPPED and state not in PAUSING


def _begins_anew(clock: str, moment: Moment) -> bool:
    return clock == UPDATE and _answers(moment)


def _answers(moment: Moment) -> bool:
    """Whether a person of the desk says something to the requester with it."""
    if moment.by != "person" or not moment.public:
        return False
    return moment.what == "note" or (moment.what == "state" and moment.now != "new")


def _finished(
    clock: str, intervals: list[Interval], targets: Mapping[int, Target], working: WorkingTime
) -> Reckoned:
    last = intervals[-1]
    target = targets.get(last.priority)
    misses, spent, cycle = 0, 0, intervals
    for place, each in enumerate(intervals):
        if each.begins and place:
            allowed = targets.get(intervals[place - 1].priority)
            misses += allowed is not None and spent > allowed.seconds
            spent, cycle = 0, intervals[place:]
        spent += each.spent
    late = target is not None and spent > target.seconds
    if last.running:
        state = RUNNING
    elif last.why == APPROVAL or (last.why in PAUSING and clock != RESPONSE):
        state = PAUSED
    else:
        state = MISSED if late or misses else MET
    due = warn = None
    if target is not None and (state != PAUSED or late):
        due = _passes(cycle, target.seconds, working)
        if state == RUNNING:
            warn = _passes(cycle, max(target.seconds - target.warn_seconds, 0), working)
    seconds = None if target is None else target.seconds
    return Reckoned(clock, state, seconds, spent, last.start, due, warn, misses + late, intervals)


def _passes(cycle: Iterable[Interval], seconds: int, working: WorkingTime) -> int | None:
    """When a cycle has spent, or will have spent, so many seconds; None when never."""
    left, latest = seconds, None
    for each in cycle:
        if not each.running:
            continue
        if each.end is not None and each.spent < left:
            left -= each.spent
            latest = each
            continue
        return _after(working, each.start, left)
    # It stopped with time left: when it would have run out, had it gone on.
    return None if latest is None else _after(working, latest.start, left + latest.spent)


def _after(working: WorkingTime, start: int, seconds: int) -> int | None:
    try:
        return working.after(start, seconds)
    except NeverDue:
        return None
