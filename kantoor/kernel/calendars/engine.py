"""Working time between instants: exact to the second, through daylight saving and holidays.

An instant is worked when the clock on the wall of the calendar's zone stands within the hours of
that day: where the clock is put forward the skipped hour is not there, where it is put back the
hour that comes twice counts twice. Instants are whole seconds since 1970-01-01 UTC.

The spans of a year are reckoned once and kept; everything else is a look-up in them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.calendars.terms import (
    DAY_S,
    WEEKDAYS,
    CalendarTerms,
    Spans,
    read_hours,
)
from kantoor.kernel.errors import DomainError

FURTHEST_YEARS = 30
"""How far ahead a due instant is looked for."""
_EPOCH = date(1970, 1, 1).toordinal()


class NeverDue(DomainError):
    """A calendar has too few hours for what is asked within thirty years."""

    code = "calendar.never_due"


@dataclass(frozen=True, slots=True)
class Span:
    """Worked time from an instant up to another, both whole seconds since 1970 UTC."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Year:
    """The worked spans of a year of UTC; `before[i]` are the seconds worked before span i."""

    starts: list[int]
    ends: list[int]
    before: list[int]

    @property
    def worked(self) -> int:
        return self.before[-1]

    def until(self, instant: int) -> int:
        """Seconds worked in this year before an instant of it."""
        at = bisect_right(self.starts, instant) - 1
        if at < 0:
            return 0
        return self.before[at] + min(instant, self.ends[at]) - self.starts[at]


