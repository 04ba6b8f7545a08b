"""Statements over many columns and by the company's own layouts, and the cash flow, as pages."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.budgets.plan import PERMISSION as BUDGETS
from kantoor.departments.finance.queries.reporting.cash_flow import Method, cash_flow
from kantoor.departments.finance.queries.reporting.columns import Across
from kantoor.departments.finance.queries.reporting.layout_register import (
    LayoutInfo,
    report_layouts,
)
from kantoor.departments.finance.queries.reporting.statement import (
    Statement,
    StatementKind,
    StatementRow,
    statement,
)
from kantoor.departments.finance.web.figures import account_url, money, sourced
from kantoor.departments.finance.web.spans import year_in_use
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.report_view import Option, Report, ReportView, Span
from kantoor.kernel.ui.cells import Money
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, RowKind, Verdict

ACROSS: dict[str, object] = {
    "month": _("Month by month"),
    "quarter": _("Quarter by quarter"),
    "year": _("Year by year"),
    "years_before": _("Beside three years before"),
    "whole": _("In one column"),
}
KINDS: dict[str, RowKind] = {
    "heading": "heading",
    "line": "line",
    "subtotal": "subtotal",
    "total": "total",
}


def _layouts(kind: StatementKind):  # type: ignore[no-untyped-def]
    def names(actor: Actor) -> dict[str, object]:
        own = {each.code: each.name for each in report_layouts(actor, statement=kind)}
        return {"": _("Standard"), **own}

    return names


def _make(kind: StatementKind):  # type: ignore[no-untyped-def]
    def make(actor: Actor, span: Span, chosen: dict[str, str]) -> Report:
        across = chosen["across"]
        said: Across = "" if across == "whole" else across  # type: ignore[assignment]
        found = statement(
            actor,
            statement=kind,
            start=span.start,
            end=span.end,
            across=said,
            layout=chosen["layout"],
            budget=chosen.get("beside") == "budget",
        )
        beside = chosen.get("beside") == "budget"
        rows = [_row(actor, found, each, beside=beside) for each in found.rows]
        return Report(
            columns=_heads(found, beside=beside),
            rows=rows if any(each.amounts for each in found.rows) else [],
            verdict=_verdict(found),
        )

    return make


def _heads(found: Statement, *, beside: bool) -> list[ReportColumn]:
    """A column for each time, and behind each its budget and the difference where asked."""
    heads = []
    for each in found.columns:
        heads.append(ReportColumn(each.title))
        if beside:
            heads += [ReportColumn(gettext("Budget")), ReportColumn(gettext("Difference"))]
    return heads


def _row(actor: Actor, found: Statement, row: StatementRow, *, beside: bool) -> ReportRow:
    figures: list[Money | None] = []
    for place, minor in enumerate(row.amounts):
        if row.sources:
            figures.append(sourced(actor, minor, row.sources[place]))
        else:
            figures.append(money(actor, minor) if minor or row.style == "total" else None)
        if beside:
            planned = row.budget[place] if row.budget else 0
            figures += [
                money(actor, each) if each or row.style == "total" else None
                for each in (planned, minor - planned)
            ]
    return ReportRow(
        row.label,
        figures,
        code=row.code,
        url=account_url(row.code) if row.code else "",
        level=row.level,
        kind=KINDS[row.style],
    )


def _beside(actor: Actor) -> dict[str, object]:
    """Nothing, or the budget for who may see it."""
    return {"": _("Nothing"), "budget": _("Budget")} if actor.may(BUDGETS) else {}


def _verdict(found: Statement) -> Verdict:
    if found.missing:
        words = gettext("%(n)s accounts stand in no row of this layout")
        return Verdict(False, words % {"n": len(found.missing)})
    if found.twice:
        words = gettext("%(codes)s: in more than one row")
        return Verdict(False, words % {"codes": ", ".join(found.twice[:5])})
    return Verdict(True, gettext("Every account stands in it once"))


def make_cash_flow(actor: Actor, span: Span, chosen: dict[str, str]) -> Report:
    """Where money came from and went to, and the proof that it is what the accounts changed."""
    method: Method = "direct" if chosen["method"] == "direct" else "indirect"
    found = cash_flow(actor, start=span.start, end=span.end, method=method)
    rows = [ReportRow(gettext("Money at the start"), [money(actor, found.opening)], kind="total")]
    for part in found.parts:
        rows.append(ReportRow(part.label, kind="heading", level=1))
        rows += [
            ReportRow(
                each.label,
                [sourced(actor, each.amount, each.sources)],
                code=each.code,
                url=account_url(each.code) if each.code else "",
                level=2,
            )
            for each in part.rows
        ]
        label = gettext("Total %(group)s") % {"group": part.label.lower()}
        rows.append(ReportRow(label, [money(actor, part.amount)], kind="subtotal", level=1))
    rows.append(ReportRow(gettext("Change"), [money(actor, found.total)], kind="total"))
    rows.append(ReportRow(gettext("Money at the end"), [money(actor, found.closing)], kind="total"))
    good = found.total == found.change
    words = (
        gettext("Adds up to the change of the money accounts")
        if good
        else gettext("Differs from the money accounts")
    )
    return Report(
        columns=[ReportColumn(gettext("Amount"))],
        rows=rows if found.parts or found.opening else [],
        verdict=Verdict(good, words),
        has_codes=method == "direct",
    )


_METHODS: dict[str, object] = {
    "indirect": _("Indirect, from the result"),
    "direct": _("Direct, by what it was for"),
}

CASH_FLOW = ReportView(
    key="finance.cash_flow",
    title=_("Cash flow"),
    query=cash_flow,
    make=make_cash_flow,
    first_period=year_in_use,
    options=[Option("method", _("Method"), _METHODS)],
)
PROFIT_OVER_TIME = ReportView(
    key="finance.profit_and_loss_over_time",
    title=_("Profit and loss over time"),
    query=statement,
    make=_make("profit_and_loss"),
    first_period=year_in_use,
    options=[
        Option("across", _("Columns"), ACROSS),
        Option("layout", _("Layout"), _layouts("profit_and_loss")),
        Option("beside", _("Beside"), _beside),
    ],
)
BALANCE_OVER_TIME = ReportView(
    key="finance.balance_sheet_over_time",
    title=_("Balance sheet over time"),
    query=statement,
    make=_make("balance_sheet"),
    first_period=year_in_use,
    options=[
        Option("across", _("Columns"), ACROSS),
        Option("layout", _("Layout"), _layouts("balance_sheet")),
    ],
)

STATEMENT_NAMES = {
    "balance_sheet": _("Balance sheet"),
    "profit_and_loss": _("Profit and loss account"),
}


def _over_time(row: LayoutInfo) -> str:
    view = BALANCE_OVER_TIME if row.statement == "balance_sheet" else PROFIT_OVER_TIME
    return f"{view.url}?layout={row.code}"


LAYOUTS = ListView(
    key="finance.report_layouts",
    title=_("Report layouts"),
    query=report_layouts,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="statement", title=_("Report"),
            value=lambda row: STATEMENT_NAMES[row.statement]),
        Col(key="version", title=_("Version"), kind="number"),
        Col(key="rows", title=_("Rows"), kind="number"),
    ],
    row_url=_over_time,
    new="finance.keep_layout",
    empty=Empty(
        _("No layouts of your own"),
        _("Balance sheet and profit and loss have a standard layout; a copy of it can be changed."),
    ),
)  # fmt: skip
