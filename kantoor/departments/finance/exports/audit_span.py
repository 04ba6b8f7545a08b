"""Which time an audit file is about: a fiscal year, or days that somebody names."""

from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.formats.audit.values import Period
from kantoor.departments.finance.queries.calendar import last_booked, year_start
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.store.lookup import fetch


class AuditSpan(NamedTuple):
    """From `start` to `end`, both included; `numbers` are the periods by their key."""

    start: date
    end: date
    year: str
    periods: list[Period]
    numbers: dict[int, int]


def audit_span(actor: Actor, year: str, start: date | None, end: date | None) -> AuditSpan:
    """A fiscal year by its code, or from a day to a day; without both the last year booked.

    Raises NotFound for another year, InvalidInput for a year beside days or days that can't be.
    """
    if year and (start or end):
        raise InvalidInput(_("Name a fiscal year or two days, not both."), field="year")
    check_span(start, end)
    if year or not (start or end):
        start, end = _year(actor, year)
    end = end or last_booked(actor.company_id) or timezone.localdate()
    start = start or year_start(actor.company_id, end)
    check_span(start, end)
    rows = fetch(
        "SELECT id, number, CAST(starts_on AS text), CAST(ends_on AS text), year_id"
        " FROM finance_period WHERE company_id = %s AND starts_on <= %s AND ends_on >= %s"
        " ORDER BY starts_on",
        [actor.company_id, end.isoformat(), start.isoformat()],
    )
    # Numbers are of a fiscal year; in a file over several they would come twice.
    anew = len({row[4] for row in rows}) > 1
    numbers = {row[0]: n if anew else row[1] for n, row in enumerate(rows, 1)}
    periods = [
        Period(numbers[row[0]], date.fromisoformat(row[2]), date.fromisoformat(row[3]))
        for row in rows
    ]
    name = str(start.year) if start.year == end.year else f"{start.year}-{end.year}"
    return AuditSpan(start, end, name, periods, numbers)


def _year(actor: Actor, code: str) -> tuple[date, date]:
    if not code:
        last = last_booked(actor.company_id) or timezone.localdate()
        start = year_start(actor.company_id, last)
        found = fetch(
            "SELECT CAST(ends_on AS text) FROM finance_fiscal_year"
            " WHERE company_id = %s AND starts_on = %s",
            [actor.company_id, start.isoformat()],
        )
        return start, date.fromisoformat(found[0][0]) if found else date(last.year, 12, 31)
    rows = fetch(
        "SELECT CAST(starts_on AS text), CAST(ends_on AS text) FROM finance_fiscal_year"
        " WHERE company_id = %s AND code = %s",
        [actor.company_id, code],
    )
    if not rows:
        message = _("There is no fiscal year “{code}”.").format(code=code[:20])
        raise NotFound(message, field="year")
    return date.fromisoformat(rows[0][0]), date.fromisoformat(rows[0][1])
