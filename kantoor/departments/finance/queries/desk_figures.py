"""The few figures of the finance desk: cash, receivables, and the result by month."""

from datetime import date, timedelta

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import months_before
from kantoor.departments.finance.queries.accounts import headings
from kantoor.departments.finance.queries.calendar import last_booked
from kantoor.departments.finance.queries.closing_entries import closing_entries
from kantoor.departments.finance.queries.days import today_of
from kantoor.departments.finance.queries.movements import NOTHING, Moved, Span, movements
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch

MONTHS = 12


class MonthResult(msgspec.Struct, frozen=True, kw_only=True):
    """A month's income and expenses in minor units, both as they are read: above zero."""

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
    months: list[MonthResult]


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
    starts = [months_before(first, -n) for n in range(MONTHS)]
    spans = [Span(start, months_before(start, -1) - timedelta(days=1)) for start in starts]
    before = Span(None, first - timedelta(days=1))
    moved = movements(actor.company_id, [before, *spans])
    closed = closing_entries(actor.company_id, spans)
    income, expenses, cash = [0] * MONTHS, [0] * MONTHS, [0] * (MONTHS + 1)
    for account in headings(actor):
        own: list[Moved] = moved.get(account.id, [NOTHING] * (MONTHS + 1))
        taken = closed.get(account.id, [NOTHING] * MONTHS)
        for place in range(MONTHS):
            net = own[place + 1].net - taken[place].net
            if account.kind == "income":
                income[place] -= net
            elif account.kind == "expense":
                expenses[place] += net
        if account.group == "cash":
            cash = [total + each.net for total, each in zip(cash, own, strict=True)]
    running = [sum(cash[: place + 2]) for place in range(MONTHS)]
    months = [
        MonthResult(start=span.start or first, end=span.end or last, income=own, expenses=spent)
        for span, own, spent in zip(spans, income, expenses, strict=True)
    ]
    return DeskFigures(
        currency=actor.currency, cash=running[-1], cash_by_month=running, months=months
    )


@query(permission="finance.read_receivables", title=_("What customers owe"))
def owing(actor: Actor, /) -> Owing:
    """All that is open on receivables today, and what is overdue of it."""
    rows = fetch(
        "SELECT CAST(COALESCE(SUM(item.open), 0) AS bigint), CAST(COALESCE(SUM("
        " CASE WHEN item.due_on < %s AND item.open > 0 THEN item.open ELSE 0 END), 0) AS bigint)"
        " FROM finance_open_item item JOIN finance_account account"
        " ON account.id = item.account_id AND account.role = 'receivables'"
        " WHERE item.company_id = %s AND item.open <> 0",
        [today_of(actor).isoformat(), actor.company_id],
    )
    total, overdue = rows[0]
    return Owing(total=total, overdue=overdue)
