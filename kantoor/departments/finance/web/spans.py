"""The period that a report begins with: the fiscal year that was booked in last."""

from datetime import timedelta

from kantoor.departments.finance.dates import months_before
from kantoor.departments.finance.queries.calendar import fiscal_years, last_booked
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.report_view import Span


def year_in_use(actor: Actor) -> Span | None:
    """The fiscal year of the last entry; None while nothing is booked."""
    last = last_booked(actor.company_id)
    if last is None:
        return None
    for year in fiscal_years(actor):
        if year.starts_on <= last <= year.ends_on:
            return Span(year.starts_on, year.ends_on)
    return Span(last.replace(month=1, day=1), last.replace(month=12, day=31))


def a_year_before(span: Span) -> Span:
    """The same days a year earlier."""
    after = span.end + timedelta(days=1)
    return Span(months_before(span.start, 12), months_before(after, 12) - timedelta(days=1))
