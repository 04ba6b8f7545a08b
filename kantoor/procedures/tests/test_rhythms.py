"""When what recurs is due: weeks, months and years, working days, months that are short."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.procedures.engine.rhythms import Rhythm, recurring

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


def weekday(day: date) -> bool:
    return day.weekday() < 5


def _first(rhythm: Rhythm, count: int, working: Callable[[date], bool] = weekday) -> list[str]:
    return [each.due.isoformat() for each in islice(recurring(rhythm, working), count)]


@pytest.mark.parametrize(
    ("rhythm", "due"),
    [
        # 2026-01-01 is a Thursday.
        (Rhythm(unit="week", every=1, starts_on=date(2026, 1, 1), weekday=0), ["2026-01-05", "2026-01-12"]),
        (Rhythm(unit="week", every=2, starts_on=date(2026, 1, 1), weekday=4), ["2026-01-02", "2026-01-16"]),
        (Rhythm(unit="month", every=1, starts_on=date(2026, 1, 1), day=31), ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        (Rhythm(unit="month", every=1, starts_on=date(2024, 2, 1), day=30), ["2024-02-29", "2024-03-30"]),
        (Rhythm(unit="month", every=3, starts_on=date(2026, 1, 16), day=15), ["2026-04-15", "2026-07-15"]),
        (Rhythm(unit="month", every=1, starts_on=date(2026, 1, 1), which="last_working"), ["2026-01-30", "2026-02-27", "2026-03-31"]),
        (Rhythm(unit="month", every=1, starts_on=date(2026, 2, 1), which="first_working"), ["2026-02-02", "2026-03-02", "2026-04-01"]),
        (Rhythm(unit="year", every=1, starts_on=date(2024, 1, 1), month=2, day=29), ["2024-02-29", "2025-02-28"]),
        (Rhythm(unit="year", every=2, starts_on=date(2026, 5, 1), month=4, day=1), ["2028-04-01", "2030-04-01"]),
        (Rhythm(unit="month", every=1, starts_on=date(2026, 8, 1), day=1, shift="after"), ["2026-08-03", "2026-09-01"]),
        (Rhythm(unit="month", every=1, starts_on=date(2026, 8, 1), day=1, shift="before"), ["2026-07-31", "2026-09-01"]),
    ],
)  # fmt: skip
def test_it_is_due_on_these_days(rhythm: Rhythm, due: list[str]) -> None:
    assert _first(rhythm, len(due)) == due


def test_it_ends_on_its_last_day() -> None:
    rhythm = Rhythm(
        unit="month", every=1, starts_on=date(2026, 1, 1), day=10, ends_on=date(2026, 3, 9)
    )
    assert _first(rhythm, 10) == ["2026-01-10", "2026-02-10"]


def test_a_calendar_without_working_days_stops_nothing() -> None:
    def never(_day: date) -> bool:
        return False

    shifting = Rhythm(unit="week", every=1, starts_on=date(2026, 1, 5), shift="after")
    assert _first(shifting, 1, never) == ["2026-01-05"]
    last = Rhythm(unit="year", every=1, starts_on=date(2026, 1, 5), which="last_working")
    assert _first(last, 1, never) == []


RHYTHMS = st.builds(
    Rhythm,
    unit=st.sampled_from(["week", "month", "year"]),
    every=st.integers(1, 7),
    starts_on=DAYS,
    which=st.sampled_from(["day", "first_working", "last_working"]),
    weekday=st.integers(0, 6),
    day=st.integers(1, 31),
    month=st.integers(1, 12),
    shift=st.sampled_from(["", "before", "after"]),
)


@given(RHYTHMS)
def test_times_follow_each_other_and_never_come_twice(rhythm: Rhythm) -> None:
    found = list(islice(recurring(rhythm, weekday), 8))
    assert all(one.on < other.on for one, other in pairwise(found))
    assert all(each.on >= rhythm.starts_on for each in found)
    if rhythm.shift:
        assert all(weekday(each.due) for each in found)
    assert all(abs(each.due - each.on) <= timedelta(days=2) for each in found)


@given(RHYTHMS, st.integers(0, 6))
def test_going_on_after_any_of_them_gives_the_next(rhythm: Rhythm, place: int) -> None:
    found = list(islice(recurring(rhythm, weekday), place + 4))
    after = found[place].on
    assert list(islice(recurring(rhythm, weekday, after), 3)) == found[place + 1 :]
