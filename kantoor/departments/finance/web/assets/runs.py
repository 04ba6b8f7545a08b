"""Depreciation runs as pages: what is due with the button that posts it, the list, and one run."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.assets.due import depreciation_due
from kantoor.departments.finance.queries.assets.runs import (
    DepreciationRunCard,
    depreciation_run,
    depreciation_runs,
    run_numbers,
)
from kantoor.departments.finance.web.assets.register import asset_url
from kantoor.departments.finance.web.figures import entry_url, money, money_alone
from kantoor.departments.finance.web.statements import last_day_in_use
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.listing import Empty as NoRows
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation, Total
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow


def run_url(number: str) -> str:
    """The page of a run."""
    return f"/finance/depreciation/{quote(number)}"


def make_due(actor: Actor, span: Span) -> Report:
    """What a run through the end of the period would post, with the button that posts it."""
    found = depreciation_due(actor, on=span.end)
    rows: list[ReportRow] = []
    for name in dict.fromkeys(row.category_name for row in found.rows):
        several = [row for row in found.rows if row.category_name == name]
        rows.append(ReportRow(name, kind="heading"))
        rows += [
            ReportRow(
                row.name,
                [money(actor, row.book_value), money(actor, row.amount), money(actor, row.after)],
                code=row.asset,
                url=asset_url(row.asset),
                level=1,
            )
            for row in several
        ]
    if found.rows:
        sums = [
            sum(getattr(row, key) for row in found.rows)
            for key in ("book_value", "amount", "after")
        ]
        rows.append(
            ReportRow(gettext("Total"), [money(actor, each) for each in sums], kind="total")
        )
    act = act_for(
        actor,
        "finance.post_depreciation",
        label=_("Post depreciation"),
        key="p",
        icon="check",
        at_once=True,
        on=found.on,
    )
    return Report(
        columns=[
            ReportColumn(gettext("Book value")),
            ReportColumn(gettext("Depreciation")),
            ReportColumn(gettext("Book value after it")),
        ],
        rows=rows,
        subtitle=gettext("As a run through %(day)s would post it; nothing is posted yet.")
        % {"day": day(found.on)},
        main_action=act if found.rows else None,
        empty=NoRows(
            gettext("Nothing is due"),
            gettext("All assets are depreciated through this day."),
            icon="check",
        ),
    )


DUE = ReportView(
    key="finance.depreciation_due",
    title=_("Depreciation due"),
    query=depreciation_due,
    make=make_due,
    first_period=last_day_in_use,
    at_end=True,
    in_menu=False,
)


def _more(actor: Actor) -> Sequence[Act | None]:
    return [Act(gettext("Asset categories"), "/finance/asset-categories", icon="tags")]


RUNS = ListView(
    key="finance.depreciation",
    title=_("Depreciation"),
    query=depreciation_runs,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(key="period", title=_("Period"), phone="title"),
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="assets", title=_("Assets"), kind="number"),
        Col(
            key="undone",
            title=_("Taken back by"),
            kind="link",
            value=lambda row: row.reversed_by or None,
            url=lambda row: run_url(row.reversed_by),
        ),
        Col(key="amount", title=_("Amount"), kind="money", phone="figure"),
    ],
    sort="-date",
    row_url=lambda row: run_url(row.number),
    muted=lambda row: bool(row.reverses or row.reversed_by),
    main=lambda actor: Act(gettext("See what is due"), DUE.url, key="n", icon="list-check"),
    more=_more,
    empty=Empty(
        _("Nothing was depreciated yet"),
        _("See what is due, and post it for all assets at once."),
        icon="trending-down",
        act=lambda actor: Act(gettext("See what is due"), DUE.url, icon="list-check"),
    ),
)


def show(actor: Actor, card: DepreciationRunCard) -> Thing:
    """A run: what it did to each asset, its entries, and how it is taken back."""
    run = card.run
    state = Status("posted", gettext("Posted"), "good")
    if run.reversed_by or run.reverses:
        state = Status("undone", gettext("Taken back"), "quiet")
    back = None
    if not run.reverses and not run.reversed_by:
        back = act_for(
            actor,
            "finance.reverse_depreciation",
            label=_("Take it back"),
            icon="arrow-back-up",
            hint=_("Its entries are reversed; then it can be posted anew."),
            run=run.number,
            back=run_url(run.number),
        )
    pairs = [(gettext("Takes back"), run.reverses), (gettext("Taken back by"), run.reversed_by)]
    found = [Relation(title, [Related(Link(n, run_url(n)))]) for title, n in pairs if n]
    entries = [Related(Link(number, entry_url(number))) for number in card.entries]
    return Thing(
        title=f"{run.number} · {run.period}",
        row=card.id,
        state=state,
        note=card.why,
        facts=[
            Fact(gettext("Period"), run.period),
            Fact(gettext("Date"), run.date),
            Fact(gettext("Assets"), run.assets),
            Fact(gettext("Amount"), money_alone(actor, run.amount)),
        ],
        document=_document(actor, card),
        relations=[Relation(gettext("Booked as"), entries), *found],
        steps=acts(back),
    )


def _document(actor: Actor, card: DepreciationRunCard) -> Document:
    left = card.run.assets - len(card.lines)
    return Document(
        columns=[
            Column("asset", gettext("Fixed asset"), "link", phone="title"),
            Column("category", gettext("Category"), phone="meta"),
            Column("entry", gettext("Entry"), "link"),
            Column("amount", gettext("Amount"), "money", currency=actor.currency, phone="figure"),
        ],
        lines=[
            Row(
                each.asset,
                {
                    "asset": Link(f"{each.asset} {each.name}", asset_url(each.asset)),
                    "category": each.category,
                    "entry": Link(each.entry, entry_url(each.entry)) if each.entry else None,
                    "amount": money(actor, each.amount),
                },
            )
            for each in card.lines
        ],
        totals=[Total(gettext("Total"), money(actor, card.run.amount), strong=True)],
        note=gettext("And %(n)s more assets.") % {"n": left} if left > 0 else "",
    )


RUN = RecordView(
    key="finance.depreciation",
    title=_("Depreciation run"),
    kind="finance.depreciation_run",
    path="<str:number>",
    find=depreciation_run,
    show=show,
)


@page_of("finance.depreciation_run", title=_("Depreciation run"))
def run_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of runs by their keys."""
    if not actor.may("finance.read_assets"):
        return {}
    found = run_numbers(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(number, run_url(number)) for key, number in found.items()}
