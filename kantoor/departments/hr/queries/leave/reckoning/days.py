"""What days of leave cost: each by the schedule of that day, nothing where nothing was worked.

A part of a day costs half of what is worked that day, rounded down to a whole minute in the
favour of who asks; on a day off or a holiday that is nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kantoor.departments.hr.queries.leave.reckoning.accrual import Span

WHOLE, MORNING, AFTERNOON = "whole", "morning", "afternoon"


@dataclass(frozen=True, slots=True)
class Asked:
    """Days that are asked, both ends among them, and how much of each end.

    `minutes` is so many of a single day, instead of a part of it. With one day only `first_part`
    counts.
    """

    first: date
    last: date
    first_part: str = WHOLE
    last_part: str = WHOLE
    minutes: int | None = None


def schedule(
    spans: Sequence[Span], first: date, last: date, free: Mapping[date, int]
) -> Iterator[tuple[date, int]]:
    """What is worked on each day under a contract; `free` is the most on a holiday or half one."""
    for span in spans:
        day, until = max(first, span.first), min(last + timedelta(days=1), span.until)
        while day < until:
            minutes = span.week[day.weekday()]
            yield day, min(minutes, free.get(day, minutes))
            day += timedelta(days=1)


def costs(asked: Asked, worked: Iterable[tuple[date, int]]) -> list[tuple[date, int]]:
    """What is taken on each day, given what is worked on it; days that cost nothing are left out."""
    found = []
    for day, minutes in worked:
        taken = _of_day(asked, day, minutes)
        if taken:
            found.append((day, taken))
    return found


def _of_day(asked: Asked, day: date, worked: int) -> int:
    if not asked.first <= day <= asked.last:
        return 0
    if asked.minutes is not None:
        return min(asked.minutes, worked)
    part = WHOLE
    if day == asked.first:
        part = asked.first_part
    elif day == asked.last:
        part = asked.last_part
    return worked if part == WHOLE else worked // 2
