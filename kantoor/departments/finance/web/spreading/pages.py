"""What is spread over time, as pages: the list, one spread, what is due, the runs, accruals."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.spreading.due import spreads_due
from kantoor.departments.finance.queries.spreading.register import (
    SpreadCard,
    accruals,
    spread_card,
    spread_numbers,
    spread_runs,
    spreads,
)
from kantoor.departments.finance.web.figures import account_url, entry_url, money, money_alone
from kantoor.departments.finance.web.statements import last_day_in_use
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import links, page_of, title_of_kind
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.formats import day
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.listing import Empty as NoRows
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation, Total
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow

KINDS = {"prepaid": _("Prepaid costs"), "deferred_income": _("Deferred income")}
STEPS = {"month": _("by month"), "day": _("by day"), "custom": _("by hand")}
STATES: States = {"open": (_("Open"), "info"), "done": (_("Spread"), "quiet")}
ACCRUALS_STATES: States = {
    "waiting": (_("Waits for its invoice"), "wait"),
    "reversed": (_("Reversed"), "quiet"),
}


def spread_url(number: str) -> str:
    """The page of a spread."""
    return f"/finance/spreads/{quote(number)}"


def _more(_actor: Actor) -> Sequence[Act | None]:
    return [
        Act(gettext("What is due"), DUE.url, icon="list-check"),
        Act(gettext("Runs"), RUNS.url, icon="history"),
    ]


SPREADS = ListView(
    key="finance.spreads",
    title=_("Prepaid and deferred"),
    query=spreads,
    columns=[
        Col(key="number", title=_("Number"), phone="meta"),
        Col(key="text", title=_("Description"), phone="title"),
        Col(key="kind", title=_("Kind"), value=lambda row: KINDS[row.kind]),
        Col(key="starts_on", title=_("From"), kind="date", phone="meta"),
        Col(key="ends_on", title=_("To"), kind="date"),
        Col(
            key="balance_account",
            title=_("On the balance sheet"),
            kind="link",
            url=lambda row: account_url(row.balance_account),
            default=False,
        ),
        Col(
            key="result_account",
            title=_("In the result"),
            kind="link",
            url=lambda row: account_url(row.result_account),
        ),
        Col(key="until", title=_("Posted through"), kind="date", default=False),
        Col(key="state", title=_("State"), kind="status", states=STATES),
        Col(key="amount", title=_("Amount"), kind="money"),
        Col(key="left", title=_("Left"), kind="money", phone="figure"),
    ],
    narrows=[Narrow(key="kind", title=_("Kind"), choices=KINDS)],
    tabs=[
        Tab(_("Open"), {"state": "open"}),
        Tab(_("All")),
        Tab(_("Spread"), {"state": "done"}),
    ],
    row_key="number",
    row_url=lambda row: spread_url(row.number),
    muted=lambda row: row.state == "done",
    new="finance.spread_one",
    more=_more,
    search_hint=_("Number or description"),
    empty=Empty(
        _("Nothing is spread"),
        _("Spread a bill for a whole year over its months: insurance, licences, subscriptions."),
        icon="calendar",
    ),
)


def show(actor: Actor, card: SpreadCard) -> Thing:
    """A spread with its months, and how it is changed."""
    row = card.spread
    word, tone = STATES[row.state]
    change = None
    if row.left:
        change = act_for(
            actor,
            "finance.change_spread",
            label=_("Change or end it"),
            icon="calendar",
            hint=_("What is left is spread anew; what is posted stays."),
            values={"spread": row.number, "ends_on": row.ends_on},
            back=spread_url(row.number),
        )
    relations: list[Relation] = []
    if card.origin and (page := links(actor, [card.origin]).get(card.origin)):
        kind = title_of_kind(card.origin.partition("/")[0])
        relations.append(Relation(gettext("Comes from"), [Related(page, kind)]))
    if card.entry:
        booked = Related(Link(card.entry, entry_url(card.entry)))
        relations.append(Relation(gettext("Booked as"), [booked]))
    return Thing(
        title=f"{row.number} {row.text}",
        row=card.id,
        state=Status(row.state, str(word), tone),
        note=" · ".join(card.changes),
        facts=[
            Fact(gettext("Kind"), str(KINDS[row.kind])),
            Fact(gettext("Amount"), money_alone(actor, row.amount)),
            Fact(gettext("Left"), money_alone(actor, row.left)),
            Fact(gettext("From"), row.starts_on),
            Fact(gettext("To"), row.ends_on),
            Fact(gettext("Spread"), str(STEPS[row.step])),
            Fact(
                gettext("On the balance sheet"),
                Link(row.balance_account, account_url(row.balance_account)),
            ),
            Fact(
                gettext("In the result"), Link(row.result_account, account_url(row.result_account))
            ),
        ],
        document=_plan(actor, card),
        relations=relations,
        steps=[change],
    )


def _plan(actor: Actor, card: SpreadCard) -> Document:
    return Document(
        columns=[
            Column("from", gettext("From"), "date", phone="title"),
            Column("to", gettext("To"), "date", phone="meta"),
            Column("state", gettext("State"), "status"),
            Column("amount", gettext("Amount"), "money", currency=actor.currency, phone="figure"),
        ],
        lines=[
            Row(
                str(place),
                {
                    "from": each.starts_on,
                    "to": each.ends_on,
                    "state": Status("posted", gettext("Posted"), "good")
                    if each.posted
                    else Status("planned", gettext("To come"), "quiet"),
                    "amount": money(actor, each.amount),
                },
                muted=each.posted,
            )
            for place, each in enumerate(card.periods)
        ],
        totals=[Total(gettext("Left"), money(actor, card.spread.left), strong=True)],
    )


SPREAD = RecordView(
    key="finance.spreads",
    title=_("Spread cost or income"),
    kind="finance.spread",
    path="<str:number>",
    find=spread_card,
    show=show,
)


def make_due(actor: Actor, span: Span) -> Report:
    """What a run through the end of the period would post, with the button that posts it."""
    found = spreads_due(actor, on=span.end)
    rows: list[ReportRow] = []
    for kind, name in KINDS.items():
        several = [row for row in found.rows if row.kind == kind]
        if not several:
            continue
        rows.append(ReportRow(str(name), kind="heading"))
        rows += [
            ReportRow(
                row.text,
                [money(actor, row.left), money(actor, row.amount), money(actor, row.after)],
                code=row.spread,
                url=spread_url(row.spread),
                level=1,
            )
            for row in several
        ]
        sums = [sum(getattr(row, key) for row in several) for key in ("left", "amount", "after")]
        label = gettext("Total %(group)s") % {"group": str(name).lower()}
        rows.append(ReportRow(label, [money(actor, each) for each in sums], kind="subtotal"))
    act = act_for(
        actor, "finance.post_spreads", label=_("Post what is spread"), key="p", icon="check",
        at_once=True, on=found.on,
    )  # fmt: skip
    return Report(
        columns=[
            ReportColumn(gettext("Left")),
            ReportColumn(gettext("Now")),
            ReportColumn(gettext("Left after it")),
        ],
        rows=rows,
        subtitle=gettext("As a run through %(day)s would post it; nothing is posted yet.")
        % {"day": day(found.on)},
        main_action=act if found.rows else None,
        empty=NoRows(
            gettext("Nothing is due"),
            gettext("Everything that is spread is posted through this day."),
            icon="check",
        ),
    )


DUE = ReportView(
    key="finance.spreads_due",
    title=_("What is to be spread"),
    query=spreads_due,
    make=make_due,
    first_period=last_day_in_use,
    at_end=True,
    in_menu=False,
)
RUNS = ListView(
    key="finance.spread_runs",
    title=_("Runs of spreads"),
    query=spread_runs,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="title"),
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="spreads", title=_("Spreads"), kind="number", phone="figure"),
        Col(key="entry", title=_("Entry"), kind="link", url=lambda row: entry_url(row.entry)),
        Col(key="reverses", title=_("Takes back")),
        Col(key="reversed_by", title=_("Taken back by")),
    ],
    sort="-date",
    row_url=lambda row: entry_url(row.entry),
    muted=lambda row: bool(row.reverses or row.reversed_by),
    main=lambda actor: Act(gettext("See what is due"), DUE.url, key="n", icon="list-check"),
    more=lambda actor: [act_for(actor, "finance.reverse_spreads", icon="arrow-back-up")],
    empty=Empty(
        _("Nothing was posted yet"),
        _("See what is due, and post it for all spreads at once."),
        icon="history",
        act=lambda actor: Act(gettext("See what is due"), DUE.url, icon="list-check"),
    ),
    in_menu=False,
)
ACCRUALS = ListView(
    key="finance.accruals",
    title=_("Accruals"),
    query=accruals,
    columns=[
        Col(key="number", title=_("Number"), sort=True, phone="meta"),
        Col(key="text", title=_("Description"), phone="title"),
        Col(
            key="kind",
            title=_("Kind"),
            value=lambda row: _("Costs") if row.kind == "cost" else _("Income"),
        ),
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="reversed_on", title=_("Reversed on"), kind="date"),
        Col(
            key="result_account",
            title=_("In the result"),
            kind="link",
            url=lambda row: account_url(row.result_account),
        ),
        Col(key="state", title=_("State"), kind="status", states=ACCRUALS_STATES),
        Col(key="amount", title=_("Amount"), kind="money", sort=True, phone="figure"),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("Waiting"), {"state": "waiting"}),
        Tab(_("Reversed"), {"state": "reversed"}),
    ],
    sort="-date",
    row_url=lambda row: entry_url(row.entry),
    muted=lambda row: row.state == "reversed",
    new="finance.accrue_one",
    more=lambda actor: [act_for(actor, "finance.reverse_accrual", icon="arrow-back-up")],
    empty=Empty(
        _("Nothing is accrued"),
        _("Book a cost in the period it belongs to while its invoice is still to come."),
        icon="hourglass",
    ),
)


@page_of("finance.spread", title=_("Spread cost or income"))
def spread_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of spreads by their keys."""
    if not actor.may("finance.read_ledger"):
        return {}
    found = spread_numbers(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(number, spread_url(number)) for key, number in found.items()}
