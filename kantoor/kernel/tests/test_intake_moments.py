"""Days and times of files: what the mapping names is read, and no day that never was."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.kernel.intake.moments import (
    DayTime,
    day_time_parser,
    is_format,
    is_zone,
    parse_day_time,
)
from kantoor.kernel.intake.problems import Refused

ISO = ("%Y-%m-%d %H:%M:%S",)
SHOP = (*ISO, "%Y-%m-%dT%H:%M:%S%z", "%m/%d/%Y %H:%M")


@pytest.mark.parametrize(
    ("text", "zone", "day", "at"),
    [
        ("2010-12-01 08:26:00", "UTC", "2010-12-01", datetime(2010, 12, 1, 8, 26, tzinfo=UTC)),
        ("12/1/2010 8:26", "UTC", "2010-12-01", datetime(2010, 12, 1, 8, 26, tzinfo=UTC)),
        (" 12/01/2010 08:26 ", "UTC", "2010-12-01", datetime(2010, 12, 1, 8, 26, tzinfo=UTC)),
        (
            "2011-06-01 00:30:00",
            "Europe/Amsterdam",
            "2011-06-01",
            datetime(2011, 5, 31, 22, 30, tzinfo=UTC),
        ),
        (
            "2011-06-01T00:30:00+05:30",
            "Europe/Amsterdam",
            "2011-06-01",
            datetime(2011, 5, 31, 19, 0, tzinfo=UTC),
        ),
        ("2011-06-01T00:30:00Z", "UTC", "2011-06-01", datetime(2011, 6, 1, 0, 30, tzinfo=UTC)),
        ("2012-02-29 00:00:00", "UTC", "2012-02-29", datetime(2012, 2, 29, tzinfo=UTC)),
    ],
)
def test_a_stamp_gives_its_own_day_and_the_moment_in_utc(
    text: str, zone: str, day: str, at: datetime
) -> None:
    assert parse_day_time(text, SHOP, zone) == DayTime(day, at)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date.missing"),
        ("  ", "date.missing"),
        ("2011-02-31 10:00:00", "date.no_such_day"),
        ("2011-02-29 10:00:00", "date.no_such_day"),
        ("2011-13-01 10:00:00", "date.no_such_day"),
        ("2011-01-01 24:00:00", "date.no_such_day"),
        ("0000-01-01 10:00:00", "date.no_such_day"),
        ("0001-01-01T00:00:00+23:59", "date.no_such_day"),
        ("2011-01-01T00:00:00+24:00", "date.no_such_day"),
        ("13/2/2011 10:00", "date.no_such_day"),
        ("2011-02-28", "date.unreadable"),
        ("2011/02/28 10:00:00", "date.unreadable"),
        ("yesterday", "date.unreadable"),
        ("40513.35", "date.unreadable"),
        ("٢٠١١-02-28 10:00:00", "date.unreadable"),
        ("2011-02-28 10:00:00" + " " * 100 + "x", "date.unreadable"),
    ],
)
def test_what_is_no_stamp_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_day_time(text, SHOP)
    assert refusal.value.code == code
    assert str(refusal.value)


def test_the_first_format_of_the_shape_decides() -> None:
    # Else 12/2 would be read as December and 13/2 of the same file as February.
    both = ("%m/%d/%Y", "%d/%m/%Y")
    assert parse_day_time("12/2/2011", both).day == "2011-12-02"
    with pytest.raises(Refused):
        parse_day_time("13/2/2011", both)


@given(st.datetimes())
def test_every_stamp_reads_back(moment: datetime) -> None:
    written = moment.isoformat(sep=" ", timespec="microseconds")
    found = parse_day_time(written, ("%Y-%m-%d %H:%M:%S.%f",))
    assert found == DayTime(moment.date().isoformat(), moment.replace(tzinfo=UTC))


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    try:
        found = parse_day_time(text, SHOP)
    except Refused:
        return
    assert found.day


def test_stamps_that_repeat_are_read_once() -> None:
    parse = day_time_parser(ISO)
    assert parse("2010-12-01 08:26:00") is parse("2010-12-01 08:26:00")


@pytest.mark.parametrize("text", ["%Y-%m-%d", "%d.%m.%Y %H:%M", "%Y%m%dT%H%M%S%z", "[%Y] %m (%d)"])
def test_formats_that_a_mapping_may_name(text: str) -> None:
    assert is_format(text)


@pytest.mark.parametrize("text", ["", "%Y", "%Y-%m", "%Y-%m-%d %Y", "%d %b %Y", "%x", "%Y-%m-%d%"])
def test_formats_that_a_mapping_may_not_name(text: str) -> None:
    assert not is_format(text)


def test_time_zones_are_known_by_name() -> None:
    assert is_zone("Europe/London")
    assert not is_zone("Europe/Atlantis")
    assert not is_zone("../../etc/passwd")
    assert not is_zone("")
