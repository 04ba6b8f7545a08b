"""Overtime held against a naive model that looks at every minute by itself."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from kantoor.departments.hr.reckoning.clock import (
    ALONE,
    FORGOTTEN,
    IN,
    OUT,
    Mark,
    Span,
    read_marks,
)
from kantoor.departments.hr.reckoning.overtime import Planned, Rule, split_week

MINUTE = timedelta(minutes=1)
ZONES = ("Europe/Amsterdam", "America/New_York", "America/Havana", "UTC")
SUMMER, WINTER = datetime(2026, 3, 27, 18, tzinfo=UTC), datetime(2026, 10, 23, 18, tzinfo=UTC)
START = date(2026, 1, 1)


def naive(
    spans: list[Span], rules: list[Rule], holidays: set[date], planned: dict[date, Planned]
) -> Counter[tuple[date, int]]:
    """Minute by minute, without a step longer than one."""
    found: Counter[tuple[date, int]] = Counter()
    worked: list[tuple[date, date]] = []
    days = sorted({span.day for span in spans})
    for day in days:
        mine = [span for span in spans if span.day == day]
        minutes = []
        for span in mine:
            at = span.begin.at
            while at < span.end.at:
                minutes.append(at)
                at += MINUTE
        off = 0
        if day in planned and len(minutes) * 2 > planned[day].minutes:
            present, at, gaps = set(minutes), mine[0].begin.at, 0
            while at < mine[-1].end.at:
                gaps += at not in present
                at += MINUTE
            off = max(planned[day].pause - gaps, 0)
        zone = {at: span.begin.zone for span in mine for at in minutes if span.begin.at <= at}
        worked += [(day, at.astimezone(ZoneInfo(zone[at])).date()) for at in minutes[off:]]
    in_day: Counter[date] = Counter()
    for n, (day, on) in enumerate(worked):
        percents = [100]
        for kind in ("day", "week", "saturday", "sunday", "holiday"):
            for after in {rule.after for rule in rules if rule.kind == kind}:
                held = [r for r in rules if (r.kind, r.after) == (kind, after) and r.start <= day]
                if not held:
                    continue
                newest = max(rule.start for rule in held)
                percent = [rule.percent for rule in held if rule.start == newest][-1]
                if (
                    (kind == "day" and in_day[day] >= after)
                    or (kind == "week" and n >= after)
                    or (kind == "saturday" and on.weekday() == 5)
                    or (kind == "sunday" and on.weekday() == 6)
                    or (kind == "holiday" and on in holidays)
                ):
                    percents.append(percent)
        in_day[day] += 1
        found[day, max(percents)] += 1
    return found


pieces = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 600)), max_size=6)
some_rules = st.lists(
    st.one_of(
        st.builds(
            Rule, st.sampled_from(["day", "week"]), st.integers(0, 900), st.integers(100, 200),
            st.sampled_from([START, date(2026, 3, 29), date(2026, 10, 25)]),
        ),
        st.builds(
            Rule, st.sampled_from(["saturday", "sunday", "holiday"]), st.just(0),
            st.integers(100, 300), st.just(START),
        ),
    ),
    max_size=5,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    pieces, some_rules, st.sampled_from(ZONES), st.sampled_from([SUMMER, WINTER]),
    st.integers(0, 600), st.integers(0, 90),
)  # fmt: skip
def test_steps_say_what_every_minute_says(
    gaps: list[tuple[int, int]], rules: list[Rule], zone: str, begin: datetime, long: int, off: int
) -> None:
    at, spans = begin, []
    for n, (away, worked) in enumerate(gaps):
        start = at + away * MINUTE
        at = start + worked * MINUTE
        spans.append(Span(Mark(2 * n, start, IN, zone), Mark(2 * n + 1, at, OUT, zone)))
    holidays = {date(2026, 3, 29), date(2026, 10, 24)}
    planned = {span.day: Planned(long, off) for span in spans[:2]}
    expected = naive(spans, rules, holidays, planned)
    assert +split_week(spans, rules, holidays, planned) == expected


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("Europe/Amsterdam")).astimezone(UTC)


def marks(*said: tuple[datetime, str]) -> list[Mark]:
    return [Mark(n, when, kind, "Europe/Amsterdam") for n, (when, kind) in enumerate(said)]


def test_the_night_in_which_clocks_go_forward_has_seven_hours_of_eight() -> None:
    clocked = read_marks(marks((at(28, 22), IN), (at(29, 6), OUT)), at(31, 0))
    assert [(span.day, span.minutes) for span in clocked.spans] == [(date(2026, 3, 28), 420)]
    shares = split_week(clocked.spans, [Rule("sunday", 0, 200, START)], set(), {})
    assert shares == {(date(2026, 3, 28), 100): 120, (date(2026, 3, 28), 200): 300}


def test_marks_that_miss_their_other_are_faults_and_count_for_nothing() -> None:
    said = marks(
        (at(2, 9), IN), (at(3, 9), IN), (at(3, 12), OUT), (at(3, 17), OUT), (at(4, 8), IN),
    )  # fmt: skip
    clocked = read_marks(said, at(4, 10))
    assert [span.minutes for span in clocked.spans] == [180]
    assert [(fault.mark.id, fault.what) for fault in clocked.faults] == [(0, FORGOTTEN), (3, ALONE)]
    assert clocked.inside is not None and clocked.inside.id == 4
    assert [fault.mark.id for fault in read_marks(said, at(5, 10)).faults] == [0, 3, 4]


def test_a_mark_added_later_in_the_same_minute_finds_its_other() -> None:
    said = marks((at(2, 9), IN), (at(2, 12), IN), (at(2, 12), OUT), (at(2, 17), OUT))
    assert [span.minutes for span in read_marks(said, at(3, 9)).spans] == [180, 300]
