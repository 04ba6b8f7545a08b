"""Budgets as a list, and one with its rows."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.drafts_budgets import PERIODS, BudgetRow, Control
from kantoor.departments.finance.errors import UnknownBudget
from kantoor.departments.finance.models import Budget, BudgetVersion, Period
from kantoor.departments.finance.queries.accounts import headings
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch


class BudgetListRow(msgspec.Struct, frozen=True, kw_only=True):
    """A budget with its latest version; `income` and `expenses` in minor units."""

    code: str
    name: str
    year: str
    version: int
    state: Literal["draft", "approved"]
    control: Control
    income: int
    expenses: int


class BudgetLine(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a budget with its figures by period."""

    account: str
    name: str
    kind: str
    dimension: str
    amounts: list[int]

    @property
    def total(self) -> int:
        """The whole year."""
        return sum(self.amounts)

    @property
    def as_row(self) -> BudgetRow:
        """As it is handed in."""
        periods = {f"p{n}": amount for n, amount in enumerate(self.amounts[:PERIODS], 1)}
        return BudgetRow(account=self.account, dimension=self.dimension, **periods)  # type: ignore[arg-type]


class BudgetCard(msgspec.Struct, frozen=True, kw_only=True):
    """A budget with the rows of its latest version, and the versions there were."""

    id: int
    budget: BudgetListRow
    periods: list[str]
    start: date
    end: date
    lines: list[BudgetLine]
    versions: list[str]


_AMOUNTS = (
    "SELECT amount.account_id, COALESCE(dims.key, ''), amount.number, amount.amount"
    " FROM finance_budget_amount amount"
    " LEFT JOIN finance_dimension_set dims ON dims.id = amount.dimension_set_id"
    " WHERE amount.version_id = %s"
)
_SUMS = (
    "SELECT version.budget_id, version.number, version.state,"
    " CAST(COALESCE(SUM(CASE WHEN account.kind = 'income' THEN amount.amount ELSE 0 END), 0)"
    "  AS bigint),"
    " CAST(COALESCE(SUM(CASE WHEN account.kind = 'expense' THEN amount.amount ELSE 0 END), 0)"
    "  AS bigint)"
    " FROM finance_budget budget JOIN finance_budget_version version ON version.id ="
    "  (SELECT MAX(id) FROM finance_budget_version latest WHERE latest.budget_id = budget.id)"
    " LEFT JOIN finance_budget_amount amount ON amount.version_id = version.id"
    " LEFT JOIN finance_account account ON account.id = amount.account_id"
    " WHERE budget.company_id = %s GROUP BY version.budget_id, version.number, version.state"
)


@query(permission="finance.read_budgets", title=_("Budgets"), exposed=True)
def budgets(actor: Actor, /, *, year: str = "") -> list[BudgetListRow]:
    """The budgets, the latest year first; two statements, whatever their number."""
    sums = {row[0]: row[1:] for row in fetch(_SUMS, [actor.company_id])}
    found = scoped(actor, Budget).select_related("year").order_by("-year__starts_on", "code")
    if year:
        found = found.filter(year__code=year)
    return [_row(each, *sums[each.pk]) for each in found]


def _row(each: Budget, number: int, state: str, income: int, expenses: int) -> BudgetListRow:
    return BudgetListRow(
        code=each.code,
        name=each.name,
        year=each.year.code,
        version=number,
        state=state,  # type: ignore[arg-type]
        control=each.control,  # type: ignore[arg-type]
        income=income,
        expenses=expenses,
    )


@query(permission="finance.read_budgets", title=_("Budget"), exposed=True)
def budget(actor: Actor, /, *, code: str) -> BudgetCard:
    """One budget with the rows of its latest version. Raises UnknownBudget."""
    found = scoped(actor, Budget).select_related("year").filter(code=code).first()
    if found is None:
        message = _("There is no budget “{code}”.").format(code=code[:20])
        raise UnknownBudget(message, field="budget")
    versions = list(BudgetVersion.objects.filter(budget=found).order_by("number"))
    periods = list(Period.objects.filter(year=found.year).order_by("number"))
    lines = lines_of(actor, versions[-1].pk, len(periods))
    income, expenses = (
        sum(line.total for line in lines if line.kind == kind) for kind in ("income", "expense")
    )
    return BudgetCard(
        id=found.pk,
        budget=_row(found, versions[-1].number, versions[-1].state, income, expenses),
        periods=[str(each.number) for each in periods],
        start=found.year.starts_on,
        end=found.year.ends_on,
        lines=lines,
        versions=[f"{each.number}: {each.why}" for each in versions if each.why],
    )


def lines_of(actor: Actor, version_id: int, periods: int) -> list[BudgetLine]:
    """The rows of a version, by account and dimension."""
    known = {each.id: each for each in headings(actor)}
    found: dict[tuple[str, str], list[int]] = {}
    named = {}
    for account_id, dimension, number, amount in fetch(_AMOUNTS, [version_id]):
        heading = known[account_id]
        named[heading.code] = heading
        figures = found.setdefault((heading.code, dimension), [0] * periods)
        figures[number - 1] = amount
    return [
        BudgetLine(
            account=code,
            name=named[code].name,
            kind=named[code].kind,
            dimension=dimension,
            amounts=figures,
        )
        for (code, dimension), figures in sorted(found.items())
    ]


@query(permission="finance.read_budgets", title=_("Keys of budgets"))
def budget_codes(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """The codes of budgets by their keys."""
    return dict(scoped(actor, Budget).filter(pk__in=list(keys)[:1000]).values_list("pk", "code"))
