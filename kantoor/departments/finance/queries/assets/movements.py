"""The movement schedule of fixed assets (Dutch: verloopstaat), tied to the ledger accounts."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.models import AssetCategory
from kantoor.departments.finance.queries.accounts import Heading, headings, name_of
from kantoor.departments.finance.queries.calendar import year_start
from kantoor.departments.finance.queries.movements import NOTHING, Span, movements
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch


class CategoryMovements(msgspec.Struct, frozen=True, kw_only=True):
    """What a category of assets moved, in minor units, each in its own sign.

    Closing cost is opening plus acquired, revalued and less disposed; closing depreciation is
    opening plus depreciated and impaired, less what went with disposals (BW 2:368).
    """

    category: str
    name: str
    cost_opening: int = 0
    acquired: int = 0
    revalued: int = 0
    disposed: int = 0
    cost_closing: int = 0
    accumulated_opening: int = 0
    depreciated: int = 0
    impaired: int = 0
    disposed_accumulated: int = 0
    accumulated_closing: int = 0

    @property
    def opening(self) -> int:
        """The book value before."""
        return self.cost_opening - self.accumulated_opening

    @property
    def closing(self) -> int:
        """The book value after."""
        return self.cost_closing - self.accumulated_closing


class LedgerProof(msgspec.Struct, frozen=True, kw_only=True):
    """A ledger account against the assets that stand on it, at the end of the last day."""

    account: str
    name: str
    register: int
    ledger: int
    difference: int


class AssetMovements(msgspec.Struct, frozen=True, kw_only=True):
    """The movement schedule, by category and in all, and the proof by the ledger."""

    currency: str
    start: date
    end: date
    categories: list[CategoryMovements]
    total: CategoryMovements
    accounts: list[LedgerProof]


_SUMS = """
SELECT asset.category_id, movement.kind,
    CAST(SUM(CASE WHEN movement.date < %s THEN movement.cost ELSE 0 END) AS bigint),
    CAST(SUM(CASE WHEN movement.date < %s THEN movement.accumulated ELSE 0 END) AS bigint),
    CAST(SUM(CASE WHEN movement.date >= %s THEN movement.cost ELSE 0 END) AS bigint),
    CAST(SUM(CASE WHEN movement.date >= %s THEN movement.accumulated ELSE 0 END) AS bigint)
FROM finance_asset_movement movement JOIN finance_asset asset ON asset.id = movement.asset_id
WHERE movement.company_id = %s AND movement.date <= %s
GROUP BY asset.category_id, movement.kind
"""


@query(permission="finance.read_assets", title=_("Movements of fixed assets"), exposed=True)
def asset_movements(
    actor: Actor, /, *, start: date | None = None, end: date | None = None
) -> AssetMovements:
    """Opening, additions, disposals, depreciation and closing of each category between two days.

    Without days it is the fiscal year until today. The accounts of the categories are compared
    with what stands on them in the ledger. Seven statements at most, whatever the number of
    assets. Raises InvalidInput.
    """
    check_span(start, end)
    last = end or today_of(actor)
    first = start or year_start(actor.company_id, last)
    check_span(first, last)
    days = [first.isoformat()] * 4
    rows = fetch(_SUMS, [*days, actor.company_id, last.isoformat()])
    categories = list(scoped(actor, AssetCategory).order_by("code"))
    made = [
        _category(each.code, name_of(actor, each), [row[1:] for row in rows if row[0] == each.pk])
        for each in categories
    ]
    return AssetMovements(
        currency=actor.currency,
        start=first,
        end=last,
        categories=made,
        total=_total(made),
        accounts=_proofs(actor, categories, made, last),
    )


def _category(code: str, name: str, rows: Iterable[tuple[Any, ...]]) -> CategoryMovements:
    sums = {kind: [0, 0] for kind in ("acquisition", "revaluation", "disposal", "depreciation", "impairment")}  # fmt: skip
    cost = accumulated = 0
    for kind, cost_before, lost_before, cost_within, lost_within in rows:
        cost += cost_before
        accumulated += lost_before
        sums[kind][0] += cost_within
        sums[kind][1] += lost_within
    return CategoryMovements(
        category=code,
        name=name,
        cost_opening=cost,
        acquired=sums["acquisition"][0],
        revalued=sums["revaluation"][0],
        disposed=sums["disposal"][0],
        cost_closing=cost + sum(each[0] for each in sums.values()),
        accumulated_opening=accumulated,
        depreciated=sums["depreciation"][1],
        impaired=sums["impairment"][1],
        disposed_accumulated=sums["disposal"][1],
        accumulated_closing=accumulated + sum(each[1] for each in sums.values()),
    )


def _total(made: list[CategoryMovements]) -> CategoryMovements:
    names = CategoryMovements.__struct_fields__[2:]
    sums = {name: sum(getattr(each, name) for each in made) for name in names}
    return CategoryMovements(category="", name="", **sums)


def _proofs(
    actor: Actor, categories: list[AssetCategory], made: list[CategoryMovements], last: date
) -> list[LedgerProof]:
    register: dict[int, int] = {}
    for category, sums in zip(categories, made, strict=True):
        for account, amount in (
            (category.cost_account_id, sums.cost_closing),
            (category.accumulated_account_id, -sums.accumulated_closing),
        ):
            register[account] = register.get(account, 0) + amount
    moved = movements(actor.company_id, [Span(None, last)])
    named: dict[int, Heading] = {each.id: each for each in headings(actor)}
    found = []
    for account, amount in register.items():
        ledger = moved.get(account, [NOTHING])[0].net
        if amount or ledger:
            heading = named[account]
            found.append(
                LedgerProof(
                    account=heading.code,
                    name=heading.name,
                    register=amount,
                    ledger=ledger,
                    difference=ledger - amount,
                )
            )
    return sorted(found, key=lambda each: each.account)
