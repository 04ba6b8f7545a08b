"""When a report that goes out by itself was due last, on the company's clock."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kantoor.management.models.schedules import DAILY, WEEKLY

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def minute_of(text: str) -> int | None:
    """The minute of the day that somebody wrote as 07:30; None where it is none."""
    found = _TIME.fullmatch(text.strip())
    return int(found[1]) * 60 + int(found[2]) if found else None


def time_of(minute: int) -> str:
    """A minute of the day as one writes it."""
    return f"{minute // 60:02}:{minute % 60:02}"


def last_due(rhythm: str, day: int, minute: int, zone: str, now: datetime) -> datetime:
    """The last moment up to now at which it was due.

    In the hour that the clock skips in spring it is due an hour later; in the one that comes twice
    in autumn at the first of the two.
    """
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    at = time(minute // 60, minute % 60)
    # A little more than a month back finds the last one, whatever the rhythm.
    for back in range(33):
        one = today - timedelta(days=back)
        if rhythm == WEEKLY and one.isoweekday() != day:
            continue
        if rhythm not in (DAILY, WEEKLY) and one.day != day:
            continue
        moment = datetime.combine(one, at, here).astimezone(UTC)
        if moment <= now:
            return moment
    raise AssertionError("a month has every day up to the twenty-eighth")
