"""A statement by a layout over any number of columns, and beside a budget where there is one.

Four statements of SQL however many accounts, lines, rows or columns. Every account is looked for:
what stands in no row of the layout is shown in a row of its own, so nothing is ever missing.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.queries.accounts import (
    AccountRow,
    accounts,
    headings,
    in_words,
)
from kantoor.departments.finance.queries.budgets.plan import planned_of
from kantoor.departments.finance.queries.calendar import last_booked, year_start
from kantoor.departments.finance.queries.closing_entries import closing_entries
from kantoor.departments.finance.queries.movements import NOTHING, Moved, Span, movements
from kantoor.departments.finance.queries.reporting.columns import Across, Column, columns_of
from kantoor.departments.finance.queries.reporting.layout_register import layout_rows
from kantoor.departments.finance.queries.reporting.layouts import RESULT, LayoutRow, places
from kantoor.departments.finance.queries.sources import Sources
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query

StatementKind = Literal["balance_sheet", "profit_and_loss"]
Amounts = list[int]


class StatementRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row: an amount for each column, in minor units and the sign of the row.

    `sources` list the lines behind each amount; there are none behind a sum of rows.
    """

    key: str
    code: str
    label: str
    style: str
    level: int
    amounts: list[int]
    budget: list[int]
    sources: list[Sources]


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement; `missing` are accounts in no row of the layout, `twice` those in several."""

    statement: str
    layout: str
    version: int
    currency: str
    columns: list[Column]
    rows: list[StatementRow]
    missing: list[str]
    twice: list[str]


@query(permission="finance.read_ledger", title=_("Statement by layout"), exposed=True)
def statement(
    actor: Actor,
    /,
    *,
    statement: StatementKind = "profit_and_loss",
    start: date | None = None,
    end: date | None = None,
    across: Across = "",
    layout: str = "",
    version: int = 0,
    budget: bool = False,
) -> Statement:
    """A balance sheet or profit and loss account, laid out by data, over one column or many.

    `across` parts the time into months, quarters or years, or puts the same days of three years
    before beside it. `layout` is one of the company's own, in its last version unless `version`
    says another; the standard one when empty. A balance sheet is at the last day of each column.
    With `budget` the rows of a profit and loss account say what the approved budgets plan of each
    column; raises NotAllowed for who may not see budgets.
    """
    check_span(start, end)
    end = end or last_booked(actor.company_id) or timezone.localdate()
    start = start or year_start(actor.company_id, end)
    check_span(start, end)
    rows, number = layout_rows(actor, statement, layout, version)
    columns = columns_of(start, end, across, actor.language)
    made = _Statement(actor, statement, rows, columns, budget)
    return Statement(
        statement=statement,
        layout=layout,
        version=number,
        currency=actor.currency,
        columns=columns,
        rows=made.rows(),
        missing=made.missing,
        twice=sorted(code for code, keys in made.places.items() if len(keys) > 1),
    )


class _Statement:
    def __init__(
        self,
        actor: Actor,
        kind: str,
        layout: Sequence[LayoutRow],
        columns: Sequence[Column],
        budget: bool,
    ) -> None:
        self.actor = actor
        self.balance = kind == "balance_sheet"
        self.layout = layout
        self.columns = columns
        self.accounts = accounts(actor, retired=True)
        self.keys = {each.code: each.id for each in headings(actor)}
        self.nothing = [0] * len(columns)
        self.results = list(self.nothing)
        self.net = self._net()
        self.places = places(layout, [each for each in self.accounts if self._mine(each)])
        self.missing: list[str] = []
        self.planned: Mapping[str, Amounts] = {}
        if budget and not self.balance:
            planned = planned_of(actor, [(each.start, each.end) for each in columns])
            codes = {key: code for code, key in self.keys.items()}
            self.planned = {codes[key]: amounts for key, amounts in planned.items()}

    def _mine(self, account: AccountRow) -> bool:
        return (account.kind not in ("income", "expense")) == self.balance

    def _net(self) -> dict[str, Amounts]:
        """Debit minus credit of each account of the statement, for each column."""
        company = self.actor.company_id
        if self.balance:
            spans = [Span(None, column.end) for column in self.columns]
            moved = movements(company, spans)
            closed: dict[int, list[Moved]] = {}
        else:
            spans = [Span(column.start, column.end) for column in self.columns]
            moved = movements(company, spans)
            closed = closing_entries(company, spans)
        found: dict[str, Amounts] = {}
        for account in self.accounts:
            key = self.keys[account.code]
            if key not in moved:
                continue
            taken = closed.get(key, [NOTHING] * len(spans))
            sums = [one.net - two.net for one, two in zip(moved[key], taken, strict=True)]
            if self._mine(account):
                found[account.code] = sums
            elif self.balance:
                self.results = _plus(self.results, sums)
        return found

    # --- rows

    def rows(self) -> list[StatementRow]:
        """Every row of the layout with its amounts, and one for what is in none."""
        built: list[StatementRow] = []
        sums: dict[str, tuple[Amounts, Amounts]] = {}
        for row in self.layout:
            if row.accounts:
                built += self._of_accounts(row, sums)
            elif row.sum:
                sums[row.key] = self._sum(row, sums)
                built.append(self._made(row, *sums[row.key]))
            else:
                built.append(self._made(row, [], []))
        return [*built, *self._left_out()]

    def _of_accounts(
        self, row: LayoutRow, sums: dict[str, tuple[Amounts, Amounts]]
    ) -> list[StatementRow]:
        sign = 1 if row.sign == "debit" else -1
        total, plan = list(self.nothing), list(self.nothing)
        details: list[StatementRow] = []
        mine = [each for each in self.accounts if row.key in self.places.get(each.code, ())]
        for account in mine:
            net = self.net.get(account.code, self.nothing)
            planned = self.planned.get(account.code, self.nothing)
            amounts, wanted = [sign * each for each in net], [sign * each for each in planned]
            total, plan = _plus(total, amounts), _plus(plan, wanted)
            if row.details and (any(amounts) or any(wanted)):
                details.append(self._detail(row, account.code, account.name, amounts, wanted))
        if RESULT in row.accounts:
            amounts = [sign * each for each in self.results]
            total = _plus(total, amounts)
            if any(amounts):
                details.append(self._result(row, amounts))
        sums[row.key] = total, plan
        if row.details and not details:
            return []
        head = row._replace(style="heading", level=row.level)
        above = [self._made(head, [], [])] if details else []
        sources = [self._sources(column, group=_only_group(row)) for column in self.columns]
        closing = self._made(row, total, plan, sources if _only_group(row) else [])
        if len(details) == 1:
            return [*above, *details]
        return [*above, *details, closing]

    def _detail(
        self, row: LayoutRow, code: str, name: str, amounts: Amounts, planned: Amounts
    ) -> StatementRow:
        return StatementRow(
            key=row.key, code=code, label=name, style="line", level=min(row.level + 1, 5),
            amounts=amounts, budget=planned,
            sources=[self._sources(column, account=code) for column in self.columns],
        )  # fmt: skip

    def _result(self, row: LayoutRow, amounts: Amounts) -> StatementRow:
        return StatementRow(
            key=RESULT, code="", label=in_words(self.actor, _("Result not closed")), style="line",
            level=min(row.level + 1, 5), amounts=amounts, budget=list(self.nothing),
            sources=[Sources(statement="profit_and_loss", end=each.end) for each in self.columns],
        )  # fmt: skip

    def _sources(self, column: Column, account: str = "", group: str = "") -> Sources:
        start = None if self.balance else column.start
        return Sources(
            account=account, group=group, start=start, end=column.end, closing=self.balance
        )

    def _sum(
        self, row: LayoutRow, sums: dict[str, tuple[Amounts, Amounts]]
    ) -> tuple[Amounts, Amounts]:
        total, plan = list(self.nothing), list(self.nothing)
        for key in row.sum:
            minus = key.startswith("-")
            amounts, planned = sums.get(key.lstrip("-"), (self.nothing, self.nothing))
            total = _plus(total, [-each for each in amounts] if minus else amounts)
            plan = _plus(plan, [-each for each in planned] if minus else planned)
        return total, plan

    def _made(
        self, row: LayoutRow, amounts: Amounts, planned: Amounts, sources: Sequence[Sources] = ()
    ) -> StatementRow:
        return StatementRow(
            key=row.key, code="", label=row.name(self.actor.language), style=row.style,
            level=row.level, amounts=amounts, budget=planned, sources=list(sources),
        )  # fmt: skip

    def _left_out(self) -> list[StatementRow]:
        """What stands in no row: nothing that was booked is ever missing from a statement."""
        rows = []
        sign = 1 if self.balance else -1
        for code, keys in self.places.items():
            amounts = self.net.get(code, self.nothing)
            if keys or not any(amounts):
                continue
            self.missing.append(code)
            name = next(each.name for each in self.accounts if each.code == code)
            row = LayoutRow("", name, name, level=1)
            rows.append(self._detail(row, code, name, [sign * each for each in amounts], []))
        if (
            self.balance
            and any(self.results)
            and not any(RESULT in r.accounts for r in self.layout)
        ):
            self.missing.append(RESULT)
            rows.append(self._result(LayoutRow("", "", ""), list(self.results)))
        if not rows:
            return []
        words = in_words(self.actor, _("In no row of this layout"))
        head = LayoutRow("", words, words, style="heading", level=0)
        return [self._made(head, [], []), *rows]


def _plus(one: Sequence[int], other: Sequence[int]) -> Amounts:
    return [a + b for a, b in zip(one, other, strict=True)]


def _only_group(row: LayoutRow) -> str:
    """The group that a row is made of, when it is that alone."""
    groups = [each for each in row.accounts if each != RESULT]
    if len(groups) == 1 and groups[0].startswith("group:") and RESULT not in row.accounts:
        return groups[0].removeprefix("group:")
    return ""
