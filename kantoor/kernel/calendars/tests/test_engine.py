"""Working time against a model that looks at the clock on the wall minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kantoor.kernel.calendars.engine import (
    NeverDue,
    holidays_of,
    instant_after,
    moment_of,
    of_terms,
    seconds_of,
    worked_seconds,
)
from kantoor.kernel.calendars.terms import (
    WEEKDAYS,
    CalendarTerms,
    OwnDays,
    Week,
    checked_terms,
    read_hours,
)
from kantoor.kernel.errors import InvalidInput

ALWAYS = Week(**dict.fromkeys(WEEKDAYS, "00:00-24:00"))
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def terms(week: Week = ALWAYS, zone: str = "Europe/Amsterdam", **more: object) -> str:
    made = checked_terms(CalendarTerms(zone=zone, week=week, **more))  # type: ignore[arg-type]
    return msgspec.json.encode(made).decode()


def at(text: str, zone: ZoneInfo = AMSTERDAM) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_the_clock_that_is_put_back_gives_an_hour_more() -> None:
    start, end = at("2026-10-24T00:00"), at("2026-10-27T12:30")
    assert worked_seconds(terms(), start, end) == 307_800
    assert instant_after(terms(), start, 307_800) == end


def test_office_hours_end_at_five_and_go_on_the_next_working_day() -> None:
    week = Week(**dict.fromkeys(WEEKDAYS[:5], "09:00-12:30, 13:00-17:00"))
    office = terms(week, country="NL")
    assert instant_after(office, at("2026-12-24T16:00"), 2 * 3600) == at("2026-12-28T10:00")
    assert worked_seconds(office, at("2026-11-23T12:00"), at("2026-11-23T13:30")) == 3600


def test_a_half_day_and_a_closure_of_every_year_go_before_the_week() -> None:
    days = [
        OwnDays(first=date(2026, 12, 24), hours="09:00-13:00", yearly=True),
        OwnDays(first=date(2026, 12, 28), last=date(2027, 1, 3), name="Closed"),
    ]
    week = Week(**dict.fromkeys(WEEKDAYS[:5], "09:00-17:00"))
    office = terms(week, days=days)
    assert instant_after(office, at("2026-12-24T12:00"), 3600) == at("2026-12-24T13:00")
    assert instant_after(office, at("2026-12-25T16:30"), 3600) == at("2027-01-04T09:30")
    assert worked_seconds(office, at("2030-12-24T00:00"), at("2030-12-25T00:00")) == 4 * 3600


def test_holidays_of_a_subdivision_are_its_own() -> None:
    assert date(2026, 1, 6) in holidays_of("DE", "BY", 2026)
    assert date(2026, 1, 6) not in holidays_of("DE", "BE", 2026)


def test_a_calendar_without_hours_is_refused() -> None:
    with pytest.raises(InvalidInput):
        terms(Week())


@pytest.mark.parametrize(
    "text",
    ["9-5", "09:00-09:00", "17:00-09:00", "09:00-12:00, 11:00-13:00", "09:00-24:01", "x" * 999],
)
def test_hours_that_can_not_be_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_hours(text)


def test_a_due_instant_that_never_comes_is_said() -> None:
    with pytest.raises(NeverDue):
        instant_after(terms(Week(mon="09:00-09:01")), at("2026-01-01T00:00"), 10**8)


ZONES = ["Europe/Amsterdam", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]
minute = st.integers(0, 24 * 60)


@st.composite
def hours(draw: st.DrawFn) -> str:
    marks = sorted(draw(st.lists(minute, min_size=2, max_size=6, unique=True)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return ", ".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in pairs)


@st.composite
def calendars(draw: st.DrawFn) -> CalendarTerms:
    week = Week(
        **{day: draw(st.one_of(st.just(""), hours())) for day in WEEKDAYS[1:]}, mon=draw(hours())
    )
    first = draw(st.dates(date(2026, 1, 1), date(2027, 1, 10)))
    own = OwnDays(
        first=first,
        last=min(first + timedelta(days=draw(st.integers(0, 9))), date(first.year, 12, 31)),
        hours=draw(st.one_of(st.just(""), hours())),
        yearly=draw(st.booleans()),
    )
    country = draw(st.sampled_from(["", "NL", "US"]))
    return CalendarTerms(zone=draw(st.sampled_from(ZONES)), week=week, country=country, days=[own])


# Around the changes of the clock, New Year, and somewhere in between.
anchors = st.sampled_from(
    ["2026-03-08", "2026-03-28", "2026-04-04", "2026-10-03", "2026-10-24", "2026-10-31",
     "2026-12-30", "2026-06-15"]
)  # fmt: skip


def naive(calendar: CalendarTerms, start: int, minutes: int) -> int:
    """Seconds worked, by looking at the wall in each minute."""
    zone, count = ZoneInfo(calendar.zone), 0
    for n in range(minutes):
        wall = datetime.fromtimestamp(start + 60 * n, UTC).astimezone(zone)
        spans = read_hours(getattr(calendar.week, WEEKDAYS[wall.weekday()]))
        if calendar.country and wall.date() in holidays_of(calendar.country, "", wall.year):
            spans = ()
        for own in calendar.days:
            last = own.last or own.first
            day, since = wall.date(), own.first
            if own.yearly and day.year >= own.first.year:
                since, last = since.replace(year=day.year), last.replace(year=day.year)
            if since <= day <= last:
                spans = read_hours(own.hours)
        second = wall.hour * 3600 + wall.minute * 60
        count += any(low <= second < high for low, high in spans)
    return 60 * count


@settings(max_examples=60, deadline=None)
@given(calendars(), anchors, st.integers(-600, 600), st.integers(1, 3 * 24 * 60))
def test_worked_time_is_that_of_the_wall_clock(
    calendar: CalendarTerms, day: str, shift: int, minutes: int
) -> None:
    text = msgspec.json.encode(checked_terms(calendar)).decode()
    start = seconds_of(datetime.fromisoformat(day).replace(tzinfo=UTC)) + 60 * shift
    reckoned = of_terms(text)
    worked = reckoned.worked(start, start + 60 * minutes)
    assert worked == naive(calendar, start, minutes)
    assert worked == sum(
        each.end - each.start for each in reckoned.spans(start, start + 60 * minutes)
    )
    if worked:
        due = reckoned.after(start, worked)
        assert due <= start + 60 * minutes
        assert reckoned.worked(start, due) == worked
        assert reckoned.worked(start, due - 1) == worked - 1


@settings(max_examples=60, deadline=None)
@given(calendars(), st.integers(0, 3 * 10**7), st.integers(0, 10**7), st.integers(0, 10**7))
def test_worked_time_adds_up(calendar: CalendarTerms, begin: int, one: int, other: int) -> None:
    reckoned = of_terms(msgspec.json.encode(calendar).decode())
    start = 1_767_225_600 + begin
    middle, end = start + one, start + one + other
    assert reckoned.worked(start, middle) + reckoned.worked(middle, end) == reckoned.worked(
        start, end
    )


def test_moments_and_seconds_are_each_other_turned_round() -> None:
    moment = datetime(2026, 10, 25, 1, 30, 5, tzinfo=UTC)
    assert moment_of(seconds_of(moment)) == moment
    assert seconds_of(moment.replace(microsecond=999_999)) == seconds_of(moment)
