"""Budgets as pages: the list, one with its grid, and the comparison with what was booked."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.budgets.comparison import (
    ComparedRow,
    Comparison,
    budget_comparison,
)
from kantoor.departments.finance.queries.budgets.register import (
    BudgetCard,
    budget,
    budget_codes,
    budgets,
)
from kantoor.departments.finance.web.calendar import years_by_code
from kantoor.departments.finance.web.figures import (
    account_url,
    money,
    money_alone,
    percent,
    sourced,
)
from kantoor.departments.finance.web.spans import year_in_use
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.cells import Link, Money, Status
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.listing import Empty as NoRows
from kantoor.kernel.ui.record_page import Document, Fact, Total
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow

STATES: States = {"draft": (_("Draft"), "wait"), "approved": (_("Approved"), "good")}
CONTROLS = {
    "none": _("Let through"),
    "warn": _("Warn"),
    "block": _("Block"),
}
KEYS = {
    "periods": _("By period"),
    "even": _("Evenly"),
    "last_year": _("As last year"),
}
KINDS = {"income": _("Income"), "expense": _("Expenses")}


def budget_url(code: str) -> str:
    """The page of a budget."""
    return f"/finance/budgets/{quote(code)}"


BUDGETS = ListView(
    key="finance.budgets",
    title=_("Budgets"),
    query=budgets,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="year", title=_("Fiscal year"), phone="meta"),
        Col(key="version", title=_("Version"), kind="number"),
        Col(key="state", title=_("State"), kind="status", states=STATES),
        Col(key="control", title=_("Beyond it"), value=lambda row: CONTROLS[row.control]),
        Col(key="income", title=_("Income"), kind="money"),
        Col(key="expenses", title=_("Expenses"), kind="money"),
        Col(
            key="result",
            title=_("Result"),
            kind="money",
            value=lambda row: row.income - row.expenses,
            phone="figure",
        ),
    ],
    narrows=[Narrow(key="year", title=_("Fiscal year"), choices=years_by_code)],
    row_key="code",
    row_url=lambda row: budget_url(row.code),
    new="finance.add_budget",
    empty=Empty(
        _("No budgets yet"),
        _("Plan a year by account and period: type it, paste it, or let last year spread it."),
        icon="chart-bar",
    ),
)


def show(actor: Actor, card: BudgetCard) -> Thing:
    """A budget as a grid of accounts and periods, with what can be done next."""
    row = card.budget
    word, tone = STATES[row.state]
    back = budget_url(row.code)
    span = f"from={card.start}&to={card.end}"
    fill = approve = revise = None
    if row.state == "draft":
        fill = act_for(
            actor, "finance.set_budget_rows", label=_("Fill it in"), key="e", icon="table",
            budget=row.code, back=back,
        )  # fmt: skip
        paste = act_for(
            actor, "finance.import_budget", label=_("Import it"), icon="file-import",
            budget=row.code, back=back,
        )  # fmt: skip
        approve = act_for(
            actor, "finance.approve_budget", label=_("Approve"), icon="check", at_once=True,
            hint=_("Waits for a second person; then it counts, and is sealed."),
            budget=row.code, back=back,
        )  # fmt: skip
        approve = approve if card.lines else None
    else:
        paste = None
        revise = act_for(
            actor, "finance.revise_budget", label=_("Revise"), icon="pencil",
            hint=_("A new version with these rows; this one counts until it is approved."),
            budget=row.code, back=back,
        )  # fmt: skip
    return Thing(
        title=f"{row.code} {row.name}",
        row=card.id,
        state=Status(row.state, str(word), tone),
        note=" · ".join(card.versions),
        facts=[
            Fact(gettext("Fiscal year"), row.year),
            Fact(gettext("Version"), row.version),
            Fact(gettext("Beyond it"), str(CONTROLS[row.control])),
            Fact(gettext("Income"), money_alone(actor, row.income)),
            Fact(gettext("Expenses"), money_alone(actor, row.expenses)),
        ],
        document=_grid(actor, card),
        main_action=Act(
            gettext("Budget and actual"), f"{COMPARISON.url}?{span}", icon="chart-bar"
        ),
        steps=[fill, paste, approve, revise],
        more=[
            act_for(
                actor, "finance.control_budget", icon="shield", budget=row.code,
                control=row.control, back=back,
            )
        ],
    )  # fmt: skip


def _grid(actor: Actor, card: BudgetCard) -> Document:
    return Document(
        columns=[
            Column("account", gettext("Account"), "link", phone="title"),
            Column("dimension", gettext("Dimension"), phone="meta"),
            Column("total", gettext("Total"), "money", currency=actor.currency, phone="figure"),
            *(Column(f"p{name}", name, "money", phone="hidden") for name in card.periods),
        ],
        lines=[
            Row(
                str(place),
                {
                    "account": Link(f"{line.account} {line.name}", account_url(line.account)),
                    "dimension": line.dimension,
                    **{
                        f"p{name}": money(actor, amount) if amount else None
                        for name, amount in zip(card.periods, line.amounts, strict=True)
                    },
                    "total": money(actor, line.total),
                },
            )
            for place, line in enumerate(card.lines)
        ],
        totals=[
            Total(
                gettext("Result"),
                money(actor, card.budget.income - card.budget.expenses),
                strong=True,
            )
        ],
    )


BUDGET = RecordView(
    key="finance.budgets",
    title=_("Budget"),
    kind="finance.budget",
    path="<str:code>",
    find=budget,
    show=show,
)


def make_comparison(actor: Actor, span: Span) -> Report:
    """Income and expenses: budget, actual, the difference and last year."""
    found = budget_comparison(actor, start=span.start, end=span.end)
    rows: list[ReportRow] = []
    for kind, title in KINDS.items():
        rows += _kind(actor, str(title), [row for row in found.rows if row.kind == kind])
    others = [row for row in found.rows if row.kind not in KINDS]
    rows += _kind(actor, gettext("Other accounts"), others)
    if rows:
        rows.append(ReportRow(gettext("Result"), _result(actor, found), kind="total"))
    return Report(
        columns=[
            ReportColumn(gettext("Budget")),
            ReportColumn(gettext("Actual")),
            ReportColumn(gettext("Difference")),
            ReportColumn("%"),
            ReportColumn(gettext("Last year")),
        ],
        rows=rows,
        main_action=Act(gettext("Budgets"), BUDGETS.url, icon="chart-bar"),
        empty=NoRows(gettext("Nothing is planned or booked in this period"), icon="chart-bar"),
    )


def _kind(actor: Actor, title: str, several: Sequence[ComparedRow]) -> list[ReportRow]:
    if not several:
        return []
    sums = [
        sum(getattr(row, name) for row in several)
        for name in ("budget", "actual", "difference", "last_year")
    ]
    total = _figures(actor, sums[0], sums[1], sums[3])
    return [
        ReportRow(title, kind="heading"),
        *(
            ReportRow(
                row.name,
                [
                    money(actor, row.budget) if row.budget else None,
                    sourced(actor, row.actual, row.sources),
                    money(actor, row.difference) if row.difference else None,
                    percent(row.difference, row.budget),
                    money(actor, row.last_year) if row.last_year else None,
                ],
                code=row.account,
                url=account_url(row.account),
                level=1,
            )
            for row in several
        ),
        ReportRow(
            gettext("Total %(group)s") % {"group": title.lower()}, total, level=1, kind="subtotal"
        ),
    ]


def _figures(actor: Actor, planned: int, actual: int, before: int) -> list[Money | None]:
    return [
        money(actor, planned),
        money(actor, actual),
        money(actor, actual - planned),
        percent(actual - planned, planned),
        money(actor, before),
    ]


def _result(actor: Actor, found: Comparison) -> list[Money | None]:
    return _figures(actor, found.budget, found.actual, found.last_year)


COMPARISON = ReportView(
    key="finance.budget_comparison",
    title=_("Budget and actual"),
    query=budget_comparison,
    make=make_comparison,
    first_period=year_in_use,
)


@page_of("finance.budget", title=_("Budget"))
def budget_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of budgets by their keys."""
    if not actor.may("finance.read_budgets"):
        return {}
    found = budget_codes(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(code, budget_url(code)) for key, code in found.items()}
