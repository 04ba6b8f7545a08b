"""The fiscal calendar as posting sees it: which open period a date falls in."""

from calendar import monthrange
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import EARLIEST, LATEST, out_of_range
from kantoor.departments.finance.errors import ClosedPeriod
from kantoor.departments.finance.models import FiscalYear, Period
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.asking import Question, ask
from kantoor.kernel.store.lookup import fetch
from kantoor.kernel.store.raw import on_postgres


class Place(NamedTuple):
    """Where in the calendar a date lies."""

    period_id: int
    year_id: int
    year: str
    """The fiscal year's code, as in an entry's number."""


class Calendar:
    """The periods of a company that entries may be dated in, opened on demand by year."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._soft_too = actor.may("finance.post_in_soft_closed")
        self._found: dict[str, Place] = {}

    def place(self, on: str, line: int | None = None) -> Place:
        """The open period of a date (`YYYY-MM-DD`); raises ClosedPeriod or InvalidInput."""
        known = self._found.get(on)
        if known is None:
            known = self._found[on] = self._look_up(on, line)
        return known

    def open_from(self, on: str) -> str:
        """The date itself where its period is open, else the first day of the next open one."""
        period = self._period(on) or self._opened(on, None)
        while not self._takes(period[1]):
            on = self._day_after(period[0].period_id)
            period = self._period(on) or self._opened(on, None)
        return on

    def _look_up(self, on: str, line: int | None) -> Place:
        place, state = self._period(on) or self._opened(on, line)
        if not self._takes(state):
            raise self._closed(on, line)
        return place

    def _closed(self, on: str, line: int | None) -> ClosedPeriod:
        """The refusal, with the first day after it that is open, where there is one yet."""
        states = ("open", "soft") if self._soft_too else ("open", "open")
        found = fetch(
            "SELECT CAST(MIN(starts_on) AS text) FROM finance_period"
            " WHERE company_id = %s AND starts_on > %s AND state IN (%s, %s)",
            [self.actor.company_id, on, *states],
        )
        words = _("{date} lies in a closed period; use a date in an open one.")
        if found[0][0]:
            words = _(
                "{date} lies in a closed period; use a date in an open one, such as {next},"
                " or let it be posted in the next open period."
            )
        return ClosedPeriod(words.format(date=on, next=found[0][0]), field="date", line=line)

    def _takes(self, state: str) -> bool:
        return state == "open" or (state == "soft" and self._soft_too)

    def _period(self, on: str) -> tuple[Place, str] | None:
        return ask(self._question(on))

    def period_of(self, on: str) -> Question[None]:
        """The period of a date, to be asked before `place` with what else is asked then."""

        def note(rows: list[tuple[Any, ...]]) -> None:
            if (found := question.read(rows)) is not None and self._takes(found[1]):
                self._found[on] = found[0]

        question = self._question(on)
        return Question(question.sql, question.params, note)

    def _question(self, on: str) -> Question[tuple[Place, str] | None]:
        def read(rows: list[tuple[Any, ...]]) -> tuple[Place, str] | None:
            if not rows or rows[0][4] < on:
                return None
            return Place(*rows[0][:3]), rows[0][3]

        # Shared with others who post; who closes the period waits for all of them.
        lock = " FOR SHARE" if on_postgres() else ""
        sql = (
            "SELECT id, year_id,"  # noqa: S608
            " (SELECT code FROM finance_fiscal_year WHERE id = finance_period.year_id),"
            " state, CAST(ends_on AS text) FROM finance_period"
            " WHERE company_id = %s AND starts_on <= %s"
            f" ORDER BY starts_on DESC LIMIT 1{lock}"
        )
        return Question(sql, [self.actor.company_id, on], read)

    def _day_after(self, period_id: int) -> str:
        ends = fetch("SELECT CAST(ends_on AS text) FROM finance_period WHERE id = %s", [period_id])
        return date.fromordinal(date.fromisoformat(ends[0][0]).toordinal() + 1).isoformat()

    def _opened(self, on: str, line: int | None) -> tuple[Place, str]:
        """The period of a date whose year is opened for it."""
        year = int(on[:4])
        if not EARLIEST <= year <= LATEST:
            raise out_of_range(on, line=line)
        # Two who post the first entry of a year at once would both open it.
        lock_company(self.actor.company_id)
        if (found := self._period(on)) is not None:
            return found
        if not opens_on_demand(self.actor.company_id):
            message = _("{date} lies in no fiscal year; open that year first.")
            raise ClosedPeriod(message.format(date=on), field="date", line=line)
        open_calendar_year(self.actor.company_id, year)
        found = self._period(on)
        assert found is not None
        return found


def lock_company(company_id: int) -> None:
    """Let others wait who would change the same company's calendar; until the commit."""
    if on_postgres():
        fetch("SELECT id FROM kernel_company WHERE id = %s FOR NO KEY UPDATE", [company_id])


def opens_on_demand(company_id: int) -> bool:
    """Whether calendar years are opened by their first entry.

    They are, unless the company has years of its own: other days than the calendar's, or other
    periods than its months.
    """
    for starts, ends, periods in fetch(
        "SELECT CAST(starts_on AS text), CAST(ends_on AS text),"
        " (SELECT count(*) FROM finance_period WHERE year_id = finance_fiscal_year.id)"
        " FROM finance_fiscal_year WHERE company_id = %s",
        [company_id],
    ):
        of_the_calendar = starts[4:] == "-01-01" and ends == f"{starts[:4]}-12-31"
        if not of_the_calendar or periods != 12:
            return False
    return True


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
