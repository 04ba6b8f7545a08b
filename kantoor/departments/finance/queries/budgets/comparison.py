"""Budget beside what was booked and what last year was, account by account."""

from datetime import date
from decimal import Decimal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import DAY, check_span, months_before
from kantoor.departments.finance.queries.accounts import headings
from kantoor.departments.finance.queries.budgets.plan import by_account, planned, sign_of
from kantoor.departments.finance.queries.calendar import last_booked, year_start
from kantoor.departments.finance.queries.closing_entries import closing_entries
from kantoor.departments.finance.queries.movements import NOTHING, Span, check_dimension, movements
from kantoor.departments.finance.queries.sources import Sources
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.money import half_up_ratio
from kantoor.kernel.queries import query

COMPARED = ("income", "expense")


class ComparedRow(msgspec.Struct, frozen=True, kw_only=True):
    """An account in minor units as it is read: income and expenses above zero.

    `difference` is actual less budget; `percentage` the difference of the budget, None where
    nothing is planned. Good or bad it is by what the account is.
    """

    account: str
    name: str
    kind: str
    budget: int
    actual: int
    difference: int
    percentage: Decimal | None
    last_year: int
    sources: Sources


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Budget, actual and last year; the results are income less expenses."""

    currency: str
    start: date
    end: date
    rows: list[ComparedRow]
    budget: int
    actual: int
    last_year: int


@query(permission="finance.read_budgets", title=_("Budget and actual"), exposed=True)
def budget_comparison(
    actor: Actor,
    /,
    *,
    start: date | None = None,
    end: date | None = None,
    dimension: str = "",
) -> Comparison:
    """What the approved budgets plan between two days, what was booked, and what last year was.

    Without days from the first day of the fiscal year to the last that was booked on. Of a period
    that the days cut the budget counts by days. Income and expenses, and other accounts that are
    budgeted; closing entries don't count. Raises InvalidInput.
    """
    check_span(start, end)
    check_dimension(dimension)
    company = actor.company_id
    last = end or last_booked(company) or today_of(actor)
    first = start or year_start(company, last)
    check_span(first, last)
    before = Span(months_before(first, 12), months_before(last + DAY, 12) - DAY)
    spans = [Span(first, last), before]
    plan = by_account(planned(company, first, last, dimension), first, last)
    moved = movements(company, spans, dimension)
    closed = closing_entries(company, spans, dimension)
    nothing = [NOTHING, NOTHING]
    rows = []
    for each in headings(actor):
        now, then = (
            sign_of(each.kind) * (moving.net - taken.net)
            for moving, taken in zip(
                moved.get(each.id, nothing), closed.get(each.id, nothing), strict=True
            )
        )
        budget = plan.get(each.id, 0)
        if each.id not in plan and (each.kind not in COMPARED or not (now or then)):
            continue
        rows.append(
            ComparedRow(
                account=each.code,
                name=each.name,
                kind=each.kind,
                budget=budget,
                actual=now,
                difference=now - budget,
                percentage=percentage(now - budget, budget),
                last_year=then,
                sources=Sources(account=each.code, start=first, end=last, dimension=dimension),
            )
        )
    return Comparison(
        currency=actor.currency,
        start=first,
        end=last,
        rows=rows,
        budget=_result(rows, "budget"),
        actual=_result(rows, "actual"),
        last_year=_result(rows, "last_year"),
    )


def percentage(part: int, whole: int) -> Decimal | None:
    """A part in percents of a whole, to one decimal, rounded half up; None of nothing."""
    if not whole:
        return None
    return Decimal(half_up_ratio(part * 1000 * (1 if whole > 0 else -1), abs(whole))).scaleb(-1)


def _result(rows: list[ComparedRow], name: str) -> int:
    signs = {"income": 1, "expense": -1}
    return sum(signs.get(row.kind, 0) * getattr(row, name) for row in rows)
