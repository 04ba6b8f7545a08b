"""Allocation keys and what they distributed, as lists."""

from decimal import Decimal
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import AllocationKey, AllocationRun, AllocationShare
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped


class KeyRow(msgspec.Struct, frozen=True, kw_only=True):
    """An allocation key with its shares, as value and weight."""

    code: str
    name: str
    dimension: str
    source: str
    accounts: str
    basis: str
    shares: dict[str, Decimal]
    active: bool


class AllocationRunRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a key distributed in a period, in minor units."""

    number: str
    key: str
    name: str
    period: str
    amount: int
    entry: str
    reverses: str
    reversed_by: str


@query(permission="finance.read_budgets", title=_("Allocation keys"), exposed=True)
def allocation_keys(actor: Actor, /) -> list[KeyRow]:
    """The keys in order of code; two statements."""
    found = list(scoped(actor, AllocationKey).select_related("dimension").order_by("code"))
    shares: dict[int, dict[str, Decimal]] = {}
    mine = AllocationShare.objects.filter(key__company_id=actor.company_id).order_by("id")
    for each in mine.select_related("value"):
        shares.setdefault(each.key_id, {})[each.value.code] = each.weight
    return [
        KeyRow(
            code=each.code,
            name=each.name,
            dimension=each.dimension.code,
            source=each.source,
            accounts=f"{each.first_account} - {each.last_account}",
            basis=each.basis,
            shares=shares.get(each.pk, {}),
            active=each.active,
        )
        for each in found
    ]


@query(permission="finance.read_budgets", title=_("What was distributed"), exposed=True)
def allocation_runs(
    actor: Actor, /, *, sort: str = "-number", cursor: str = "", limit: int = PAGE
) -> Page[AllocationRunRow]:
    """The runs, the latest first."""
    found = scoped(actor, AllocationRun).select_related(
        "key", "period__year", "reverses", "reversed_by"
    )
    order = sorted_by(sort, {"number": ("number",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    numbers = entry_numbers([each.entry_id for each in page.rows])
    return page.map(lambda each: _row(each, numbers))


def _row(each: Any, numbers: dict[int, str]) -> AllocationRunRow:
    undone = getattr(each, "reversed_by", None)
    return AllocationRunRow(
        number=each.number,
        key=each.key.code,
        name=each.key.name,
        period=str(each.period),
        amount=each.amount,
        entry=numbers[each.entry_id],
        reverses=each.reverses.number if each.reverses else "",
        reversed_by=undone.number if undone else "",
    )
