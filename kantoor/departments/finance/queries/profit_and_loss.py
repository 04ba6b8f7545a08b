"""The profit and loss account: what was earned and spent between two days."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import DAY, check_span, months_before
from kantoor.departments.finance.queries.accounts import headings
from kantoor.departments.finance.queries.budgets.plan import planned_of
from kantoor.departments.finance.queries.calendar import last_booked, year_start
from kantoor.departments.finance.queries.closing_entries import closing_entries
from kantoor.departments.finance.queries.movements import NOTHING, Span, check_dimension, movements
from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.queries.statement_rows import Amounts, StatementGroup, build
from kantoor.departments.finance.reference import layout
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query

Earlier = Literal["previous_period", "previous_year"]
Compare = Literal["", "previous_period", "previous_year", "budget"]


class ProfitAndLoss(msgspec.Struct, frozen=True, kw_only=True):
    """Amounts in minor units: income positive, expenses negative, so that they add up."""

    currency: str
    start: date
    end: date
    compare_start: date | None
    compare_end: date | None
    groups: list[StatementGroup]
    result: int
    previous_result: int | None


@query(permission="finance.read_ledger", title=_("Profit and loss account"), exposed=True)
def profit_and_loss(
    actor: Actor,
    /,
    *,
    start: date | None = None,
    end: date | None = None,
    compare: Compare = "",
    dimension: str = "",
) -> ProfitAndLoss:
    """Income and expenses from `start` to `end`, both included, and the result.

    Without `end` to the last entry, without `start` from the first day of that fiscal year.
    Entries of closing journals don't count, so a closed year still shows what it earned.
    `compare` gives the amounts of the time before, as long, of the same days a year before, or
    what the approved budgets plan of these days (raises NotAllowed for who may not see budgets);
    `dimension` keeps to lines with a value (`cost_centre=100`).
    """
    check_span(start, end)
    check_dimension(dimension)
    end = end or last_booked(actor.company_id) or timezone.localdate()
    start = start or year_start(actor.company_id, end)
    check_span(start, end)
    spans = [Span(start, end)]
    if compare == "budget":
        spans.append(spans[0])
    elif compare:
        spans.append(compared(start, end, compare))
    amounts = _amounts(actor.company_id, spans, dimension)
    if compare == "budget":
        amounts = _beside_budget(actor, amounts, spans[0], dimension)
    groups = build(
        actor,
        layout.on(layout.Statement.PROFIT_AND_LOSS),
        headings(actor),
        amounts,
        lambda group, account: Sources(
            group=group, account=account, start=start, end=end, dimension=dimension, closing=False
        ),
        {},
        (0, 0 if compare else None),
    )
    return ProfitAndLoss(
        currency=actor.currency,
        start=start,
        end=end,
        compare_start=spans[1].start if compare else None,
        compare_end=spans[1].end if compare else None,
        groups=groups,
        result=sum(group.amount for group in groups),
        previous_result=sum(group.previous or 0 for group in groups) if compare else None,
    )


def compared(start: date, end: date, how: Earlier) -> Span:
    """The days that are compared with: the time before, as long, or the same a year before.

    Whole months are compared with as many whole months.
    """
    after = end + DAY
    if how == "previous_year":
        return Span(months_before(start, 12), months_before(after, 12) - DAY)
    if start.day == after.day:
        months = (after.year - start.year) * 12 + after.month - start.month
        return Span(months_before(start, months), start - DAY)
    return Span(start - (after - start), start - DAY)


def _amounts(company_id: int, spans: Sequence[Span], dimension: str) -> dict[int, Amounts]:
    closed = closing_entries(company_id, spans, dimension)
    amounts: dict[int, Amounts] = {}
    for account_id, moved in movements(company_id, spans, dimension).items():
        sums = [
            taken.net - each.net
            for each, taken in zip(
                moved, closed.get(account_id, [NOTHING] * len(spans)), strict=True
            )
        ]
        amounts[account_id] = sums[0], sums[1] if len(sums) > 1 else None
    return amounts


def _beside_budget(
    actor: Actor, amounts: dict[int, Amounts], span: Span, dimension: str
) -> dict[int, Amounts]:
    """The amounts, each beside what is planned."""
    assert span.start is not None
    assert span.end is not None
    planned = planned_of(actor, [(span.start, span.end)], dimension)
    return {
        key: (amounts.get(key, (0, None))[0], -planned.get(key, [0])[0])
        for key in amounts | planned
    }
