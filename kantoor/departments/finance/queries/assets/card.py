"""One asset complete: what happened to it, what is to come, and what it is worth on any day."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import Asset, AssetEvent, AssetMovement, AssetValue
from kantoor.departments.finance.queries.assets.fiscal import beyond_the_law
from kantoor.departments.finance.queries.assets.register import AssetRow, asset_row, with_state
from kantoor.departments.finance.queries.assets.standing import (
    Standing,
    standings_of,
    used_until,
)
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.ledger_lines import parted
from kantoor.departments.finance.schedules.depreciation import by_year
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import NotFound
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch


class AssetStep(msgspec.Struct, frozen=True, kw_only=True):
    """A movement or event: `cost` and `accumulated` changed by so much; `book_value` after it."""

    date: date
    kind: str
    cost: int
    accumulated: int
    book_value: int
    entry: str
    run: str
    why: str


class YearAhead(msgspec.Struct, frozen=True):
    """What will be depreciated in a fiscal year, by the year in which it begins."""

    year: int
    amount: int
    book_value: int


class AssetCard(msgspec.Struct, frozen=True, kw_only=True):
    """An asset with its terms, its past and the years to come, in minor units."""

    id: int
    asset: AssetRow
    remark: str
    supplier: str
    supplier_name: str
    origin: str
    dimensions: dict[str, str]
    part_of: str
    components: list[AssetRow]
    method: str
    convention: str
    starts_on: date | None
    ends_on: date | None
    residual: int
    rate: Decimal
    units: Decimal
    used: Decimal
    reserve: int
    disposed_on: date | None
    steps: list[AssetStep]
    years: list[YearAhead]
    warning: str
    can_undo: bool


@query(permission="finance.read_assets", title=_("Fixed asset"), exposed=True)
def asset(actor: Actor, /, *, number: str) -> AssetCard:
    """The asset with this number; raises NotFound."""
    values = with_state(scoped(actor, AssetValue)).select_related("asset__category")
    value = values.filter(asset__number=number).first()
    if value is None:
        message = _("There is no asset “{number}”.").format(number=number[:20])
        raise NotFound(message, field="number")
    found: Asset = value.asset
    standing = standings_of(actor.company_id, [number])[number]
    terms = standing.terms
    used = fetch(
        "SELECT CAST(COALESCE(SUM(units), 0) AS bigint) FROM finance_asset_use WHERE asset_id = %s",
        [found.pk],
    )
    parts = values.filter(asset__part_of=found).order_by("asset__number")
    key = fetch("SELECT key FROM finance_dimension_set WHERE id = %s", [found.dimension_set_id])
    return AssetCard(
        id=found.pk,
        asset=asset_row(actor, value),
        remark=found.remark,
        supplier=found.supplier.code if found.supplier else "",
        supplier_name=found.supplier.name if found.supplier else "",
        origin=found.origin,
        dimensions=parted(key[0][0]) if key else {},
        part_of=found.part_of.number if found.part_of else "",
        components=[asset_row(actor, each) for each in parts],
        method=terms.method if terms else "none",
        convention=terms.convention if terms else "month",
        starts_on=terms.starts_on if terms else None,
        ends_on=terms.ends_on if terms else None,
        residual=terms.residual if terms else 0,
        rate=Decimal(terms.rate).scaleb(-6) if terms else Decimal(0),
        units=Decimal(terms.units).scaleb(-6) if terms else Decimal(0),
        used=Decimal(used[0][0]).scaleb(-6),
        reserve=standing.reserve,
        disposed_on=standing.disposed_on,
        steps=_steps(found.pk),
        years=_years(standing),
        warning=beyond_the_law(actor.country, found.category.fiscal, terms, standing.cost)
        if terms and not standing.disposed_on
        else "",
        can_undo=not standing.depreciated and value.state != "waiting",
    )


def _steps(asset_id: int) -> list[AssetStep]:
    """Movements in order, and events that moved nothing, with the book value after each."""
    movements = list(
        AssetMovement.objects.filter(asset_id=asset_id)
        .select_related("run", "event")
        .order_by("id")
    )
    silent = AssetEvent.objects.filter(asset_id=asset_id).exclude(
        pk__in=[each.event_id for each in movements if each.event_id]
    )
    numbers = entry_numbers([each.entry_id for each in movements if each.entry_id])
    steps, book = [], 0
    for each in movements:
        book += each.cost - each.accumulated
        undone = each.event is not None and each.event.kind == "undone"
        taken_back = each.run is not None and each.run.reverses_id is not None
        steps.append(
            AssetStep(
                date=each.date,
                kind="undone" if undone or taken_back else each.kind,
                cost=each.cost,
                accumulated=each.accumulated,
                book_value=book,
                entry=numbers.get(each.entry_id or 0, ""),
                run=each.run.number if each.run else "",
                why=each.event.why if each.event else each.run.why if each.run else "",
            )
        )
    steps += [
        AssetStep(
            date=each.date, kind=each.kind, cost=0, accumulated=0, book_value=0, entry="",
            run="", why=each.why,
        )
        for each in silent
    ]  # fmt: skip
    return sorted(steps, key=lambda step: step.date)


def _years(standing: Standing) -> list[YearAhead]:
    if standing.terms is None or standing.disposed_on or standing.in_use_from is None:
        return []
    found, book = [], standing.book_value
    ahead = by_year(standing.terms, standing.until or date.min)
    for year, amount in sorted(ahead.items()):
        book -= amount
        found.append(YearAhead(year, amount, book))
    return found


class BookValue(msgspec.Struct, frozen=True, kw_only=True):
    """What an asset is worth at the end of a day: posted, and as it will be by its terms."""

    asset: str
    on: date
    cost: int
    accumulated: int
    book_value: int
    posted: bool


@query(permission="finance.read_assets", title=_("Book value on a day"), exposed=True)
def book_value(actor: Actor, /, *, asset: str, on: date | None = None) -> BookValue:
    """The book value at the end of any day, today unless said, in minor units.

    Until the day through which it is depreciated it is what was posted; after that what its terms
    make of it (`posted` is false then). Raises NotFound.
    """
    day = on or today_of(actor)
    standing = standings_of(actor.company_id, [asset]).get(asset)
    if standing is None:
        message = _("There is no asset “{number}”.").format(number=asset[:20])
        raise NotFound(message, field="asset")
    sums = fetch(
        "SELECT CAST(COALESCE(SUM(cost), 0) AS bigint),"
        " CAST(COALESCE(SUM(accumulated), 0) AS bigint) FROM finance_asset_movement"
        " WHERE asset_id = %s AND date <= %s",
        [standing.asset_id, day.isoformat()],
    )
    cost, accumulated = sums[0]
    used = used_until(actor.company_id, day).get(standing.asset_id, 0)
    ahead = standing.due(day, used) if cost else 0
    return BookValue(
        asset=asset,
        on=day,
        cost=cost,
        accumulated=accumulated + ahead,
        book_value=cost - accumulated - ahead,
        posted=not ahead,
    )


@query(permission="finance.read_assets", title=_("Keys of assets"))
def asset_numbers(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """The numbers of assets by their keys."""
    found = scoped(actor, Asset).filter(pk__in=list(keys)[:1000])
    return dict(found.values_list("pk", "number"))
