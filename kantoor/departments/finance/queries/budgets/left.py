"""What is left of the budget of a fiscal year: plan, less what was booked and what is committed."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts_budgets import Control
from kantoor.departments.finance.errors import OverBudget
from kantoor.departments.finance.queries.accounts import heading_of, headings
from kantoor.departments.finance.queries.budgets.commitments import committed
from kantoor.departments.finance.queries.budgets.plan import by_account, planned, sign_of
from kantoor.departments.finance.queries.calendar import year_start
from kantoor.departments.finance.queries.currency.conversion import Rates
from kantoor.departments.finance.queries.movements import NOTHING, Span, check_dimension, movements
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query
from kantoor.kernel.store.lookup import fetch, rows_by_key


class BudgetLeft(msgspec.Struct, frozen=True, kw_only=True):
    """What is left on an account in the fiscal year of a day, in minor units as it is read.

    `control` is that of the strictest budget that plans for it; without a budget it is `none`.
    """

    account: str
    dimension: str
    start: date
    end: date
    budget: int
    actual: int
    committed: int
    left: int
    control: Control


class Overrun(msgspec.Struct, frozen=True, kw_only=True):
    """An amount that goes beyond what is left."""

    account: str
    dimension: str
    amount: int
    left: int
    control: Control
    message: str


_YEAR = (
    "SELECT CAST(starts_on AS text), CAST(ends_on AS text) FROM finance_fiscal_year"
    " WHERE company_id = %s AND starts_on <= %s AND ends_on >= %s"
)
_CONTROLS = (
    "SELECT DISTINCT amount.account_id, budget.control FROM finance_budget budget"
    " JOIN finance_fiscal_year year ON year.id = budget.year_id"
    " JOIN finance_budget_version version ON version.budget_id = budget.id"
    "  AND version.state = 'approved'"
    " JOIN finance_budget_amount amount ON amount.version_id = version.id"
    " WHERE budget.company_id = %s AND year.starts_on = %s"
)
STRICTNESS = ("none", "warn", "block")


@query(permission="finance.read_budgets", title=_("What is left of a budget"), exposed=True)
def budget_left(actor: Actor, /, *, account: str, on: date, dimension: str = "") -> BudgetLeft:
    """What is left on an account, for a dimension's value or in all, in the year of a day.

    What is booked in the whole fiscal year and what is ordered but not invoiced yet is taken off
    what the approved budgets plan. Raises UnknownAccount, InvalidInput.
    """
    heading = heading_of(actor, account)
    return _left(actor, {heading.id: (heading.code, heading.kind)}, on, dimension)[heading.id]


def over_budget(actor: Actor, amounts: Mapping[tuple[str, str], int], on: date) -> list[Overrun]:
    """Which amounts (by account and dimension, debit positive) go beyond what is left.

    For actions that commit or book costs: those of a budget that warns are to be told, those of
    one that blocks are to be refused (`refuse_over_budget`).
    """
    known = {each.code: each for each in headings(actor)}
    found = []
    for dimension in dict.fromkeys(dimension for _account, dimension in amounts):
        wanted = {
            known[account].id: (account, known[account].kind)
            for account, of in amounts
            if of == dimension and account in known
        }
        left = _left(actor, wanted, on, dimension)
        for (account, of), amount in amounts.items():
            if of != dimension or account not in known:
                continue
            each = left[known[account].id]
            read = amount * sign_of(known[account].kind)
            if each.control != "none" and read > max(0, each.left):
                message = _("{account}: {amount} is beyond the {left} that is left of the budget.")
                found.append(
                    Overrun(
                        account=account,
                        dimension=of,
                        amount=read,
                        left=each.left,
                        control=each.control,
                        message=str(message.format(account=account, amount=read, left=each.left)),
                    )
                )
    return found


def refuse_over_budget(overruns: Sequence[Overrun]) -> None:
    """Raises OverBudget for the first amount beyond a budget that blocks."""
    for each in overruns:
        if each.control == "block":
            raise OverBudget(each.message, field="account")


def _left(
    actor: Actor, accounts: Mapping[int, tuple[str, str]], on: date, dimension: str
) -> dict[int, BudgetLeft]:
    check_dimension(dimension)
    company, day = actor.company_id, on.isoformat()
    year = fetch(_YEAR, [company, day, day])
    start, end = (
        (date.fromisoformat(text) for text in year[0])
        if year
        else (date(on.year, 1, 1), date(on.year, 12, 31))
    )
    plan = by_account(planned(company, start, end, dimension), start, end)
    moved = movements(company, [Span(start, end)], dimension)
    ordered = committed(actor, start, end, dimension)
    controls: dict[int, str] = {}
    for account_id, control in fetch(_CONTROLS, [company, start.isoformat()]):
        held = controls.get(account_id, "none")
        controls[account_id] = max(held, control, key=STRICTNESS.index)
    found = {}
    for key, (code, kind) in accounts.items():
        sign = sign_of(kind)
        actual = sign * moved.get(key, [NOTHING])[0].net
        waiting = sign * ordered.get(key, 0)
        budget = plan.get(key, 0)
        found[key] = BudgetLeft(
            account=code,
            dimension=dimension,
            start=start,
            end=end,
            budget=budget,
            actual=actual,
            committed=waiting,
            left=budget - actual - waiting,
            control=controls.get(key, "none"),  # type: ignore[arg-type]
        )
    return found


def orders_over_budget(actor: Actor, orders: Sequence[tuple[int, date]]) -> list[Overrun]:
    """What orders (by their keys, with the day they are expected) commit to beyond what is left.

    All lines of one fiscal year together, by account and dimension's value and by account alone.
    """
    rows = rows_by_key(
        "SELECT line.id, line.order_id, account.code, COALESCE(dims.key, ''), line.net,"
        " placed.currency, CAST(placed.date AS text) FROM finance_purchase_order_line line"
        " JOIN finance_purchase_order placed ON placed.id = line.order_id"
        " JOIN finance_account account ON account.id = line.account_id"
        " LEFT JOIN finance_dimension_set dims ON dims.id = line.dimension_set_id"
        " WHERE placed.company_id = %s AND line.order_id IN ({})",
        [actor.company_id],
        [key for key, _on in orders],
    )
    foreign = {(row[4], row[5]) for row in rows.values() if row[4] != actor.currency}
    rates = Rates(actor, foreign) if foreign else None
    years: dict[date, tuple[date, dict[tuple[str, str], int]]] = {}
    expected = dict(orders)
    starts = {day: year_start(actor.company_id, day) for day in set(expected.values())}
    for order, account, key, net, currency, on in rows.values():
        if rates is not None and currency != actor.currency:
            rate = rates.find(currency, on)
            net = rate.to_own(net) if rate is not None else 0
        day = expected[order]
        _first, sums = years.setdefault(starts[day], (day, {}))
        for dimension in ("", *key.split("|")) if key else ("",):
            sums[account, dimension] = sums.get((account, dimension), 0) + net
    return [each for day, sums in years.values() for each in over_budget(actor, sums, day)]
