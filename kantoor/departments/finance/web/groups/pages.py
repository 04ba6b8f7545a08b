"""Affiliates, what they booked with this company, and consolidated statements."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.days import today_of
from kantoor.departments.finance.queries.groups.consolidation import (
    Consolidation,
    GroupLine,
    company_groups,
    consolidated_statements,
)
from kantoor.departments.finance.queries.groups.mirrors import MirrorRow, affiliates, mirrors
from kantoor.departments.finance.web.figures import account_url, entry_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.report_view import Report, ReportView, Span
from kantoor.kernel.ui.cells import Money
from kantoor.kernel.ui.listing import Empty as NoRows
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, Verdict

STATES: States = {
    "waiting": (_("Waits"), "wait"),
    "booked": (_("Booked"), "good"),
    "refused": (_("Refused"), "bad"),
    "withdrawn": (_("Withdrawn"), "quiet"),
}


def _opens(row: MirrorRow) -> str:
    if row.state == "waiting":
        return url_of_action("finance.accept_mirror", {"mirror": row.id})
    return entry_url(row.entry) if row.entry else ""


MIRRORS = ListView(
    key="finance.mirrors",
    title=_("From affiliates"),
    query=mirrors,
    columns=[
        Col(key="number", title=_("Document"), phone="title"),
        Col(
            key="party",
            title=_("Company"),
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
            phone="meta",
        ),
        Col(key="date", title=_("Date"), kind="date", sort=True, phone="meta"),
        Col(key="state", title=_("State"), kind="status", states=STATES),
        Col(
            key="amount",
            title=_("They are owed"),
            kind="money",
            currency="currency",
            sort=True,
            phone="figure",
        ),
        Col(key="why", title=_("Why"), default=False),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={name: word for name, (word, _tone) in STATES.items()},
        )
    ],
    tabs=[Tab(_("All")), Tab(_("To accept"), {"state": "waiting"})],
    sort="-date",
    row_url=_opens,
    empty=Empty(
        _("Nothing came from affiliates yet"),
        _("What another of your companies books with this one comes in here."),
        icon="building",
    ),
)
AFFILIATES = ListView(
    key="finance.affiliates",
    title=_("Affiliated companies"),
    query=affiliates,
    columns=[
        Col(key="company", title=_("Company"), phone="title"),
        Col(key="party", title=_("Code"), phone="meta"),
        Col(
            key="account",
            title=_("Booked to"),
            kind="link",
            url=lambda row: account_url(row.account),
        ),
        Col(key="at_once", title=_("At once"), value=lambda row: _("Yes") if row.at_once else ""),
        Col(
            key="mutual",
            title=_("Said by both"),
            value=lambda row: _("Yes") if row.mutual else _("Not yet"),
        ),
    ],
    new="finance.relate_company",
    row_key="party",
    empty=Empty(
        _("No affiliated companies yet"),
        _("Say which customers and suppliers are companies of your own."),
        icon="building",
    ),
)


def make_consolidation(actor: Actor, span: Span) -> Report:
    """The first group of this company, at the end of the span: by member, eliminated, and in all."""
    groups = company_groups(actor)
    if not groups:
        words = gettext("Make a group first: say which companies belong to it.")
        return Report(columns=[], rows=[], empty=NoRows(gettext("No group yet"), words))
    try:
        found = consolidated_statements(actor, group=groups[0].code, on=span.end)
    except NotAllowed as refusal:
        return Report(columns=[], rows=[], empty=NoRows(groups[0].name, str(refusal.message)))
    heads = [*found.companies, gettext("Eliminated"), found.name]
    rows = [
        *_rows(
            found,
            [each for each in found.balance_sheet if each.side == "assets"],
            gettext("Assets"),
        ),
        *_rows(
            found,
            [each for each in found.balance_sheet if each.side != "assets"],
            gettext("Equity and liabilities"),
        ),
        *_rows(found, found.profit_and_loss, gettext("Result")),
    ]
    good = found.assets == found.equity_and_liabilities and not found.unmatched
    words = gettext("Both sides are equal, and members agree")
    if found.unmatched:
        words = gettext("Members do not agree on what they have with each other")
    return Report(
        columns=[ReportColumn(each, found.currency) for each in heads],
        rows=rows,
        verdict=Verdict(good, words),
        has_codes=True,
    )


def _rows(found: Consolidation, lines: Sequence[GroupLine], title: str) -> list[ReportRow]:
    """A statement: each group with its figures, and below it the accounts of the members."""
    rows = [ReportRow(title, kind="heading")]
    for line in lines:
        figures = [*line.members, line.eliminated, line.total]
        rows.append(ReportRow(line.name, _figures(found, figures), level=1, kind="subtotal"))
        for account in line.accounts:
            place = found.companies.index(account.company)
            cells = [0] * (len(found.companies) + 2)
            cells[place] = account.amount
            rows.append(ReportRow(account.name, _figures(found, cells), code=account.code, level=2))
    totals = [sum(each.members[place] for each in lines) for place in range(len(found.companies))]
    totals += [sum(each.eliminated for each in lines), sum(each.total for each in lines)]
    label = gettext("Total %(group)s") % {"group": title.lower()}
    return [*rows, ReportRow(label, _figures(found, totals), kind="total")]


def _figures(found: Consolidation, amounts: Sequence[int]) -> list[Money | None]:
    places = exponent(found.currency)
    return [Money(minor, places) if minor else None for minor in amounts]


def this_year(actor: Actor) -> Span:
    """This year until today."""
    today = today_of(actor)
    return Span(today.replace(month=1, day=1), today)


CONSOLIDATION = ReportView(
    key="finance.consolidation",
    title=_("Consolidated statements"),
    query=consolidated_statements,
    make=make_consolidation,
    first_period=this_year,
    at_end=True,
)
