"""The balance sheet and the profit and loss account as pages, each beside the year before."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import DAY, months_before
from kantoor.departments.finance.queries.balance_sheet import balance_sheet
from kantoor.departments.finance.queries.budgets.plan import PERMISSION as BUDGETS
from kantoor.departments.finance.queries.calendar import last_booked, year_start
from kantoor.departments.finance.queries.profit_and_loss import Compare, profit_and_loss
from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.queries.statement_rows import StatementGroup, StatementLine
from kantoor.departments.finance.web.figures import (
    account_url,
    money,
    percent,
    sourced,
    url_of,
)
from kantoor.departments.finance.web.spans import a_year_before, year_in_use
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.report_view import Option, Report, ReportView, Span
from kantoor.kernel.ui.cells import Money
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, Verdict

BESIDE: dict[str, object] = {
    "previous_year": _("A year before"),
    "previous_period": _("The time before"),
    "budget": _("Budget"),
}
Before = tuple[date | None, date]
"""The days of the column that is compared with: none at the start is from the beginning."""


def _earlier(sources: Sources, before: Before) -> Sources:
    """The lines behind the same figure in the column beside it."""
    return msgspec.structs.replace(sources, start=before[0], end=before[1])


class _Rows:
    """The rows of a statement as they are built up, group by group.

    `columns` 1 is the amounts alone; 2 also what they are compared with; 4 the difference too, as
    beside a budget, whose amounts have no lines to open.
    """

    def __init__(self, actor: Actor, before: Before, columns: int) -> None:
        self.actor, self.before, self.columns = actor, before, columns
        self.rows: list[ReportRow] = []

    def _figures(
        self, amount: int, previous: int | None, sources: Sources | None, earlier: Sources | None
    ) -> list[Money | None]:
        """The figure of a row, and those beside it where there are columns for them."""
        actor, other = self.actor, previous or 0
        budget = self.columns == 4
        figures = [
            sourced(actor, amount, sources) if sources else money(actor, amount),
            sourced(actor, other, earlier) if earlier and not budget else money(actor, other),
        ]
        if budget:
            figures += [money(actor, amount - other), percent(amount - other, other)]
        return figures[: self.columns]

    def add(self, group: StatementGroup, last: bool) -> None:
        """A group with its accounts; a running total only where something stands above it."""
        if group.lines:
            self.rows.append(ReportRow(group.name, kind="heading", level=1))
            self.rows += [self._line(each) for each in group.lines]
            if len(group.lines) > 1:
                self._sum(group)
        total = group.subtotal
        if total is None or not (last or (self.rows and self.rows[-1].kind != "total")):
            return
        figures = self._figures(total.amount, total.previous, None, None)
        self.rows.append(ReportRow(total.name, figures, kind="total"))

    def _sum(self, group: StatementGroup) -> None:
        label = gettext("Total %(group)s") % {"group": group.name.lower()}
        earlier = _earlier(group.sources, self.before)
        figures = self._figures(group.amount, group.previous, group.sources, earlier)
        self.rows.append(ReportRow(label, figures, level=1, kind="subtotal"))

    def _line(self, line: StatementLine) -> ReportRow:
        earlier = _earlier(line.sources, self.before) if line.code else line.sources
        return ReportRow(
            line.name,
            self._figures(line.amount, line.previous, line.sources, earlier),
            code=line.code,
            url=account_url(line.code) if line.code else url_of(line.sources),
            level=2,
        )


def _all_rows(
    actor: Actor,
    groups: Sequence[StatementGroup],
    before: Before,
    columns: int,
    sides: dict[str, str],
) -> list[ReportRow]:
    built = _Rows(actor, before, columns)
    side = ""
    with_total = [group.code for group in groups if group.subtotal is not None]
    for group in groups:
        if group.side != side and group.side in sides:
            built.rows.append(ReportRow(sides[group.side], kind="heading"))
        side = group.side
        built.add(group, last=bool(sides) or group.code == with_total[-1])
    return built.rows


def _compares(groups: Sequence[StatementGroup]) -> int:
    """How many columns there are: two where anything stood in the time that is compared with."""
    return 2 if any(line.previous for group in groups for line in group.lines) else 1


def make_balance_sheet(actor: Actor, span: Span) -> Report:
    """What the company has and owes on a day, beside the end of the fiscal year before."""
    before = year_start(actor.company_id, span.end) - timedelta(days=1)
    found = balance_sheet(actor, on=span.end, compare_on=before)
    sides = {
        "assets": gettext("Assets"),
        "equity_and_liabilities": gettext("Equity and liabilities"),
    }
    columns = _compares(found.groups)
    good = found.assets == found.equity_and_liabilities
    proof = gettext("Both sides are equal") if good else gettext("Out of balance")
    return Report(
        columns=[ReportColumn(day(span.end)), ReportColumn(day(before))][:columns],
        rows=_all_rows(actor, found.groups, (None, before), columns, sides),
        verdict=Verdict(good, proof),
        has_codes=True,
    )


def make_profit_and_loss(actor: Actor, span: Span, chosen: dict[str, str]) -> Report:
    """What was earned and spent, beside an earlier time or the budget, as was chosen."""
    beside: Compare = chosen["beside"]  # type: ignore[assignment]
    found = profit_and_loss(actor, start=span.start, end=span.end, compare=beside)
    then = a_year_before(span)
    if found.compare_start and found.compare_end:
        then = Span(found.compare_start, found.compare_end)
    heads = [ReportColumn(_named(span)), ReportColumn(_named(then))]
    columns = _compares(found.groups)
    if beside == "budget":
        columns = 4
        heads = [
            ReportColumn(gettext("Actual")),
            ReportColumn(gettext("Budget")),
            ReportColumn(gettext("Difference")),
            ReportColumn("%"),
        ]
    rows = _all_rows(actor, found.groups, (then.start, then.end), columns, {})
    return Report(
        columns=heads[:columns],
        rows=rows if any(group.lines for group in found.groups) else [],
        has_codes=True,
    )


def _beside(actor: Actor) -> dict[str, object]:
    """What the profit and loss account may be put beside."""
    values = dict(BESIDE)
    if not actor.may(BUDGETS):
        del values["budget"]
    return values


def _named(span: Span) -> str:
    """A period in few words: the year when it is one."""
    year = span.start.year
    if span.start == date(year, 1, 1) and span.end == date(year, 12, 31):
        return str(year)
    return f"{day(span.start)} – {day(span.end)}"


def last_day_in_use(actor: Actor) -> Span | None:
    """The end of the last month that was booked in, so that a new balance sheet is that of now."""
    last = last_booked(actor.company_id)
    if last is None:
        return None
    end = months_before(last.replace(day=1), -1) - DAY
    return Span(year_start(actor.company_id, last), end)


BALANCE_SHEET = ReportView(
    key="finance.balance_sheet",
    title=_("Balance sheet"),
    query=balance_sheet,
    make=make_balance_sheet,
    first_period=last_day_in_use,
    at_end=True,
)
PROFIT_AND_LOSS = ReportView(
    key="finance.profit_and_loss",
    title=_("Profit and loss account"),
    query=profit_and_loss,
    make=make_profit_and_loss,
    first_period=year_in_use,
    options=[Option("beside", _("Beside"), _beside)],
)
