"""The rates of exchange that a company keeps, newest first."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.drafts_currency import Day
from kantoor.departments.finance.models import Rate
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class RateRow(msgspec.Struct, frozen=True, kw_only=True):
    """One `base` cost `rate` of `currency` on the day, as `source` says (`ecb` or `manual`)."""

    base: str
    currency: str
    date: Day
    rate: Decimal
    source: str


SORTS = {"date": ("date", "currency", "source"), "currency": ("currency", "date", "source")}


@query(permission="finance.read_ledger", title=_("Rates of exchange"), exposed=True)
def exchange_rates(
    actor: Actor,
    /,
    *,
    currency: str = "",
    source: Literal["", "ecb", "manual"] = "",
    start: date | None = None,
    end: date | None = None,
    sort: str = "-date",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[RateRow]:
    """The rates that are kept; dates are included."""
    check_span(start, end)
    wanted: dict[str, Any] = {
        "currency": currency.strip().upper() or None,
        "source": source or None,
        "date__gte": start,
        "date__lte": end,
    }
    found = scoped(actor, Rate).filter(
        **{name: value for name, value in wanted.items() if value is not None}
    )
    page = page_by(found, order=sorted_by(sort, SORTS), cursor=cursor, limit=limit)
    return page.map(
        lambda each: RateRow(
            base=each.base,
            currency=each.currency,
            date=each.date,
            rate=each.rate,
            source=each.source,
        )
    )