@dataclass(eq=False)
class WorkingTime:
    """A calendar ready to be reckoned with; `of_terms` makes one and keeps it."""

    zone: ZoneInfo
    week: tuple[Spans, ...]
    terms: CalendarTerms
    _years: dict[int, _Year] = field(default_factory=dict)
    _special: dict[int, Mapping[date, Spans]] = field(default_factory=dict)

    def worked(self, start: int, end: int) -> int:
        """Seconds worked from an instant up to another; none when the second is not later."""
        if end <= start:
            return 0
        first, last = _year_of(start), _year_of(end)
        total = sum([self._year(year).worked for year in range(first, last)])
        return total - self._year(first).until(start) + self._year(last).until(end)

    def after(self, start: int, seconds: int) -> int:
        """The first instant by which so many seconds were worked since `start`.

        Raises NeverDue.
        """
        if seconds <= 0:
            return start
        first = _year_of(start)
        left = seconds + self._year(first).until(start)
        for number in range(first, first + FURTHEST_YEARS):
            year = self._year(number)
            if left <= year.worked:
                at = bisect_left(year.before, left) - 1
                return year.starts[at] + left - year.before[at]
            left -= year.worked
        raise NeverDue(_("This calendar has too few hours: that time never comes."))

    def spans(self, start: int, end: int) -> Iterator[Span]:
        """The worked spans between two instants, cut off at both."""
        for number in range(_year_of(start), _year_of(max(end, start)) + 1):
            year = self._year(number)
            at = max(bisect_right(year.starts, start) - 1, 0)
            while at < len(year.starts) and year.starts[at] < end:
                low, high = max(year.starts[at], start), min(year.ends[at], end)
                if low < high:
                    yield Span(low, high)
                at += 1

    def hours_of(self, day: date) -> Spans:
        """The hours of a day by the clock on the wall."""
        special = self.special_days(day.year).get(day)
        return self.week[day.weekday()] if special is None else special

    def _year(self, number: int) -> _Year:
        if (known := self._years.get(number)) is None:
            known = self._years[number] = self._reckoned(number)
        return known

    def _reckoned(self, number: int) -> _Year:
        starts: list[int] = []
        ends: list[int] = []
        for low, high, offset in _segments(self.zone, number):
            for day in range((low + offset) // DAY_S, (high - 1 + offset) // DAY_S + 1):
                for begin, end in self.hours_of(date.fromordinal(_EPOCH + day)):
                    start = max(day * DAY_S + begin - offset, low)
                    stop = min(day * DAY_S + end - offset, high)
                    if start >= stop:
                        continue
                    if ends and ends[-1] == start:
                        ends[-1] = stop
                    else:
                        starts.append(start)
                        ends.append(stop)
        lengths = [end - start for start, end in zip(starts, ends, strict=True)]
        return _Year(starts, ends, [0, *accumulate(lengths)])

    def special_days(self, year: int) -> Mapping[date, Spans]:
        """The holidays and own days of a year, with the hours that are worked on them."""
        if (known := self._special.get(year)) is None:
            known = self._special[year] = dict(_special(self.terms, year))
        return known


def _special(terms: CalendarTerms, year: int) -> Iterator[tuple[date, Spans]]:
    """Days of a year with hours of their own, public holidays first: own days go before them."""
    if terms.country:
        for day in holidays_of(terms.country, terms.subdivision, year):
            yield day, ()
    for each in terms.days:
        hours = read_hours(each.hours)
        first, last = each.first, each.last or each.first
        for back in range((last - first).days + 1):
            day = first + timedelta(days=back)
            if each.yearly:
                moved = _in_year(day, year)
                if moved is not None and year >= first.year:
                    yield moved, hours
            elif day.year == year:
                yield day, hours


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None  # 29 February


@lru_cache(maxsize=512)
def holidays_of(country: str, subdivision: str, year: int) -> Mapping[date, str]:
    """The public holidays of a year with their names, by the library `holidays`."""
    from holidays import country_holidays

    found = country_holidays(country, subdiv=subdivision or None, years=year)
    return {day: str(name) for day, name in found.items() if day.year == year}


def _segments(zone: ZoneInfo, year: int) -> Iterator[tuple[int, int, int]]:
    """The parts of a year of UTC with one offset from it: start, end, offset in seconds."""
    begins, ends = _new_year(year), _new_year(year + 1)
    low, offset = begins, _offset(zone, begins)
    for day in range(begins + DAY_S, ends + 1, DAY_S):
        after = _offset(zone, min(day, ends - 1))
        if after == offset:
            continue
        left, right = day - DAY_S, min(day, ends - 1)
        while right - left > 1:
            middle = (left + right) // 2
            if _offset(zone, middle) == offset:
                left = middle
            else:
                right = middle
        yield low, right, offset
        low, offset = right, after
    yield low, ends, offset


@lru_cache(maxsize=512)
def _new_year(year: int) -> int:
    return (date(year, 1, 1).toordinal() - _EPOCH) * DAY_S


def _year_of(instant: int) -> int:
    return date.fromordinal(_EPOCH + instant // DAY_S).year


def _offset(zone: ZoneInfo, instant: int) -> int:
    offset = datetime.fromtimestamp(instant, zone).utcoffset()
    assert offset is not None
    return offset // timedelta(seconds=1)


@lru_cache(maxsize=256)
def of_terms(terms: str) -> WorkingTime:
    """The calendar of a version's terms, ready to be reckoned with."""
    read = msgspec.json.decode(terms, type=CalendarTerms)
    week = tuple(read_hours(getattr(read.week, day)) for day in WEEKDAYS)
    return WorkingTime(ZoneInfo(read.zone), week, read)


def seconds_of(moment: datetime) -> int:
    """An aware moment as whole seconds since 1970 UTC; fractions are cut off."""
    return int((moment - _ZERO) // timedelta(seconds=1))


def moment_of(instant: int) -> datetime:
    """Whole seconds since 1970 UTC as a moment."""
    return _ZERO + timedelta(seconds=instant)


_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


def worked_seconds(terms: str, start: datetime, end: datetime) -> int:
    """Seconds of a calendar's working time from a moment up to another."""
    return of_terms(terms).worked(seconds_of(start), seconds_of(end))


def instant_after(terms: str, start: datetime, seconds: int) -> datetime:
    """The moment by which so many seconds of working time have passed; raises NeverDue."""
    return moment_of(of_terms(terms).after(seconds_of(start), seconds))
