"""What leave is earned in a year: by the day of each contract, exact, rounded once.

A day of a contract earns `weeks` times the minutes of its week, divided by the days of its year.
The days of a year are added as fractions and rounded once, up to a whole minute: the law sets a
least ("ten minste", BW 7:634 lid 1), so no rounding may go below it. Days that were worked under
an earlier contract keep what they earned when the hours change (CJEU C-219/14, Greenfield).
"""

import calendar
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

Week = tuple[int, int, int, int, int, int, int]
"""Minutes of each weekday, from Monday."""


@dataclass(frozen=True, slots=True)
class Span:
    """A contract from a day up to another, which is not of it any more, with its week."""

    first: date
    until: date
    week: Week


@dataclass(frozen=True, slots=True)
class Rule:
    """How leave is earned and how long it stays.

    `weeks` is how many weeks are earned in a year; `year_before` when they are earned in the year
    before the one they are for (Belgium). A lot lapses so many months after its year.
    """

    weeks: Fraction
    year_before: bool
    months: int

    def earned_in(self, year: int) -> int:
        """The year in which the leave for a year is earned."""
        return year - 1 if self.year_before else year


@dataclass(frozen=True, slots=True)
class Part:
    """Why so much was earned: days under one contract, and the minutes of its week."""

    first: date
    last: date
    days: int
    week: int


@dataclass(frozen=True, slots=True)
class Earned:
    """What was earned for a year: whole minutes, and the parts that they are made of."""

    minutes: int
    parts: tuple[Part, ...]

    @property
    def first(self) -> date | None:
        """The first day that earned something."""
        return self.parts[0].first if self.parts else None


def earned(spans: Iterable[Span], rule: Rule, year: int) -> Earned:
    """The leave for a year by the contracts of one person, which do not overlap."""
    of = rule.earned_in(year)
    begins, ends = date(of, 1, 1), date(of + 1, 1, 1)
    exact, parts = Fraction(0), []
    for span in sorted(spans, key=lambda each: each.first):
        first, until = max(span.first, begins), min(span.until, ends)
        days, week = (until - first).days, sum(span.week)
        if days <= 0 or not week:
            continue
        exact += rule.weeks * week * days / days_of(of)
        parts.append(Part(first, until - timedelta(days=1), days, week))
    return Earned(math.ceil(exact), tuple(parts))


def days_of(year: int) -> int:
    """The days of a calendar year."""
    return 366 if calendar.isleap(year) else 365


def lapses_on(year: int, months: int) -> date:
    """The first day on which leave of a year is gone, so many months after that year.

    Six is 1 July of the year after (BW 7:640a); sixty is five years (BW 7:642).
    """
    years, rest = divmod(months, 12)
    return date(year + 1 + years, 1 + rest, 1)
