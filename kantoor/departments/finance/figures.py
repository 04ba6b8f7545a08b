"""What finance measures of itself: all from balances that are kept, or from items that are open."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.accounts import Heading, headings
from kantoor.departments.finance.queries.closing_entries import closing_entries
from kantoor.departments.finance.queries.movements import Span, movements
from kantoor.departments.finance.queries.overdue_on import overdue_on
from kantoor.departments.finance.queries.roles import accounts_by_role
from kantoor.departments.finance.queries.vat.reconciliation import tax_owed
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.figures import Days, Value, figure, months_back

LEDGER, RECEIVABLES, PAYABLES = (
    "finance.read_ledger", "finance.read_receivables", "finance.read_payables",
)  # fmt: skip
QUARTER = 3
"""Months whose revenue the days of sales outstanding are reckoned from."""


def _ledger(asked: str, days: Days) -> str:
    return f"/finance/general-ledger?{asked}&date_from={days.first}&date_to={days.last}&closing=0"


def _statement(days: Days) -> str:
    return f"/finance/profit-and-loss?from={days.first}&to={days.last}"


def _earned(actor: Actor, spans: Sequence[Days], counts: Callable[[Heading], bool]) -> list[int]:
    """Credit less debit on accounts of income and expenses; closing entries count for nothing."""
    asked = [Span(each.first, each.last) for each in spans]
    moved = movements(actor.company_id, asked)
    closed = closing_entries(actor.company_id, asked)
    sums = [0] * len(spans)
    for account in headings(actor):
        if not counts(account):
            continue
        for found, sign in ((moved, -1), (closed, 1)):
            for place, each in enumerate(found.get(account.id, ())):
                sums[place] += sign * each.net
    return sums


def _standing(actor: Actor, ends: Sequence[date], accounts: Collection[int]) -> list[int]:
    """Debit less credit of accounts at the end of each day, from the balances that are kept."""
    moved = movements(actor.company_id, [Span(None, end) for end in ends])
    sums = [0] * len(ends)
    for key in accounts:
        for place, each in enumerate(moved.get(key, ())):
            sums[place] += each.net
    return sums


def _with_role(actor: Actor, spans: Sequence[Days], role: str) -> list[int]:
    account = accounts_by_role(actor.company_id).get(role)
    return _standing(actor, [each.last for each in spans], [account] if account else [])


@figure(
    name="finance.revenue",
    title=_("Revenue"),
    kind="money",
    of="days",
    permission=LEDGER,
    better="higher",
    sources=lambda days: _ledger("group=revenue", days),
    meaning=_("What was sold, net of tax and of credit notes, on the accounts of revenue."),
)
def revenue(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return _earned(actor, spans, lambda each: each.group == "revenue")


@figure(
    name="finance.costs",
    title=_("Costs"),
    kind="money",
    of="days",
    permission=LEDGER,
    better="lower",
    sources=_statement,
    meaning=_("All expenses of the profit and loss account together."),
)
def costs(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return [-each for each in _earned(actor, spans, lambda each: each.kind == "expense")]


@figure(
    name="finance.result",
    title=_("Result"),
    kind="money",
    of="days",
    permission=LEDGER,
    better="higher",
    sources=_statement,
    meaning=_("Income less expenses, before the year is closed."),
)
def result(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return _earned(actor, spans, lambda each: not each.carried)


@figure(
    name="finance.margin",
    title=_("Result of revenue"),
    kind="percent",
    of="days",
    permission=LEDGER,
    better="higher",
    sources=_statement,
    meaning=_("The result as a part of revenue; nothing where nothing was sold."),
)
def margin(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    left = _earned(actor, spans, lambda each: not each.carried)
    sold = _earned(actor, spans, lambda each: each.group == "revenue")
    return [Fraction(a, b) if b > 0 else None for a, b in zip(left, sold, strict=True)]


@figure(
    name="finance.cash",
    title=_("Cash and bank"),
    kind="money",
    of="end",
    permission=LEDGER,
    better="higher",
    sources=lambda days: f"/finance/general-ledger?group=cash&date_to={days.last}",
    meaning=_("What stands on the accounts of cash and bank at the end of the day."),
)
def cash(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    accounts = [each.id for each in headings(actor) if each.group == "cash"]
    return _standing(actor, [each.last for each in spans], accounts)


@figure(
    name="finance.receivables",
    title=_("Customers owe"),
    kind="money",
    of="end",
    permission=RECEIVABLES,
    better="lower",
    sources=lambda days: f"/finance/receivables?on={days.last}",
    meaning=_("The balance of the receivables account, which its open items add up to."),
)
def receivables(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return _with_role(actor, spans, "receivables")


@figure(
    name="finance.receivables_overdue",
    title=_("Overdue from customers"),
    kind="money",
    of="end",
    permission=RECEIVABLES,
    better="lower",
    sources=lambda days: f"/finance/receivables?on={days.last}&overdue=1",
    meaning=_("Items of customers that were past their due date and open at the end of the day."),
)
def receivables_overdue(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return overdue_on(actor, "receivables", [_no_later(actor, each) for each in spans])


@figure(
    name="finance.days_of_sales",
    title=_("Days of sales outstanding"),
    kind="days",
    of="end",
    permission=RECEIVABLES,
    better="lower",
    sources=lambda days: f"/finance/receivables?on={days.last}",
    meaning=_(
        "What customers owe, in days of the revenue of this month and the two before it (net of tax)."
    ),
)
def days_of_sales(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    quarters = [Days(months_back(each.last, QUARTER - 1), each.last) for each in spans]
    owed = _with_role(actor, spans, "receivables")
    sold = _earned(actor, quarters, lambda each: each.group == "revenue")
    return [
        Fraction(still * ((days.last - days.first).days + 1), net) if net > 0 else None
        for still, net, days in zip(owed, sold, quarters, strict=True)
    ]


@figure(
    name="finance.payables",
    title=_("We owe suppliers"),
    kind="money",
    of="end",
    permission=PAYABLES,
    better="",
    sources=lambda days: f"/finance/payables?on={days.last}",
    meaning=_(
        "The balance of the payables account, above zero what we owe; its open items add up to it."
    ),
)
def payables(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return [-each for each in _with_role(actor, spans, "payables")]


@figure(
    name="finance.payables_overdue",
    title=_("Overdue to suppliers"),
    kind="money",
    of="end",
    permission=PAYABLES,
    better="lower",
    sources=lambda days: f"/finance/payables?on={days.last}&overdue=1",
    meaning=_("Items of suppliers that were past their due date and open at the end of the day."),
)
def payables_overdue(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    ends = [_no_later(actor, each) for each in spans]
    return [-each for each in overdue_on(actor, "payables", ends)]


@figure(
    name="finance.vat_to_pay",
    title=_("VAT to pay"),
    kind="money",
    of="days",
    permission="finance.read_vat",
    better="",
    sources=lambda days: f"/finance/vat-reconciliation?from={days.first}&to={days.last}",
    meaning=_("Tax owed less input tax of what belongs to these days, to the cent, filed or not."),
)
def vat_to_pay(actor: Actor, spans: Sequence[Days], /) -> Sequence[Value]:
    return tax_owed(actor, [(each.first, each.last) for each in spans])


def _no_later(actor: Actor, days: Days) -> date:
    """The last day, or today where that is still to come: nothing is overdue by tomorrow yet."""
    return min(days.last, max(today_of(actor), days.first - timedelta(days=1)))
