"""Accounts as pages: the chart with balances, and the card of one account."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.account_balances import AccountBalance, account_balances
from kantoor.departments.finance.queries.account_card import AccountCard, account_card
from kantoor.departments.finance.queries.account_keys import account_codes, account_key
from kantoor.departments.finance.queries.general_ledger import general_ledger
from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.web.figures import account_url, entry_url, money, sourced, url_of
from kantoor.departments.finance.web.ledger import groups
from kantoor.departments.finance.web.trial_balance import KINDS
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.charts import Chart, Series
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact

SHOWN = 25
"""Lines of the general ledger on an account's card."""

ACCOUNTS = ListView(
    key="finance.accounts",
    title=_("Accounts"),
    query=account_balances,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="group", title=_("Group"), value="group_name"),
        Col(key="kind", title=_("Kind"), value=lambda row: KINDS[row.kind], default=False),
        Col(key="role", title=_("Role"), default=False),
        Col(key="rgs", title=_("RGS code"), default=False),
        Col(
            key="balance",
            title=_("Balance"),
            kind="money",
            value=lambda row: row.balance if row.moved else None,
            phone="figure",
        ),
    ],
    narrows=[
        Narrow(key="kind", title=_("Kind"), choices=KINDS),
        Narrow(key="group", title=_("Group"), choices=groups),
        Narrow(key="show", title=_("Show"), choices={"used": _("Used"), "retired": _("Retired")}),
    ],
    tabs=[
        Tab(_("In use"), {"show": "used"}),
        Tab(_("Whole chart")),
        Tab(_("Retired"), {"show": "retired"}),
    ],
    row_key="code",
    row_url=lambda row: account_url(row.code),
    muted=lambda row: not row.moved,
    bulk=[Bulk(action="finance.retire_accounts", parameter="codes", icon="archive")],
    new="finance.add_account",
    search_hint=_("Code or name"),
)


def show(actor: Actor, card: AccountCard) -> Thing:
    """The card of an account: what it moved month by month, and its latest lines."""
    return Thing(
        title=f"{card.code} {card.name}",
        row=account_key(actor, code=card.code),
        state=Status(card.kind, str(KINDS[card.kind]), "quiet"),
        facts=_facts(actor, card),
        document=_periods(actor, card),
        main_action=Act(gettext("General ledger"), url_of(Sources(account=card.code)), icon="book"),
        steps=[
            act_for(actor, "finance.rename_account", icon="pencil", code=card.code),
            act_for(actor, "finance.retire_account", icon="archive", code=card.code),
        ],
        body={
            "charts": [_chart(actor, card)] if card.periods else [],
            "lines": _lines(actor, card),
        },
    )


def _facts(actor: Actor, card: AccountCard) -> list[Fact]:
    found: list[tuple[str, Cell]] = [
        (gettext("Balance"), money(actor, card.closing, url_of(Sources(account=card.code)))),
        (gettext("Fiscal year"), card.year),
        (gettext("Group"), groups(actor).get(card.group, card.group)),
        (gettext("Currency"), card.currency),
    ]
    return [Fact(label, value) for label, value in found if value]


def _chart(actor: Actor, card: AccountCard) -> Chart:
    sign = -1 if card.kind in ("liability", "equity", "income") else 1
    flow = card.kind in ("income", "expense")
    shown = list(card.periods)
    while len(shown) > 3 and not (shown[0].debit or shown[0].credit or shown[0].closing):
        shown = shown[1:]
    while len(shown) > 3 and not (shown[-1].debit or shown[-1].credit):
        shown.pop()
    values = [sign * ((each.debit - each.credit) if flow else each.closing) for each in shown]
    return Chart(
        key="account",
        title=gettext("Month by month") if flow else gettext("Balance at the end of each month"),
        labels=[each.period for each in shown],
        series=[Series(card.name, values, "1")],
        kind="bar" if flow else "line",
        exponent=exponent(actor.currency),
        currency=actor.currency,
    )


def _periods(actor: Actor, card: AccountCard) -> Document:
    return Document(
        columns=[
            Column("period", gettext("Period"), phone="title"),
            Column("debit", gettext("Debit"), "money", currency=card.currency),
            Column("credit", gettext("Credit"), "money", currency=card.currency),
            Column("closing", gettext("Balance"), "money", currency=card.currency, phone="figure"),
        ],
        lines=[
            Row(
                each.period,
                {
                    "period": each.period,
                    "debit": sourced(actor, each.debit, each.sources),
                    "credit": sourced(actor, each.credit, each.sources),
                    "closing": money(actor, each.closing),
                },
            )
            for each in card.periods
            if each.debit or each.credit
        ],
    )


def _lines(actor: Actor, card: AccountCard) -> Document:
    start = card.periods[0].sources.start if card.periods else None
    end = card.periods[-1].sources.end if card.periods else None
    found = general_ledger(actor, account=card.code, start=start, end=end, limit=SHOWN)
    return Document(
        columns=[
            Column("date", gettext("Date"), "date", phone="meta"),
            Column("entry", gettext("Entry"), "link", phone="meta"),
            Column("text", gettext("Description"), phone="title"),
            Column("debit", gettext("Debit"), "money", currency=card.currency),
            Column("credit", gettext("Credit"), "money", currency=card.currency),
            Column("balance", gettext("Balance"), "money", currency=card.currency, phone="figure"),
        ],
        lines=[
            Row(
                each.entry,
                {
                    "date": each.date,
                    "entry": Link(each.entry, entry_url(each.entry)),
                    "text": each.text or each.entry_text,
                    "debit": money(actor, each.debit) if each.debit else None,
                    "credit": money(actor, each.credit) if each.credit else None,
                    "balance": money(actor, each.balance),
                },
            )
            for each in found.rows
        ],
    )


ACCOUNT = RecordView(
    key="finance.accounts",
    title=_("Account"),
    kind="finance.account",
    path="<str:account>",
    find=account_card,
    show=show,
    template="finance/account.html",
)


@page_of("finance.account", title=_("Account"))
def account_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The cards of accounts by their keys."""
    found = account_codes(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(code, account_url(code)) for key, code in found.items()}


@searcher("finance.account", title=_("Accounts"), permission="finance.read_ledger", icon="list")
def find_accounts(actor: Actor, words: str, most: int) -> list[Found]:
    """Accounts by the beginning of their code or a part of their name, those in use first."""
    rows = sorted(account_balances(actor, search=words), key=_unused)[:most]
    return [Found(f"{row.code} {row.name}", account_url(row.code), row.group_name) for row in rows]


def _unused(row: AccountBalance) -> bool:
    return not row.moved
