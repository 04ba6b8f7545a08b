"""Months of the demonstration."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def on(self, day: int) -> date:
        """A day of it: the last, where it has not so many."""
        return min(self.first + timedelta(days=day - 1), self.last)

    @property
    def before(self) -> "Month":
        day = self.first - timedelta(days=1)
        return Month(day.year, day.month)

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def after(self) -> "Month":
        day = self.last + timedelta(days=1)
        return Month(day.year, day.month)


def months_until(first: Month, last: date) -> list[Month]:
    """The months from one to that of a day, both included."""
    months = [first]
    while months[-1].last < last:
        months.append(months[-1].after)
    return months
