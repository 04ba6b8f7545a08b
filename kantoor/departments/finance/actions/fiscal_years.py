"""Open fiscal years: calendar years or a company's own, in months or quarters."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Literal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.codes import year_code
from kantoor.departments.finance.dates import (
    DAY,
    EARLIEST,
    LATEST,
    months_before,
    out_of_range,
)
from kantoor.departments.finance.drafts_books import YearOpened
from kantoor.departments.finance.models import FiscalYear, Period
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import scoped

LONGEST_MONTHS = 24
MONTHS = {"month": 1, "quarter": 3}


@action(permission="finance.manage_books", title=_("Open a fiscal year"))
def open_year(
    actor: Actor,
    /,
    *,
    start: date,
    end: date,
    periods: Literal["month", "quarter"] = "month",
    code: str = "",
) -> YearOpened:
    """Open a fiscal year with its periods, counted back from its last day.

    A first year that begins later so begins with a shorter period. Once a company has a year
    that is not a calendar year in months, no year is opened for it on demand any more. `code`
    becomes part of the numbers of entries (`2011`, `2011-12` when it is empty). Raises
    InvalidInput for dates that can't be, Conflict for days or a code that another year has.
    """
    code = year_code(code or _code(start, end))
    _check_days(start, end)
    lock_company(actor.company_id)
    years = scoped(actor, FiscalYear)
    if years.filter(code=code).exists():
        message = _("There is a fiscal year “{code}” already.").format(code=code)
        raise Conflict(message, field="code")
    if other := years.filter(starts_on__lte=end, ends_on__gte=start).first():
        message = _("These days are in fiscal year {code} already.").format(code=other.code)
        raise Conflict(message, field="start")
    year = FiscalYear.objects.create(
        company_id=actor.company_id, code=code, starts_on=start, ends_on=end
    )
    spans = list(spans_of(start, end, MONTHS[periods]))
    Period.objects.bulk_create(
        Period(year=year, company_id=actor.company_id, number=number, starts_on=first, ends_on=last)
        for number, (first, last) in enumerate(spans, 1)
    )
    return YearOpened(code, start, end, len(spans))


def _code(start: date, end: date) -> str:
    if start.year == end.year:
        return str(end.year)
    return f"{start.year}-{end.year % 100:02}"


def _check_days(start: date, end: date) -> None:
    for field, day in (("start", start), ("end", end)):
        if not EARLIEST <= day.year <= LATEST:
            raise out_of_range(day.isoformat(), field=field)
    if end <= start:
        raise InvalidInput(_("A year ends after it starts."), field="end")
    if end >= months_before(start, -LONGEST_MONTHS):
        message = _("A fiscal year is no longer than {most} months.").format(most=LONGEST_MONTHS)
        raise InvalidInput(message, field="end")


def spans_of(start: date, end: date, months: int) -> Iterator[tuple[date, date]]:
    """The first and last days of periods of so many months that fill a year, in order."""
    after = end + DAY
    firsts = []
    count = months
    while (first := months_before(after, count)) > start:
        firsts.append(first)
        count += months
    edges = [start, *reversed(firsts), after]
    for first, following in pairwise(edges):
        yield first, following - DAY
