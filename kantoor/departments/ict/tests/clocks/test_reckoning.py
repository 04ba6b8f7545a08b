"""Clocks against a model that looks at each minute of a case by itself.

Through daylight saving, closures at New Year and changes of priority (hypothesis).
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from kantoor.departments.ict.queries.clocks.reckoning import Moment, Reckoned, Target, reckon
from kantoor.kernel.calendars.engine import WorkingTime, of_terms
from kantoor.kernel.calendars.terms import CalendarTerms, OwnDays, Week

ZONE = ZoneInfo("Europe/Amsterdam")
OFFICE = CalendarTerms(
    zone="Europe/Amsterdam",
    week=Week(
        mon="09:00-12:30, 13:00-17:00", tue="09:00-17:00", wed="09:00-17:00", thu="09:00-20:00",
        fri="09:00-17:00", sun="00:30-04:00",
    ),
    country="NL",
    days=[
        OwnDays(first=date(2026, 12, 24), hours="09:00-13:00", name="Christmas Eve"),
        OwnDays(first=date(2026, 12, 28), last=date(2027, 1, 3), name="Closed"),
    ],
)  # fmt: skip
ALWAYS = CalendarTerms(zone="Europe/Amsterdam", week=Week(**dict.fromkeys(
    ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00-24:00"
)))  # fmt: skip
TARGETS = {
    "response": {1: Target(1800, 600), 2: Target(3600, 600), 3: Target(14_400, 600)},
    "resolution": {1: Target(7200, 600), 2: Target(28_800, 3600), 3: Target(57_600, 3600)},
    "update": {1: Target(3600, 0), 2: Target(14_400, 0)},
}


def working(terms: CalendarTerms) -> WorkingTime:
    return of_terms(msgspec.json.encode(terms).decode())


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


def state(when: int, now: str, by: str = "person") -> Moment:
    return Moment(when, "state", now, by, True)


def priority(when: int, now: int) -> Moment:
    return Moment(when, "priority", str(now), "person", False)


def clock(name: str, moments: list[Moment], terms: CalendarTerms = OFFICE) -> Reckoned:
    return next(each for each in reckon(moments, TARGETS, working(terms)) if each.clock == name)


def opened(when: int, level: int = 2) -> list[Moment]:
    return [state(when, "new"), priority(when, level)]


def test_waiting_for_the_caller_pauses_and_a_vendor_does_not() -> None:
    start = at("2026-11-23T09:00")
    moments = [
        *opened(start),
        state(start + 3600, "active"),
        state(start + 7200, "waiting/caller"),
    ]
    paused = clock("resolution", moments)
    assert (paused.state, paused.spent, paused.due) == ("paused", 7200, None)
    again = clock("resolution", [*moments, state(at("2026-11-24T10:00"), "active")])
    assert (again.state, again.due) == ("running", at("2026-11-24T16:00"))
    vendor = [*moments[:3], state(start + 7200, "waiting/vendor")]
    assert clock("resolution", vendor).due == at("2026-11-24T09:30")


def test_time_spent_counts_under_another_priority() -> None:
    start = at("2026-11-23T09:00")
    low = clock("resolution", [*opened(start, 3), priority(at("2026-11-23T10:00"), 1)])
    assert (low.allowed, low.due) == (7200, at("2026-11-23T11:00"))
    late = clock("resolution", [*opened(start, 3), priority(at("2026-11-23T12:00"), 1)])
    assert (late.due, late.misses) == (at("2026-11-23T11:00"), 1)


def test_solving_stops_and_reopening_goes_on() -> None:
    start = at("2026-11-23T09:00")
    solved = [*opened(start), state(at("2026-11-23T10:00"), "resolved")]
    done = clock("resolution", solved)
    assert (done.state, done.spent, done.due) == ("met", 3600, at("2026-11-24T09:30"))
    again = clock("resolution", [*solved, state(at("2026-11-24T09:00"), "active")])
    assert (again.state, again.spent, again.due) == ("running", 3600, at("2026-11-24T16:00"))
    late = [
        *solved,
        state(at("2026-11-24T09:00"), "active"),
        state(at("2026-11-25T09:00"), "resolved"),
    ]
    assert clock("resolution", late).state == "missed"


def test_the_first_answer_stops_the_response() -> None:
    start = at("2026-11-23T09:00")
    answer = Moment(start + 600, "note", "", "person", True)
    met = clock("response", [*opened(start), answer])
    assert (met.state, met.spent) == ("met", 600)
    machine = Moment(start + 600, "note", "", "machine", True)
    assert clock("response", [*opened(start), machine]).state == "running"
    internal = Moment(start + 600, "note", "", "person", False)
    assert clock("response", [*opened(start), internal]).due == start + 3600


def test_each_answer_begins_the_update_anew() -> None:
    start = at("2026-11-23T09:00")
    answer = Moment(at("2026-11-23T15:00"), "note", "", "person", True)
    update = clock("update", [*opened(start), answer])
    assert (update.misses, update.spent) == (1, 0)
    assert update.due == at("2026-11-24T11:00")


# --- against the naive model

STATES = ["active", "waiting/caller", "waiting/vendor", "resolved", "closed", "new"]
STARTS = ["2026-10-23T15:00", "2026-12-23T16:00", "2027-03-26T10:00", "2026-12-31T23:00"]


@st.composite
def timelines(draw: st.DrawFn) -> list[Moment]:
    now = at(draw(st.sampled_from(STARTS))) + 60 * draw(st.integers(0, 600))
    moments = opened(now, draw(st.integers(1, 4)))
    for _ in range(draw(st.integers(0, 7))):
        now += 60 * draw(st.integers(0, 1500))
        kind = draw(st.sampled_from(["state", "state", "priority", "note"]))
        who = draw(st.sampled_from(["person", "machine", "requester"]))
        if kind == "priority":
            moments.append(priority(now, draw(st.integers(1, 4))))
        elif kind == "state":
            moments.append(state(now, draw(st.sampled_from(STATES)), who))
        else:
            moments.append(Moment(now, "note", "", who, draw(st.booleans())))
    return moments


class Naive:
    """Each clock by walking the minutes from the opening to the end."""

    def __init__(self, moments: list[Moment], terms: CalendarTerms, until: int) -> None:
        self.counts = dict.fromkeys(TARGETS, 0)
        self.running = dict.fromkeys(TARGETS, False)
        self.over: dict[str, int | None] = dict.fromkeys(TARGETS)
        answered, now_state, level, place = False, "", 0, 0
        reckoned = working(terms)
        for minute in range(moments[0].at, until, 60):
            while place < len(moments) and moments[place].at <= minute:
                each = moments[place]
                place += 1
                if each.what == "state":
                    now_state = each.now
                elif each.what == "priority":
                    level = int(each.now)
                said = (
                    each.by == "person"
                    and each.public
                    and (each.what == "note" or (each.what == "state" and each.now != "new"))
                )
                answered = answered or said or now_state != "new"
                if said and now_state not in ("resolved", "closed"):
                    self.counts["update"] = 0
            wall = datetime.fromtimestamp(minute, UTC).astimezone(ZONE)
            second = wall.hour * 3600 + wall.minute * 60
            open_now = any(a <= second < b for a, b in reckoned.hours_of(wall.date()))
            goes_on = now_state not in ("resolved", "closed", "waiting/caller")
            self.running = {"response": not answered, "resolution": goes_on, "update": goes_on}
            for name, runs in self.running.items():
                self.counts[name] += 60 * (runs and open_now)
        self.level = level


@settings(max_examples=80, deadline=None)
@given(timelines(), st.sampled_from([OFFICE, ALWAYS]), st.integers(0, 2000))
def test_clocks_are_those_of_a_walk_through_the_minutes(
    moments: list[Moment], terms: CalendarTerms, more: int
) -> None:
    until = moments[-1].at + 60 * (more + 1)
    naive, reckoned = Naive(moments, terms, until), working(terms)
    for each in reckon(moments, TARGETS, reckoned):
        spent = each.spent
        if each.state == "running":
            spent += reckoned.worked(each.since, until)
        assert spent == naive.counts[each.clock], each.clock
        assert (each.state == "running") == naive.running[each.clock]
        target = TARGETS[each.clock].get(each.intervals[-1].priority)
        assert each.allowed == (target.seconds if target else None)
        if target is not None and each.due is not None and each.state == "running":
            # It ran out by then exactly when it has spent all.
            assert (each.due <= until) == (spent >= target.seconds)
            assert each.warn is not None and each.warn <= each.due
        edges = [
            (one.end, other.start)
            for one, other in zip(each.intervals, each.intervals[1:], strict=False)
        ]
        assert all(end == start for end, start in edges)
        assert each.intervals[0].start == moments[0].at
