"""Fiscal years and periods as pages: the register, and one period with its closing."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.calendar import fiscal_years, period_keys, periods
from kantoor.departments.finance.queries.period_card import PeriodCard, period_card
from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.queries.trial_balance import trial_balance
from kantoor.departments.finance.web.figures import (
    account_url,
    money,
    money_alone,
    period_url,
    sourced,
    url_of,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation, Total

STATES: States = {
    "open": (_("Open"), "good"),
    "soft": (_("Closed softly"), "wait"),
    "hard": (_("Closed"), "quiet"),
}


def years_by_code(actor: Actor) -> dict[str, str]:
    """The fiscal years to choose from, the latest first."""
    return {each.code: each.code for each in reversed(fiscal_years(actor))}


PERIODS = ListView(
    key="finance.periods",
    title=_("Periods"),
    query=periods,
    columns=[
        Col(key="period", title=_("Period"), phone="title"),
        Col(key="year", title=_("Fiscal year"), phone="meta"),
        Col(key="starts_on", title=_("First day"), kind="date", phone="meta"),
        Col(key="ends_on", title=_("Last day"), kind="date", phone="meta"),
        Col(key="state", title=_("State"), kind="status", states=STATES, phone="figure"),
    ],
    narrows=[Narrow(key="year", title=_("Fiscal year"), choices=years_by_code)],
    row_key="period",
    row_url=lambda row: period_url(row.period),
    bulk=[Bulk(action="finance.close_periods", parameter="periods", icon="lock")],
    new="finance.open_year",
    empty=Empty(
        _("No fiscal year is open yet"),
        _("Calendar years open by themselves with the first entry; open one that differs here."),
        icon="calendar",
    ),
)


def show(actor: Actor, card: PeriodCard) -> Thing:
    """A period: what was booked in it, and the buttons that close or reopen it."""
    word, tone = STATES[card.state]
    return Thing(
        title=card.period,
        row=card.id,
        state=Status(card.state, str(word), tone),
        note=card.remark,
        facts=_facts(actor, card),
        document=_moved(actor, card),
        relations=[_entries(card), _reports(card)],
        steps=_steps(actor, card),
    )


def _facts(actor: Actor, card: PeriodCard) -> list[Fact]:
    result = f"/finance/profit-and-loss?from={card.starts_on}&to={card.ends_on}"
    found: list[tuple[str, Cell]] = [
        (gettext("First day"), card.starts_on),
        (gettext("Last day"), card.ends_on),
        (gettext("Fiscal year"), card.year),
        (gettext("Entries"), card.entries),
        (gettext("Income"), money_alone(actor, card.income, result)),
        (gettext("Expenses"), money_alone(actor, card.expenses, result)),
        (gettext("Result"), money_alone(actor, card.result, result)),
    ]
    return [Fact(label, value) for label, value in found]


def _moved(actor: Actor, card: PeriodCard) -> Document:
    """What each account moved in the period, each figure with its lines."""
    found = trial_balance(actor, start=card.starts_on, end=card.ends_on)
    return Document(
        columns=[
            Column("account", gettext("Account"), "link", phone="title"),
            Column("debit", gettext("Debit"), "money", currency=actor.currency),
            Column("credit", gettext("Credit"), "money", currency=actor.currency),
        ],
        lines=[
            Row(
                row.code,
                {
                    "account": Link(f"{row.code} {row.name}", account_url(row.code)),
                    "debit": sourced(actor, row.debit, row.sources),
                    "credit": sourced(actor, row.credit, row.sources),
                },
            )
            for row in found.accounts
            if row.debit or row.credit
        ],
        totals=[
            Total(gettext("Debit"), money(actor, found.debit)),
            Total(gettext("Credit"), money(actor, found.credit), strong=True),
        ],
    )


def _entries(card: PeriodCard) -> Relation:
    span = f"date_from={card.starts_on}&date_to={card.ends_on}"
    return Relation(
        gettext("Entries"),
        [
            Related(
                Link(each.journal, f"/finance/entries?journal={each.journal}&{span}"),
                value=each.entries,
            )
            for each in card.journals
        ],
    )


def _reports(card: PeriodCard) -> Relation:
    span = f"from={card.starts_on}&to={card.ends_on}"
    ledger = url_of(Sources(start=card.starts_on, end=card.ends_on))
    return Relation(
        gettext("Reports"),
        [
            Related(Link(gettext("Trial balance"), f"/finance/trial-balance?{span}")),
            Related(Link(gettext("Profit and loss account"), f"/finance/profit-and-loss?{span}")),
            Related(Link(gettext("General ledger"), ledger)),
        ],
    )


def _steps(actor: Actor, card: PeriodCard) -> list[Act | None]:
    soft = act_for(
        actor,
        "finance.close_period",
        label=_("Close softly"),
        icon="lock",
        hint=_("Only who may post in softly closed periods still can."),
        at_once=True,
        period=card.period,
        how="soft",
        back=period_url(card.period),
    )
    hard = act_for(
        actor,
        "finance.close_period",
        label=_("Close for good"),
        icon="shield-lock",
        hint=_("Nobody posts in it any more; reopening asks a second person."),
        at_once=True,
        period=card.period,
        how="hard",
        back=period_url(card.period),
    )
    again = act_for(
        actor,
        "finance.reopen_period",
        label=_("Reopen"),
        icon="lock-open",
        period=card.period,
        back=period_url(card.period),
    )
    return {"open": [soft, hard], "soft": [hard, again], "hard": [again]}[card.state]


PERIOD = RecordView(
    key="finance.periods",
    title=_("Period"),
    kind="finance.period",
    path="<str:period>",
    find=period_card,
    show=show,
)


@page_of("finance.period", title=_("Period"))
def period_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of periods by their keys."""
    if not actor.may("finance.read_ledger"):
        return {}
    names = {str(key): name for name, key in period_keys(actor.company_id).items()}
    return {key: Link(names[key], period_url(names[key])) for key in keys if key in names}
