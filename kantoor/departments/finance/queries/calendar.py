"""Fiscal years and periods: their names, days and states."""

from datetime import date, timedelta

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import FiscalYear, Period
from kantoor.departments.finance.schedules.slots import month_end, month_start
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch


class PeriodRow(msgspec.Struct, frozen=True):
    """A period; `state` is open, soft or hard."""

    period: str
    year: str
    number: int
    starts_on: date
    ends_on: date
    state: str


class YearRow(msgspec.Struct, frozen=True):
    """A fiscal year."""

    code: str
    starts_on: date
    ends_on: date


@query(permission="finance.read_ledger", title=_("Periods"), exposed=True)
def periods(actor: Actor, /, *, year: str = "") -> list[PeriodRow]:
    """The periods of a fiscal year, or of all, in order of date."""
    found = scoped(actor, Period).select_related("year").order_by("starts_on")
    if year:
        found = found.filter(year__code=year)
    return [
        PeriodRow(str(each), each.year.code, each.number, each.starts_on, each.ends_on, each.state)
        for each in found
    ]


@query(permission="finance.read_ledger", title=_("Fiscal years"), exposed=True)
def fiscal_years(actor: Actor, /) -> list[YearRow]:
    """The fiscal years that were opened, in order of date."""
    found = scoped(actor, FiscalYear).order_by("starts_on")
    return [YearRow(each.code, each.starts_on, each.ends_on) for each in found]


def period_keys(company_id: int) -> dict[str, int]:
    """The keys of a company's periods by their names (`2011-03`)."""
    found = fetch(
        "SELECT period.id, year.code, period.number FROM finance_period period"
        " JOIN finance_fiscal_year year ON year.id = period.year_id"
        " WHERE period.company_id = %s",
        [company_id],
    )
    return {f"{year}-{number:02}": key for key, year, number in found}


def year_start(company_id: int, on: date) -> date:
    """The first day of the fiscal year that a date is in, or would be when it is opened."""
    found = fetch(
        "SELECT CAST(starts_on AS text), CAST(ends_on AS text) FROM finance_fiscal_year"
        " WHERE company_id = %s AND starts_on <= %s ORDER BY starts_on DESC LIMIT 1",
        [company_id, on.isoformat()],
    )
    calendar = date(on.year, 1, 1)
    if not found:
        return calendar
    starts, ends = (date.fromisoformat(text) for text in found[0])
    return starts if ends >= on else max(calendar, ends + timedelta(days=1))


def period_end(company_id: int, on: date) -> date:
    """The last day of the period that a date is in; of its month where no period is opened yet."""
    found = fetch(
        "SELECT CAST(ends_on AS text) FROM finance_period"
        " WHERE company_id = %s AND starts_on <= %s ORDER BY starts_on DESC LIMIT 1",
        [company_id, on.isoformat()],
    )
    if found and (ends := date.fromisoformat(found[0][0])) >= on:
        return ends
    return month_end(on)


def period_start(company_id: int, on: date) -> date:
    """The first day of the period that a date is in; of its month where none is opened yet."""
    found = fetch(
        "SELECT CAST(starts_on AS text), CAST(ends_on AS text) FROM finance_period"
        " WHERE company_id = %s AND starts_on <= %s ORDER BY starts_on DESC LIMIT 1",
        [company_id, on.isoformat()],
    )
    if found and date.fromisoformat(found[0][1]) >= on:
        return date.fromisoformat(found[0][0])
    return month_start(on)


def last_booked(company_id: int) -> date | None:
    """The last day that anything was booked on."""
    found = fetch(
        "SELECT CAST(MAX(date) AS text) FROM finance_entry WHERE company_id = %s", [company_id]
    )
    return date.fromisoformat(found[0][0]) if found[0][0] else None
