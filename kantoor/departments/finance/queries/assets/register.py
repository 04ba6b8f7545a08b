"""The register of fixed assets: a list with what each cost, lost and stands for."""

from datetime import date
from typing import Any, Literal

import msgspec
from django.db.models import Case, CharField, F, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import AssetCategory, AssetValue
from kantoor.departments.finance.queries.accounts import name_column, name_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

State = Literal["waiting", "in_use", "depreciated", "disposed"]
"""`waiting` is not used yet; `depreciated` stands at its residual value."""


class AssetRow(msgspec.Struct, frozen=True, kw_only=True):
    """An asset in the register; amounts in minor units."""

    number: str
    name: str
    category: str
    category_name: str
    location: str
    serial: str
    acquired_on: date
    in_use_from: date | None
    until: date | None
    cost: int
    accumulated: int
    book_value: int
    state: State


class CategoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A category of assets, with the codes of its accounts."""

    code: str
    name: str
    method: str
    life_months: int
    cost_account: str
    accumulated_account: str
    expense_account: str
    active: bool


SORTS = {
    "number": ("asset__number",),
    "name": ("asset__name",),
    "acquired_on": ("asset__acquired_on",),
    "cost": ("cost",),
    "book_value": ("book",),
}


@query(permission="finance.read_assets", title=_("Fixed assets"), exposed=True)
def assets(
    actor: Actor,
    /,
    *,
    search: str = "",
    category: str = "",
    state: Literal["", "waiting", "in_use", "depreciated", "disposed"] = "",
    location: str = "",
    start: date | None = None,
    end: date | None = None,
    sort: str = "number",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[AssetRow]:
    """The register of assets; those disposed of only when asked.

    `search` is a part of number, name or serial number; `start` and `end` bound the day of
    acquisition. The sums are `cost`, `accumulated` and `book_value`. Raises InvalidInput.
    """
    found = with_state(scoped(actor, AssetValue)).select_related("asset__category")
    found = found.filter(state=state) if state else found.exclude(state="disposed")
    if search:
        found = found.filter(
            Q(asset__number__iexact=search)
            | Q(asset__name__icontains=search)
            | Q(asset__serial__icontains=search)
        )
    wanted: dict[str, object] = {
        "asset__category__code": category or None,
        "asset__location__icontains": location or None,
        "asset__acquired_on__gte": start,
        "asset__acquired_on__lte": end,
    }
    found = found.filter(**{name: each for name, each in wanted.items() if each is not None})
    page = page_by(
        found,
        order=sorted_by(sort, SORTS, "asset_id"),
        cursor=cursor,
        limit=limit,
        totals={
            "cost": Sum("cost"), "accumulated": Sum("accumulated"), "book_value": Sum("book")
        },
    )  # fmt: skip
    return page.map(lambda each: asset_row(actor, each))


def with_state(found: QuerySet[AssetValue, AssetValue]) -> QuerySet[Any, Any]:
    """Values with `book` and `state`."""
    return found.annotate(
        book=F("cost") - F("accumulated"),
        state=Case(
            When(disposed_on__isnull=False, then=Value("disposed")),
            When(asset__in_use_from__isnull=True, then=Value("waiting")),
            When(
                ~Q(terms__method="none") & Q(cost__lte=F("accumulated") + F("terms__residual")),
                then=Value("depreciated"),
            ),
            default=Value("in_use"),
            output_field=CharField(),
        ),
    )


def asset_row(actor: Actor, value: Any) -> AssetRow:
    """The row of an asset, read by `with_state`."""
    asset = value.asset
    return AssetRow(
        number=asset.number,
        name=asset.name,
        category=asset.category.code,
        category_name=name_of(actor, asset.category),
        location=asset.location,
        serial=asset.serial,
        acquired_on=asset.acquired_on,
        in_use_from=asset.in_use_from,
        until=value.until,
        cost=value.cost,
        accumulated=value.accumulated,
        book_value=value.book,
        state=value.state,
    )


@query(permission="finance.read_assets", title=_("Categories of assets"), exposed=True)
def asset_categories(actor: Actor, /) -> list[CategoryRow]:
    """The categories in order of code."""
    found = scoped(actor, AssetCategory).select_related(
        "cost_account", "accumulated_account", "expense_account"
    )
    return [
        CategoryRow(
            code=each.code,
            name=str(getattr(each, name_column(actor))),
            method=each.method,
            life_months=each.life_months,
            cost_account=each.cost_account.code,
            accumulated_account=each.accumulated_account.code,
            expense_account=each.expense_account.code,
            active=each.active,
        )
        for each in found.order_by("code")
    ]
