"""The balance sheet and the profit and loss account as pages, each beside the year before."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.balance_sheet import balance_sheet
from kantoor.departments.finance.queries.calendar import last_booked, year_start
from kantoor.departments.finance.queries.profit_and_loss import profit_and_loss
from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.queries.statement_rows import StatementGroup, StatementLine
from kantoor.departments.finance.web.figures import account_url, money, sourced, url_of
from kantoor.departments.finance.web.spans import a_year_before, year_in_use
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, Verdict

Before = tuple[date | None, date]
"""The days of the column that is compared with: none at the start is from the beginning."""


def _earlier(sources: Sources, before: Before) -> Sources:
    """The lines behind the same figure in the column beside it."""
    return msgspec.structs.replace(sources, start=before[0], end=before[1])


def _group_rows(actor: Actor, group: StatementGroup, before: Before) -> list[ReportRow]:
    rows: list[ReportRow] = []
    if group.lines:
        rows.append(ReportRow(group.name, kind="heading", level=1))
        rows += [_line(actor, each, before) for each in group.lines]
        if len(group.lines) > 1:
            sums = [
                sourced(actor, group.amount, group.sources),
                sourced(actor, group.previous or 0, _earlier(group.sources, before)),
            ]
            label = gettext("Total %(group)s") % {"group": group.name.lower()}
            rows.append(ReportRow(label, sums, level=1, kind="subtotal"))
    if group.subtotal is not None:
        total = group.subtotal
        figures = [money(actor, total.amount), money(actor, total.previous or 0)]
        rows.append(ReportRow(total.name, figures, kind="total"))
    return rows


def _line(actor: Actor, line: StatementLine, before: Before) -> ReportRow:
    then = line.sources if not line.code else _earlier(line.sources, before)
    return ReportRow(
        line.name,
        [
            sourced(actor, line.amount, line.sources),
            sourced(actor, line.previous or 0, then),
        ],
        code=line.code,
        url=account_url(line.code) if line.code else url_of(line.sources),
        level=2,
    )


def _all_rows(
    actor: Actor, groups: Sequence[StatementGroup], before: Before, sides: dict[str, str]
) -> list[ReportRow]:
    rows: list[ReportRow] = []
    side = ""
    for group in groups:
        if group.side != side and group.side in sides:
            rows.append(ReportRow(sides[group.side], kind="heading"))
        side = group.side
        rows += _group_rows(actor, group, before)
    return rows


def make_balance_sheet(actor: Actor, span: Span) -> Report:
    """What the company has and owes on a day, beside the end of the fiscal year before."""
    before = year_start(actor.company_id, span.end) - timedelta(days=1)
    found = balance_sheet(actor, on=span.end, compare_on=before)
    sides = {
        "assets": gettext("Assets"),
        "equity_and_liabilities": gettext("Equity and liabilities"),
    }
    good = found.assets == found.equity_and_liabilities
    proof = gettext("Both sides are equal") if good else gettext("Out of balance")
    return Report(
        columns=[ReportColumn(day(span.end)), ReportColumn(day(before))],
        rows=_all_rows(actor, found.groups, (None, before), sides),
        verdict=Verdict(good, proof),
        has_codes=True,
    )


def make_profit_and_loss(actor: Actor, span: Span) -> Report:
    """What was earned and spent in the period, beside the same days a year before."""
    found = profit_and_loss(actor, start=span.start, end=span.end, compare="previous_year")
    then = a_year_before(span)
    if found.compare_start and found.compare_end:
        then = Span(found.compare_start, found.compare_end)
    rows = _all_rows(actor, found.groups, (then.start, then.end), {})
    return Report(
        columns=[ReportColumn(_named(span)), ReportColumn(_named(then))],
        rows=rows if any(group.lines for group in found.groups) else [],
        has_codes=True,
    )


def _named(span: Span) -> str:
    """A period in few words: the year when it is one."""
    year = span.start.year
    if span.start == date(year, 1, 1) and span.end == date(year, 12, 31):
        return str(year)
    return f"{day(span.start)} – {day(span.end)}"


def last_day_in_use(actor: Actor) -> Span | None:
    """The last day that was booked on, so that a new balance sheet is that of now."""
    last = last_booked(actor.company_id)
    return Span(year_start(actor.company_id, last), last) if last else None


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
)
