"""What assets in the books will be depreciated by in the years to come."""

from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import AssetCategory
from kantoor.departments.finance.queries.accounts import name_of
from kantoor.departments.finance.queries.assets.standing import standings
from kantoor.departments.finance.schedules.depreciation import by_year
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped

YEARS = 6
"""Years shown; what comes after is one figure."""


class CategoryForecast(msgspec.Struct, frozen=True, kw_only=True):
    """What a category will be depreciated by, year by year, and after the last year shown."""

    category: str
    name: str
    amounts: list[int]
    later: int


class DepreciationForecast(msgspec.Struct, frozen=True, kw_only=True):
    """Depreciation that is not posted yet, in minor units, by the year a fiscal year begins in."""

    currency: str
    years: list[int]
    categories: list[CategoryForecast]
    total: CategoryForecast


@query(permission="finance.read_assets", title=_("Depreciation to come"), exposed=True)
def depreciation_forecast(actor: Actor, /) -> DepreciationForecast:
    """What the assets that are used will be depreciated by, by category and year.

    Units of production are left out: nobody knows when they will be made. Two statements,
    whatever the number of assets.
    """
    sums: dict[int, dict[int, int]] = {}
    for each in standings(actor.company_id):
        if each.terms is None or each.in_use_from is None:
            continue
        found = sums.setdefault(each.category_id, {})
        for year, amount in by_year(each.terms, each.until or date.min).items():
            found[year] = found.get(year, 0) + amount
    first = min((year for found in sums.values() for year in found), default=0)
    years = list(range(first, first + YEARS)) if first else []
    made = [
        CategoryForecast(
            category=each.code,
            name=name_of(actor, each),
            amounts=[sums[each.pk].get(year, 0) for year in years],
            later=sum(v for year, v in sums[each.pk].items() if year >= first + YEARS),
        )
        for each in scoped(actor, AssetCategory).order_by("code")
        if sums.get(each.pk)
    ]
    total = CategoryForecast(
        category="",
        name="",
        amounts=[sum(column) for column in zip(*(each.amounts for each in made), strict=True)],
        later=sum(each.later for each in made),
    )
    return DepreciationForecast(currency=actor.currency, years=years, categories=made, total=total)
