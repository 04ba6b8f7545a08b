"""Figures counted from rows: of all spans that are asked in one statement, over their days alone.

    rows = scoped(actor, Case)
    counts(rows, by_moment(actor, "opened_at"), spans)
    parts(rows, by_moment(actor, "opened_at"), spans, Q(solved_at__isnull=False))

Where there is nothing to measure in a span it gives None, which is not nought.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Aggregate, Count, Q, QuerySet, Sum
from django.db.models import Value as Constant
from django.utils import timezone

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.figures import Days, Value

When = Callable[[Days], Q]
"""Which rows count for some days; those of all days hold those of each."""


def by_moment(actor: Actor, moment: str) -> When:
    """By a column of moments: from the first midnight to the one after the last day, the actor's."""
    zone = ZoneInfo(actor.zone)

    def within(days: Days) -> Q:
        first = datetime.combine(days.first, time(), zone)
        end = datetime.combine(days.last + timedelta(days=1), time(), zone)
        return Q(**{f"{moment}__gte": first, f"{moment}__lt": end})

    return within


def by_day(day: str) -> When:
    """By a column of days."""
    return lambda days: Q(**{f"{day}__gte": days.first, f"{day}__lte": days.last})


def until_day(day: str) -> When:
    """All up to the last of the days, by a column of days."""
    return lambda days: Q(**{f"{day}__lte": days.last})


def whole(spans: Sequence[Days]) -> Days:
    """The days from the first of all spans to their last."""
    return Days(min(each.first for each in spans), max(each.last for each in spans))


def counts(rows: "QuerySet[Any]", when: When, spans: Sequence[Days]) -> list[int]:
    """How many rows there are in each span."""
    return [count for (count,) in _of_each(rows, when, spans, _count)]


def sums(rows: "QuerySet[Any]", when: When, spans: Sequence[Days], column: str) -> list[int]:
    """What a column of integers comes to in each span."""
    return [total for (total,) in _of_each(rows, when, spans, _sum(column))]


def parts(rows: "QuerySet[Any]", when: When, spans: Sequence[Days], good: Q) -> list[Value]:
    """The part of the rows of each span for which something holds; None where there are none."""
    found = _of_each(rows, when, spans, lambda these: _count(these & good), _count)
    return [ratio(held, count) for held, count in found]


def means(rows: "QuerySet[Any]", when: When, spans: Sequence[Days], column: str) -> list[Value]:
    """What a column of integers is on average in each span; None where there are no rows."""
    return [
        ratio(total, count) for total, count in _of_each(rows, when, spans, _sum(column), _count)
    ]


def ratio(part: int, of: int) -> Value:
    """Exactly; None where there is nothing to divide by."""
    return Fraction(part, of) if of else None


def only_now(spans: Sequence[Days], value: Value) -> list[Value]:
    """A figure of this moment: the value in spans that hold today, nothing in others."""
    today = timezone.localdate()
    return [value if each.holds(today) else None for each in spans]


Reckon = Callable[[Q], Aggregate]


def _count(these: Q) -> Aggregate:
    # Not of a column: the key of some tables is several of them.
    return Count(Constant(1), filter=these)


def _sum(column: str) -> Reckon:
    return lambda these: Sum(column, filter=these, default=0)


def _of_each(
    rows: "QuerySet[Any]", when: When, spans: Sequence[Days], *reckon: Reckon
) -> list[list[int]]:
    """What each way of reckoning gives for each span, in one statement."""
    asked = {
        f"n{place}_{number}": one(when(days))
        for place, days in enumerate(spans)
        for number, one in enumerate(reckon)
    }
    found = rows.filter(when(whole(spans))).aggregate(**asked)
    return [
        [int(found[f"n{place}_{number}"]) for number in range(len(reckon))]
        for place in range(len(spans))
    ]
