"""What is spread, the accruals, and the runs, as lists and cards."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import (
    Accrual,
    Entry,
    Spread,
    SpreadPlan,
    SpreadPosting,
    SpreadRun,
)
from kantoor.departments.finance.queries.accounts import headings
from kantoor.departments.finance.queries.entry_numbers import entry_numbers
from kantoor.departments.finance.queries.spreading.standing import Standing, standings, standings_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import rows_by_key

PERMISSION = "finance.read_ledger"
Day = date
"""The type of the fields that are called `date`."""


class SpreadRow(msgspec.Struct, frozen=True, kw_only=True):
    """A spread; amounts in minor units. `left` is still on the balance sheet."""

    number: str
    kind: Literal["prepaid", "deferred_income"]
    text: str
    amount: int
    left: int
    starts_on: date
    ends_on: date
    step: Literal["month", "day", "custom"]
    balance_account: str
    result_account: str
    until: date | None
    state: Literal["open", "done"]


class SpreadPeriod(msgspec.Struct, frozen=True):
    """A part of the plan: what falls in these days, and whether it was posted."""

    starts_on: date
    ends_on: date
    amount: int
    posted: bool


class SpreadCard(msgspec.Struct, frozen=True, kw_only=True):
    """A spread with its plan in force, earlier plans' reasons and what it comes from."""

    id: int
    spread: SpreadRow
    entry: str
    origin: str
    periods: list[SpreadPeriod]
    changes: list[str]
    runs: list[str]


class SpreadRunRow(msgspec.Struct, frozen=True, kw_only=True):
    """A run of spreads; `reverses` is the run it takes back."""

    number: str
    date: date
    spreads: int
    entry: str
    reverses: str
    reversed_by: str


class AccrualRow(msgspec.Struct, frozen=True, kw_only=True):
    """An accrual; `reversed_on` is the day of its reversal, None while it waits."""

    number: str
    kind: Literal["cost", "income"]
    text: str
    date: date
    amount: int
    result_account: str
    balance_account: str
    entry: str
    reversed_on: Day | None
    state: Literal["waiting", "reversed"]


@query(permission=PERMISSION, title=_("Prepaid costs and deferred income"), exposed=True)
def spreads(
    actor: Actor,
    /,
    *,
    search: str = "",
    kind: Literal["", "prepaid", "deferred_income"] = "",
    state: Literal["", "open", "done"] = "",
) -> list[SpreadRow]:
    """What is spread, the latest first; four statements whatever their number."""
    codes = {each.id: each.code for each in headings(actor)}
    words = search.lower()
    rows = [
        spread_row(each, codes)
        for each in reversed(standings(actor.company_id, open_only=state == "open"))
        if (not kind or each.kind == kind)
        and (words in each.text.lower() or words == each.number.lower())
    ]
    return [row for row in rows if not state or row.state == state]


def spread_row(each: Standing, codes: dict[int, str]) -> SpreadRow:
    """The row of a spread."""
    return SpreadRow(
        number=each.number,
        kind=each.kind,  # type: ignore[arg-type]
        text=each.text,
        amount=each.amount,
        left=each.left,
        starts_on=each.starts_on,
        ends_on=each.ends_on,
        step=each.step,  # type: ignore[arg-type]
        balance_account=codes[each.balance_account_id],
        result_account=codes[each.result_account_id],
        until=each.until,
        state="open" if each.left else "done",
    )


