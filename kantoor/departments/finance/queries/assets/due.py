"""What is due to be depreciated through a day: what a run would post, asset by asset."""

from datetime import date
from typing import NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import AssetCategory
from kantoor.departments.finance.queries.accounts import name_of
from kantoor.departments.finance.queries.assets.standing import Standing, standings, used_until
from kantoor.departments.finance.queries.calendar import period_end
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


class Due(NamedTuple):
    """What an asset is due: `amount` of depreciation, `release` of its revaluation reserve."""

    standing: Standing
    amount: int
    release: int


def due_of(company_id: int, on: date) -> list[Due]:
    """All assets that are due something at the end of a day, in two statements."""
    used = used_until(company_id, on)
    return [
        Due(each, amount, released(each, amount))
        for each in standings(company_id)
        if (amount := each.due(on, used.get(each.asset_id, 0)))
    ]


def released(standing: Standing, amount: int) -> int:
    """What of the revaluation reserve is realised with so much depreciation (RJ 212.415)."""
    if not standing.reserve or standing.terms is None:
        return 0
    left = standing.terms.to_depreciate - standing.depreciated
    return standing.reserve * min(amount, left) // left if left > 0 and amount > 0 else 0


class DueRow(msgspec.Struct, frozen=True, kw_only=True):
    """What an asset would be depreciated by, in minor units."""

    asset: str
    name: str
    category: str
    category_name: str
    book_value: int
    amount: int
    after: int


class DuePreview(msgspec.Struct, frozen=True, kw_only=True):
    """What a run through the end of a period would post."""

    on: date
    currency: str
    rows: list[DueRow]
    amount: int


@query(permission="finance.read_assets", title=_("Depreciation that is due"), exposed=True)
def depreciation_due(actor: Actor, /, *, on: date) -> DuePreview:
    """What a run would post for the period that a day is in; changes nothing.

    Four statements whatever the number of assets.
    """
    end = period_end(actor.company_id, on)
    categories = {each.pk: each for each in scoped(actor, AssetCategory)}
    rows = [
        DueRow(
            asset=each.standing.number,
            name=each.standing.name,
            category=categories[each.standing.category_id].code,
            category_name=name_of(actor, categories[each.standing.category_id]),
            book_value=each.standing.book_value,
            amount=each.amount,
            after=each.standing.book_value - each.amount,
        )
        for each in due_of(actor.company_id, end)
    ]
    total = sum(row.amount for row in rows)
    return DuePreview(on=end, currency=actor.currency, rows=rows, amount=total)
