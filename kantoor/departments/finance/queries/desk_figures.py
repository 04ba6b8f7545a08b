"""The few figures of the finance desk: cash, receivables, and the result by month."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import DAY, months_before
from kantoor.departments.finance.queries.accounts import headings
from kantoor.departments.finance.queries.calendar import last_booked
from kantoor.departments.finance.queries.closing_entries import closing_entries
from kantoor.departments.finance.queries.movements import NOTHING, Span, movements
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch

MONTHS, WEEKS = 12, 6


class SpanResult(msgspec.Struct, frozen=True, kw_only=True):
    """A month's or week's income and expenses in minor units, both as they are read: above zero."""

    start: date
    end: date
    income: int
    expenses: int

    @property
    def result(self) -> int:
        """What is left of the income."""
        return self.income - self.expenses


class DeskFigures(msgspec.Struct, frozen=True, kw_only=True):
    """In minor units; `cash_by_month` is at the end of each of `months`, the last month last."""

    currency: str
    cash: int
    cash_by_month: list[int]
    months: list[SpanResult]


class Owing(msgspec.Struct, frozen=True, kw_only=True):
    """What customers owe, and what of it is past its due date, in minor units."""

    total: int
    overdue: int


@query(permission="finance.read_ledger", title=_("Figures of the finance desk"))
def desk_figures(actor: Actor, /) -> DeskFigures | None:
    """The last twelve months until the last that was booked in; None while nothing is booked."""
    last = last_booked(actor.company_id)
    if last is None:
        return None
    first = months_before(last.replace(day=1), MONTHS - 1)
    starts = [months_before(first, -n) for n in range(MONTHS + 1)]
    spans = [Span(start, after - DAY) for start, after in pairwise(starts)]
    moved = movements(actor.company_id, [Span(None, first - DAY), *spans])
    cash = [0] * (MONTHS + 1)
    for account in headings(actor):
        if account.group == "cash" and account.id in moved:
            cash = [sum_ + each.net for sum_, each in zip(cash, moved[account.id], strict=True)]
    running = [sum(cash[: place + 2]) for place in range(MONTHS)]
    return DeskFigures(
        currency=actor.currency,
        cash=running[-1],
        cash_by_month=running,
        months=_results(actor, spans),
    )


@query(permission="finance.read_ledger", title=_("Result by week"))
def results_by_week(actor: Actor, /) -> list[SpanResult]:
    """The last weeks until the last that was booked in, each from Monday."""
    last = last_booked(actor.company_id)
    if last is None:
        return []
    monday = last - timedelta(days=last.weekday())
    starts = [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    return _results(actor, [Span(start, start + timedelta(days=6)) for start in starts])


def _results(actor: Actor, spans: Sequence[Span]) -> list[SpanResult]:
    """Income and expenses of each span, what closing entries took off them put back."""
    moved = movements(actor.company_id, spans)
    closed = closing_entries(actor.company_id, spans)
    nothing = [NOTHING] * len(spans)
    sums = {"income": [0] * len(spans), "expense": [0] * len(spans)}
    for account in headings(actor):
        if account.kind in sums and account.id in moved:
            taken = closed.get(account.id, nothing)
            for place, (each, back) in enumerate(zip(moved[account.id], taken, strict=True)):
                sums[account.kind][place] += each.net - back.net
    return [
        SpanResult(
            start=span.start or date.min, end=span.end or date.max, income=-own, expenses=spent
        )
        for span, own, spent in zip(spans, sums["income"], sums["expense"], strict=True)
    ]


@query(permission="finance.read_receivables", title=_("What customers owe"))
def owing(actor: Actor, /) -> Owing:
    """All that is open on receivables today, and what is overdue of it."""
    rows = fetch(
        "SELECT CAST(COALESCE(SUM(item.open), 0) AS bigint), CAST(COALESCE(SUM("
        " CASE WHEN item.due_on < %s THEN item.open ELSE 0 END), 0) AS bigint)"
        " FROM finance_open_item item JOIN finance_account account"
        " ON account.id = item.account_id AND account.role = 'receivables'"
        " WHERE item.company_id = %s AND item.open <> 0",
        [today_of(actor).isoformat(), actor.company_id],
    )
    total, overdue = rows[0]
    return Owing(total=total, overdue=overdue)
