"""How near a company is to the thresholds of VAT: the small businesses' one, and distance sales."""

from datetime import date
from decimal import Decimal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import EARLIEST, LATEST
from kantoor.departments.finance.queries.vat.facts import SOURCES, own_scope, where_of
from kantoor.departments.finance.queries.vat.regimes import Regime, Regimes
from kantoor.departments.finance.reference.vat.thresholds import Threshold, thresholds_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import half_up_ratio
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch

NEAR = 80
"""From so many percents on a threshold is near."""


class ThresholdRow(msgspec.Struct, frozen=True, kw_only=True):
    """A threshold beside the turnover that counts for it, in minor units of `currency`.

    `state` is `below`, `near` (from 80 %) or `above`. `crossed_on` is the day of this year on which
    the turnover went above it, with credit notes of later days not yet taken off. `applies` when
    the company relies on it: files as a small business, or taxes distance sales at home.
    """

    key: str
    name: str
    rule: str
    year: int
    currency: str
    limit: int
    turnover: int
    last_year: int
    percentage: Decimal
    state: str
    crossed_on: date | None
    applies: bool
    advice: str


@query(permission="finance.read_vat", title=_("Thresholds of VAT"), exposed=True)
def vat_thresholds(actor: Actor, /, *, year: int = 0) -> list[ThresholdRow]:
    """The thresholds of a calendar year (this one when nought), from the postings.

    They are in euros: nothing for a company with other books, or of a country without any. Exempt
    sales are left out, also those of banking, insurance and immovable property that would count;
    sales of fixed assets stand in when they were invoiced. Four statements. Raises InvalidInput.
    """
    today = today_of(actor)
    year = year or today.year
    if not EARLIEST < year <= LATEST:
        raise InvalidInput(_("Write the year in four digits."), field="year")
    if actor.currency != "EUR":
        return []
    found = thresholds_of(actor.country, year)
    if not found:
        return []
    sold = _by_day(actor, date(year - 1, 1, 1), date(year, 12, 31))
    regime = Regimes(actor.company_id).on(min(today, date(year, 12, 31)))
    return [_row(actor, each, year, sold, regime) for each in found]


Sold = dict[tuple[str, str], int]
"""Turnover by ground and day."""


def _by_day(actor: Actor, start: date, end: date) -> Sold:
    sold: Sold = {}
    for source in SOURCES:
        if source.name == "purchase":
            continue
        where, params = where_of(actor, source, own_scope(start, end))
        rows = fetch(
            f"SELECT code.ground, CAST({source.day} AS text),"
            f" CAST(SUM({source.base}) AS bigint){source.tables}{where}"
            f" AND code.use = 'sale' GROUP BY code.ground, {source.day}",
            params,
        )
        for ground, day, base in rows:
            sold[ground, day] = sold.get((ground, day), 0) + int(base)
    return sold


def _row(actor: Actor, of: Threshold, year: int, sold: Sold, regime: Regime) -> ThresholdRow:
    days: dict[str, int] = {}
    for (ground, day), base in sold.items():
        if ground in of.grounds:
            days[day] = days.get(day, 0) + base
    limit = of.limit * 100
    turnover, crossed = 0, None
    last_year = sum(base for day, base in days.items() if day < f"{year}-01-01")
    for day in sorted(day for day in days if day >= f"{year}-01-01"):
        turnover += days[day]
        if turnover > limit and crossed is None:
            crossed = date.fromisoformat(day)
    small = of.key == "small_business"
    # Distance sales must have stayed below it in the year before as well (art. 59c(1)(c)).
    above = turnover > limit or (not small and last_year > limit)
    near = turnover * 100 >= limit * NEAR
    applies = regime.small if small else regime.distance == "origin"
    return ThresholdRow(
        key=of.key,
        name=of.name.in_language(actor.language),
        rule=of.rule,
        year=year,
        currency=actor.currency,
        limit=limit,
        turnover=turnover,
        last_year=last_year,
        percentage=Decimal(half_up_ratio(turnover * 1000, limit)).scaleb(-1),
        state="above" if above else "near" if near else "below",
        crossed_on=crossed,
        applies=applies,
        advice=of.above.in_language(actor.language) if applies and (above or near) else "",
    )
