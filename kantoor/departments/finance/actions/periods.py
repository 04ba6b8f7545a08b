"""The fiscal calendar: which period a date falls in, opening years, closing periods."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.errors import ClosedPeriod
from kantoor.departments.finance.models import FiscalYear, Period
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import fetch

EARLIEST, LATEST = 1900, 2200
"""A date outside these years is a typing mistake."""


class Place(NamedTuple):
    """Where in the calendar a date lies."""

    period_id: int
    year_id: int


class Calendar:
    """The periods of a company that entries may be dated in, opened on demand by year."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._found: dict[str, Place] = {}

    def place(self, on: str, line: int | None = None) -> Place:
        """The open period of a date (`YYYY-MM-DD`); raises ClosedPeriod."""
        known = self._found.get(on)
        if known is None:
            known = self._found[on] = self._look_up(on, line)
        return known

    def _look_up(self, on: str, line: int | None) -> Place:
        found = self._period(on)
        if found is None:
            self._open_calendar_year(int(on[:4]), on, line)
            found = self._period(on)
            assert found is not None
        period_id, year_id, state = found
        closed = state == "hard" or (
            state == "soft" and not self.actor.may("finance.post_in_soft_closed")
        )
        if closed:
            message = _("{date} lies in a closed period; use a date in an open one.")
            raise ClosedPeriod(message.format(date=on), field="date", line=line)
        return Place(period_id, year_id)

    def _period(self, on: str) -> tuple[int, int, str] | None:
        rows = fetch(
            "SELECT id, year_id, state, ends_on FROM finance_period"
            " WHERE company_id = %s AND starts_on <= %s ORDER BY starts_on DESC LIMIT 1",
            [self.actor.company_id, on],
        )
        return rows[0][:3] if rows and str(rows[0][3]) >= on else None

    def _open_calendar_year(self, year: int, on: str, line: int | None) -> None:
        # Two who post the first entry of a year at once would both open it.
        lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
        fetch(f"SELECT id FROM kernel_company WHERE id = %s{lock}", [self.actor.company_id])  # noqa: S608
        if self._period(on) is not None:
            return
        if not EARLIEST <= year <= LATEST or self._own_calendar():
            message = _("{date} lies in no fiscal year; open that year first.")
            raise ClosedPeriod(message.format(date=on), field="date", line=line)
        open_calendar_year(self.actor.company_id, year)

    def _own_calendar(self) -> bool:
        """Whether the company set its own years: then none is opened for it."""
        return any(
            str(starts)[5:] != "01-01"
            for (starts,) in fetch(
                "SELECT starts_on FROM finance_fiscal_year WHERE company_id = %s",
                [self.actor.company_id],
            )
        )


def open_calendar_year(company_id: int, year: int) -> FiscalYear:
    """A calendar year with its twelve months."""
    opened = FiscalYear.objects.create(
        company_id=company_id,
        code=str(year),
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
    )
    Period.objects.bulk_create(
        Period(
            year=opened,
            company_id=company_id,
            number=month,
            starts_on=date(year, month, 1),
            ends_on=date(year, month, monthrange(year, month)[1]),
        )
        for month in range(1, 13)
    )
    return opened
