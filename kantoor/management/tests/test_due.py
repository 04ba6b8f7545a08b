"""When a report was due last, on the company's clock."""

from datetime import UTC, datetime

import pytest

from kantoor.management.due import last_due, minute_of, time_of

AMSTERDAM = "Europe/Amsterdam"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "day", "minute", "now", "due"),
    [
        ("daily", 1, 450, "2026-03-02T06:29", "2026-03-01T06:30"),
        ("daily", 1, 450, "2026-03-02T06:30", "2026-03-02T06:30"),
        ("weekly", 1, 450, "2026-03-04T12:00", "2026-03-02T06:30"),
        ("weekly", 1, 450, "2026-03-02T06:00", "2026-02-23T06:30"),
        ("monthly", 1, 450, "2026-03-02T06:00", "2026-03-01T06:30"),
        ("monthly", 28, 450, "2026-03-02T06:00", "2026-02-28T06:30"),
        # Summer time: half past seven is an hour earlier by UTC.
        ("daily", 1, 450, "2026-07-02T12:00", "2026-07-02T05:30"),
        # The hour that is skipped in spring, and the one that comes twice in autumn.
        ("daily", 1, 150, "2026-03-29T12:00", "2026-03-29T01:30"),
        ("daily", 1, 150, "2026-10-25T12:00", "2026-10-25T00:30"),
    ],
)
def test_the_last_moment_that_was_due(
    rhythm: str, day: int, minute: int, now: str, due: str
) -> None:
    assert last_due(rhythm, day, minute, AMSTERDAM, at(now)) == at(due)


def test_a_time_is_read_as_it_is_written() -> None:
    assert minute_of("07:30") == 450
    assert minute_of(" 7:30 ") == 450
    assert time_of(450) == "07:30"
    assert [minute_of(text) for text in ("24:00", "7.30", "", "12:60", "noon")] == [None] * 5
