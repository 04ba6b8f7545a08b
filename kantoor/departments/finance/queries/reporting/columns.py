"""The columns of a report: one period, or as many months, quarters or years as it spans."""

from datetime import date
from typing import Literal

import msgspec
from babel.dates import format_date

from kantoor.departments.finance.dates import DAY, months_before

Across = Literal["", "month", "quarter", "year", "years_before"]
MOST_COLUMNS = 36
MONTHS = {"month": 1, "quarter": 3, "year": 12}
BEFORE = 3


class Column(msgspec.Struct, frozen=True):
    """A column: its title, and its days, both included."""

    title: str
    start: date
    end: date


def columns_of(start: date, end: date, across: Across, language: str) -> list[Column]:
    """The columns from `start` to `end`; of more than thirty-six the last ones.

    `years_before` is the period itself and the same days of three years before.
    """
    if not across:
        return [Column(_days(start, end, language), start, end)]
    if across == "years_before":
        spans = [
            (months_before(start, 12 * n), months_before(end + DAY, 12 * n) - DAY)
            for n in range(BEFORE + 1)
        ]
        return [Column(_days(*span, language), *span) for span in spans]
    months = MONTHS[across]
    begin = start.replace(day=1)
    if across == "quarter":
        begin = begin.replace(month=3 * ((begin.month - 1) // 3) + 1)
    elif across == "year":
        begin = begin.replace(month=1)
    found: list[Column] = []
    while begin <= end:
        after = months_before(begin, -months)
        first, last = max(begin, start), min(after - DAY, end)
        found.append(Column(_title(begin, across, language), first, last))
        begin = after
    return found[-MOST_COLUMNS:]


def _title(begin: date, across: Across, language: str) -> str:
    locale = "nl" if language.startswith("nl") else "en_GB"
    if across == "year":
        return str(begin.year)
    if across == "quarter":
        return f"{format_date(begin, 'QQQ', locale=locale)} {begin.year}"
    return format_date(begin, "MMM yyyy", locale=locale)


def _days(start: date, end: date, language: str) -> str:
    year = start.year
    if start == date(year, 1, 1) and end == date(year, 12, 31):
        return str(year)
    locale = "nl" if language.startswith("nl") else "en_GB"
    first, last = (format_date(each, "d MMM yyyy", locale=locale) for each in (start, end))
    return f"{first} – {last}"
