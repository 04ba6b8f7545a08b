"""Dates of bookkeeping: which can be, and counting in months."""

from calendar import monthrange
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import DomainError, InvalidInput

EARLIEST, LATEST = 1900, 2200
"""A date outside these years is a typing mistake."""
DAY = timedelta(days=1)


def out_of_range(on: str, *, field: str = "date", line: int | None = None) -> DomainError:
    """The refusal of a date that must be a typing mistake."""
    message = _("{date} is not between {first} and {last}; check the year.")
    return InvalidInput(
        message.format(date=on, first=EARLIEST, last=LATEST), field=field, line=line
    )


def check_span(start: date | None, end: date | None) -> None:
    """Raises InvalidInput when the end lies before the start, or a year can't be."""
    for field, day in (("start", start), ("end", end)):
        if day and not EARLIEST <= day.year <= LATEST:
            raise out_of_range(day.isoformat(), field=field)
    if start and end and end < start:
        raise InvalidInput(_("The end lies before the start."), field="end")


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier (later, below zero), or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
