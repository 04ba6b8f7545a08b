"""Consolidated statements of a group, whose figures open the ledgers of its companies."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.groups.consolidation import (
    Consolidation,
    GroupLine,
    MemberAccount,
    company_groups,
    consolidated_statements,
)
from kantoor.departments.finance.queries.groups.member_lines import MemberLine, member_lines
from kantoor.departments.finance.web.ledger import groups as parts
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.errors import DomainError
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.report_view import Option, Report, ReportView, Span
from kantoor.kernel.ui.cells import Link, Money
from kantoor.kernel.ui.listing import Empty as NoRows
from kantoor.kernel.ui.report_page import ReportColumn, ReportRow, Verdict

ACCOUNTS: dict[str, object] = {
    "rgs": _("By RGS code"),
    "company": _("By company"),
    "none": _("None"),
}


class _Merged(NamedTuple):
    """An account of the group: those of its members that are the same to it."""

    code: str
    name: str
    members: list[list[MemberAccount]]


def make_consolidation(actor: Actor, span: Span, chosen: dict[str, str]) -> Report:
    """The chosen group of this company at the end of the span: by member, eliminated, in all."""
    groups = {each.code: each.name for each in company_groups(actor)}
    if not groups:
        words = gettext("Make a group first: say which companies belong to it.")
        return Report(columns=[], rows=[], empty=NoRows(gettext("No group yet"), words))
    code = chosen["group"]
    try:
        found = consolidated_statements(actor, group=code, on=span.end)
    except DomainError as refusal:
        return Report(columns=[], rows=[], empty=NoRows(groups[code], str(refusal.message)))
    sheet = _Statement(found, chosen["accounts"], sheet=True)
    results = _Statement(found, chosen["accounts"], sheet=False)
    assets = [each for each in found.balance_sheet if each.side == "assets"]
    claims = [each for each in found.balance_sheet if each.side != "assets"]
    rows = [
        *sheet.rows(assets, gettext("Assets")),
        *sheet.rows(claims, gettext("Equity and liabilities")),
        *results.rows(found.profit_and_loss, gettext("Result")),
    ]
    good = found.assets == found.equity_and_liabilities and not found.unmatched
    words = gettext("Both sides are equal, and members agree")
    if found.unmatched:
        words = gettext("Members do not agree on what they have with each other")
    heads = [*found.companies, gettext("Eliminated"), found.name]
    return Report(
        columns=[ReportColumn(each, found.currency) for each in heads],
        rows=rows,
        verdict=Verdict(good, words),
        has_codes=True,
    )


class _Statement:
    """Rows of one statement; each figure of a company opens its ledger."""

    def __init__(self, found: Consolidation, accounts: str, *, sheet: bool) -> None:
        self.found, self.accounts, self.sheet = found, accounts, sheet
        self.places = exponent(found.currency)

    def rows(self, lines: Sequence[GroupLine], title: str) -> list[ReportRow]:
        """Each part with its figures, below it the accounts, and what it all adds up to."""
        rows = [ReportRow(title, kind="heading")]
        for line in lines:
            rows.append(ReportRow(line.name, self._part(line), level=1, kind="subtotal"))
            rows += [
                ReportRow(each.name, self._account(each), code=each.code, level=2)
                for each in self._merged(line.accounts)
            ]
        members = range(len(self.found.companies))
        totals = [sum(each.members[place] for each in lines) for place in members]
        totals += [sum(each.eliminated for each in lines), sum(each.total for each in lines)]
        label = gettext("Total %(group)s") % {"group": title.lower()}
        return [*rows, ReportRow(label, [self._money(each) for each in totals], kind="total")]

    def _part(self, line: GroupLine) -> list[Money | None]:
        figures = [
            self._money(minor, self._opens(place, part=line.code) if line.code else "")
            for place, minor in enumerate(line.members)
        ]
        return [*figures, self._money(line.eliminated), self._money(line.total)]

    def _account(self, merged: _Merged) -> list[Money | None]:
        figures: list[Money | None] = []
        for place, several in enumerate(merged.members):
            # Several accounts of one company have no ledger of their own.
            url = self._opens(place, account=several[0].code) if len(several) == 1 else ""
            figures.append(self._money(sum(each.amount for each in several), url))
        total = sum(each.amount for several in merged.members for each in several)
        return [*figures, None, self._money(total) if self.accounts == "rgs" else None]

    def _merged(self, accounts: Iterable[MemberAccount]) -> list[_Merged]:
        """The accounts as they were chosen: each, or those with the same RGS code as one."""
        if self.accounts == "none":
            return []
        found: dict[tuple[str, str], _Merged] = {}
        for each in accounts:
            same = bool(each.rgs) and self.accounts == "rgs"
            key = ("", each.rgs) if same else (each.company, each.code)
            shown = each.rgs if same else each.code
            if key not in found:
                nobody: list[list[MemberAccount]] = [[] for _name in self.found.companies]
                found[key] = _Merged(shown, each.name, nobody)
            found[key].members[self.found.companies.index(each.company)].append(each)
        return sorted(found.values(), key=lambda each: each.code) if found else []

    def _opens(self, place: int, *, account: str = "", part: str = "") -> str:
        """The ledger of a company with the lines behind a figure."""
        asked = {
            "group": self.found.group,
            "company": self.found.companies[place],
            "account": account,
            "part": part,
            "date_from": "" if self.sheet else self.found.starts[place].isoformat(),
            "date_to": self.found.on.isoformat(),
            "closing": "" if self.sheet else "0",
        }
        pairs = {name: value for name, value in asked.items() if value}
        return f"{MEMBER_LINES.url}?{urlencode(pairs)}"

    def _money(self, minor: int, url: str = "") -> Money | None:
        return Money(minor, self.places, url=url) if minor else None


def this_year(actor: Actor) -> Span:
    """This year until today."""
    today = today_of(actor)
    return Span(today.replace(month=1, day=1), today)


def _groups(actor: Actor) -> dict[str, object]:
    return {each.code: each.name for each in company_groups(actor)}


def _members(actor: Actor) -> dict[str, object]:
    """The companies of all groups of this one."""
    return {name: name for each in company_groups(actor) for name in each.companies}


def _entry(row: MemberLine) -> str:
    asked = {"group": row.group, "company": row.company, "entry": row.entry}
    return f"{MEMBER_LINES.url}?{urlencode(asked)}"


CONSOLIDATION = ReportView(
    key="finance.consolidation",
    title=_("Consolidated statements"),
    query=consolidated_statements,
    make=make_consolidation,
    first_period=this_year,
    at_end=True,
    options=[
        Option("group", _("Group"), _groups),
        Option("accounts", _("Accounts"), ACCOUNTS),
    ],
)
MEMBER_LINES = ListView(
    key="finance.member_lines",
    title=_("Ledger of a member"),
    query=member_lines,
    in_menu=False,
    columns=[
        Col(
            key="account",
            title=_("Account"),
            value=lambda row: f"{row.account} {row.account_name}",
            phone="meta",
        ),
        Col(key="date", title=_("Date"), kind="date", phone="meta"),
        Col(key="entry", title=_("Entry"), phone="meta"),
        Col(key="text", title=_("Description"), phone="title"),
        Col(key="party_name", title=_("Relation"), default=False),
        Col(
            key="debit",
            title=_("Debit"),
            kind="money",
            currency="currency",
            value=lambda row: row.debit or None,
            sum="debit",
        ),
        Col(
            key="credit",
            title=_("Credit"),
            kind="money",
            currency="currency",
            value=lambda row: row.credit or None,
            sum="credit",
        ),
        Col(
            key="balance",
            title=_("Balance"),
            kind="money",
            currency="currency",
            sum=True,
            phone="figure",
        ),
    ],
    narrows=[
        Narrow(key="group", title=_("Group"), choices=_groups),
        Narrow(key="company", title=_("Company"), choices=_members),
        Narrow(key="date", title=_("Period"), kind="date_range", to=("start", "end")),
        Narrow(key="account", title=_("Account"), kind="text"),
        Narrow(key="part", title=_("Part of the statements"), choices=parts),
        Narrow(key="entry", title=_("Entry"), kind="text"),
        Narrow(key="closing", title=_("Closing entries"), kind="boolean"),
    ],
    row_url=_entry,
    breadcrumb=[Link(_("Consolidated statements"), CONSOLIDATION.url)],  # type: ignore[arg-type]
    empty=Empty(
        _("No lines"),
        _("Open a figure of the consolidated statements to see what it is made of."),
        icon="building",
    ),
)
