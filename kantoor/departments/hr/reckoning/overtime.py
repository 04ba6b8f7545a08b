"""What percentage of the wage each minute of a week is paid: rules as data, the highest holds.

A span counts for the day and week it began in; that it lies on a Saturday, Sunday or holiday is
asked of each minute, where it was worked.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from kantoor.departments.hr.reckoning.clock import ONE_MINUTE, Span, local_day

DAY, WEEK, SATURDAY, SUNDAY, HOLIDAY = "day", "week", "saturday", "sunday", "holiday"
OvertimeKind = Literal["day", "week", "saturday", "sunday", "holiday"]
NORMAL = 100
FAR = 10**9


class Rule(NamedTuple):
    """Minutes of a kind beyond `after` are paid `percent` from the day `start` on."""

    kind: str
    after: int
    percent: int
    start: date


class Planned(NamedTuple):
    """A planned shift, as far as its break is asked: how long it is, and the break within it."""

    minutes: int
    pause: int


def in_force(rules: Iterable[Rule], day: date) -> list[Rule]:
    """The rules that hold on a day; of one kind and limit the one that starts last.

    `rules` in the order in which they were set, since of two that start at once the later holds.
    """
    held: dict[tuple[str, int], Rule] = {}
    for rule in rules:
        before = held.get((rule.kind, rule.after))
        if rule.start <= day and (before is None or before.start <= rule.start):
            held[rule.kind, rule.after] = rule
    return [rule for rule in held.values() if rule.percent > NORMAL]


def missing_break(spans: Sequence[Span], planned: Planned | None) -> int:
    """The minutes of a planned break that were not clocked, and come off the start of the day.

    Of who worked more than half of the shift.
    """
    if planned is None:
        return 0
    worked = sum(span.minutes for span in spans)
    if worked * 2 <= planned.minutes:
        return 0
    gaps = sum((b.begin.at - a.end.at) // ONE_MINUTE for a, b in pairwise(spans))
    return min(max(planned.pause - gaps, 0), worked)


def split_week(
    spans: Iterable[Span],
    rules: Sequence[Rule],
    holidays: Collection[date],
    planned: Mapping[date, Planned],
) -> Counter[tuple[date, int]]:
    """The minutes of the spans of one week by day and percentage, in steps between changes."""
    found: Counter[tuple[date, int]] = Counter()
    in_week = 0
    for day, group in groupby(sorted(spans, key=lambda span: span.begin.at), lambda span: span.day):
        of_day = list(group)
        off, in_day = missing_break(of_day, planned.get(day)), 0
        held = in_force(rules, day)
        for span in of_day:
            at, rest = span.begin.at, span.minutes
            skipped = min(off, rest)
            at, rest, off = at + skipped * ONE_MINUTE, rest - skipped, off - skipped
            while rest:
                step = min(rest, _to_midnight(at, span.begin.zone),
                           _to_limit(held, DAY, in_day), _to_limit(held, WEEK, in_week))  # fmt: skip
                on = local_day(at, span.begin.zone)
                found[day, _percent(held, on, on in holidays, in_day, in_week)] += step
                in_day, in_week = in_day + step, in_week + step
                at, rest = at + step * ONE_MINUTE, rest - step
    return found


def _to_midnight(at: datetime, zone: str) -> int:
    """Minutes until the next day begins where it is worked."""
    where = ZoneInfo(zone)
    next_day = at.astimezone(where).date() + timedelta(days=1)
    begins = datetime.combine(next_day, time(), where).astimezone(at.tzinfo)
    return max((begins - at) // ONE_MINUTE, 1)


def _to_limit(rules: Iterable[Rule], kind: str, so_far: int) -> int:
    return min(
        (rule.after - so_far for rule in rules if rule.kind == kind and rule.after > so_far),
        default=FAR,
    )


def _percent(rules: Iterable[Rule], on: date, holiday: bool, in_day: int, in_week: int) -> int:
    holds = {
        DAY: in_day, WEEK: in_week,
        SATURDAY: FAR if on.weekday() == 5 else -1,
        SUNDAY: FAR if on.weekday() == 6 else -1,
        HOLIDAY: FAR if holiday else -1,
    }  # fmt: skip
    return max([NORMAL, *(rule.percent for rule in rules if holds[rule.kind] >= rule.after)])