@query(permission=PERMISSION, title=_("Spread cost or income"), exposed=True)
def spread_card(actor: Actor, /, *, number: str) -> SpreadCard:
    """One spread by its number; raises NotFound."""
    standing = standings_of(actor.company_id, [number]).get(number)
    if standing is None:
        message = _("There is no spread “{number}”.").format(number=number[:20])
        raise NotFound(message, field="number")
    codes = {each.id: each.code for each in headings(actor)}
    found = scoped(actor, Spread).get(pk=standing.spread_id)
    plans = SpreadPlan.objects.filter(spread_id=found.pk).exclude(why="").order_by("id")
    runs = SpreadPosting.objects.filter(spread_id=found.pk).order_by("id")
    return SpreadCard(
        id=found.pk,
        spread=spread_row(standing, codes),
        entry=entry_numbers([found.entry_id])[found.entry_id] if found.entry_id else "",
        origin=found.origin,
        periods=_periods(standing),
        changes=list(plans.values_list("why", flat=True)),
        runs=list(runs.values_list("run__number", flat=True)),
    )


def _periods(standing: Standing) -> list[SpreadPeriod]:
    posted = standing.posted
    found = []
    for slot in standing.slots:
        done = posted >= slot.amount
        posted -= slot.amount if done else 0
        found.append(SpreadPeriod(slot.starts_on, slot.ends_on, slot.amount, done))
    return found


@query(permission=PERMISSION, title=_("Runs of spreads"), exposed=True)
def spread_runs(
    actor: Actor, /, *, sort: str = "-date", cursor: str = "", limit: int = PAGE
) -> Page[SpreadRunRow]:
    """The runs, the latest first."""
    found = scoped(actor, SpreadRun).select_related("reverses", "reversed_by")
    order = sorted_by(sort, {"date": ("date",), "number": ("number",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    numbers = entry_numbers([each.entry_id for each in page.rows])
    return page.map(lambda each: _run_row(each, numbers))


def _run_row(each: Any, numbers: dict[int, str]) -> SpreadRunRow:
    undone = getattr(each, "reversed_by", None)
    return SpreadRunRow(
        number=each.number,
        date=each.date,
        spreads=each.spread_count,
        entry=numbers[each.entry_id],
        reverses=each.reverses.number if each.reverses else "",
        reversed_by=undone.number if undone else "",
    )


@query(permission=PERMISSION, title=_("Accruals"), exposed=True)
def accruals(
    actor: Actor,
    /,
    *,
    state: Literal["", "waiting", "reversed"] = "",
    sort: str = "-date",
    cursor: str = "",
    limit: int = PAGE,
) -> Page[AccrualRow]:
    """The accruals, the latest first; `waiting` are those that no reversal undid yet."""
    found = scoped(actor, Accrual).select_related("result_account", "balance_account")
    undone = Entry.objects.filter(company_id=actor.company_id, reverses__isnull=False)
    if state == "reversed":
        found = found.filter(entry__in=undone.values("reverses_id"))
    elif state == "waiting":
        found = found.exclude(entry__in=undone.values("reverses_id"))
    order = sorted_by(sort, {"date": ("date",), "number": ("number",), "amount": ("amount",)})
    page = page_by(found, order=order, cursor=cursor, limit=limit, totals={})
    keys = [each.entry_id for each in page.rows]
    numbers = entry_numbers(keys)
    back = rows_by_key(
        "SELECT reverses_id, CAST(date AS text) FROM finance_entry WHERE reverses_id IN ({})",
        [],
        keys,
    )
    return page.map(lambda each: _accrual_row(each, numbers, back))


def _accrual_row(each: Any, numbers: dict[int, str], back: dict[int, str]) -> AccrualRow:
    day = back.get(each.entry_id)
    return AccrualRow(
        number=each.number,
        kind=each.kind,
        text=each.text,
        date=each.date,
        amount=each.amount,
        result_account=each.result_account.code,
        balance_account=each.balance_account.code,
        entry=numbers[each.entry_id],
        reversed_on=date.fromisoformat(day) if day else None,
        state="reversed" if day else "waiting",
    )


@query(permission=PERMISSION, title=_("Keys of spreads"))
def spread_numbers(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """The numbers of spreads by their keys."""
    return dict(scoped(actor, Spread).filter(pk__in=list(keys)[:1000]).values_list("pk", "number"))
