"""Depreciation runs: the list, and one with what it did to each asset."""

from collections.abc import Sequence
from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import AssetMovement, DepreciationRun
from kantoor.departments.finance.queries.accounts import name_of
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

MOST = 500
"""Assets that the card of a run shows; it says how many more there are."""


class DepreciationRunRow(msgspec.Struct, frozen=True, kw_only=True):
    """A run: `amount` in minor units, below zero where it takes back `reverses`."""

    number: str
    period: str
    date: date
    assets: int
    amount: int
    reverses: str
    reversed_by: str


class RunLine(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did to an asset."""

    asset: str
    name: str
    category: str
    amount: int
    entry: str


class DepreciationRunCard(msgspec.Struct, frozen=True, kw_only=True):
    """A run with the first of its assets and all its entries."""

    id: int
    run: DepreciationRunRow
    why: str
    lines: list[RunLine]
    entries: list[str]


SORTS = {"date": ("date",), "number": ("number",)}


@query(permission="finance.read_assets", title=_("Depreciation runs"), exposed=True)
def depreciation_runs(
    actor: Actor, /, *, sort: str = "-date", cursor: str = "", limit: int = PAGE
) -> Page[DepreciationRunRow]:
    """The runs, the latest first."""
    found = scoped(actor, DepreciationRun).select_related("period__year", "reverses", "reversed_by")
    page = page_by(found, order=sorted_by(sort, SORTS), cursor=cursor, limit=limit, totals={})
    return page.map(_row)


@query(permission="finance.read_assets", title=_("Depreciation run"), exposed=True)
def depreciation_run(actor: Actor, /, *, number: str) -> DepreciationRunCard:
    """One run by its number; raises NotFound."""
    found = (
        scoped(actor, DepreciationRun)
        .select_related("period__year", "reverses", "reversed_by")
        .filter(number=number)
        .first()
    )
    if found is None:
        message = _("There is no depreciation run “{number}”.").format(number=number[:20])
        raise NotFound(message, field="number")
    movements = AssetMovement.objects.filter(run=found).order_by("id")
    entries = list(
        movements.exclude(entry=None)
        .order_by("entry_id")
        .values_list("entry_id", flat=True)
        .distinct()
    )
    numbers = entry_numbers(entries)
    return DepreciationRunCard(
        id=found.pk,
        run=_row(found),
        why=found.why,
        lines=[
            RunLine(
                asset=each.asset.number,
                name=each.asset.name,
                category=name_of(actor, each.asset.category),
                amount=each.accumulated,
                entry=numbers.get(each.entry_id or 0, ""),
            )
            for each in movements.select_related("asset__category")[:MOST]
        ],
        entries=list(numbers.values()),
    )


def _row(found: DepreciationRun) -> DepreciationRunRow:
    undone = getattr(found, "reversed_by", None)
    return DepreciationRunRow(
        number=found.number,
        period=str(found.period),
        date=found.date,
        assets=found.asset_count,
        amount=found.amount,
        reverses=found.reverses.number if found.reverses else "",
        reversed_by=undone.number if undone else "",
    )


@query(permission="finance.read_assets", title=_("Keys of depreciation runs"))
def run_numbers(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """The numbers of runs by their keys."""
    found = scoped(actor, DepreciationRun).filter(pk__in=list(keys)[:1000])
    return dict(found.values_list("pk", "number"))
