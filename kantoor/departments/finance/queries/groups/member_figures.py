"""What one company brings to the figures of its group: accounts in its own currency and the group's."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from kantoor.departments.finance.dates import DAY
from kantoor.departments.finance.models import FiscalYear
from kantoor.departments.finance.queries.accounts import Heading, headings
from kantoor.departments.finance.queries.calendar import year_start
from kantoor.departments.finance.queries.closing_entries import closing_entries
from kantoor.departments.finance.queries.groups.translation import Translation, translated_equity
from kantoor.departments.finance.queries.movements import NOTHING, Span, movements
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.lookup import fetch

UNCLOSED, RESULT, TRANSLATION = "unclosed", "result", "translation"
"""Lines of equity that follow from others and have no account."""


class Figure(NamedTuple):
    """An account: what it holds in the company's currency and the group's, debit positive."""

    account: Heading
    own: int
    translated: int


class Figures(NamedTuple):
    """A member's balance sheet and results; `follows` are the lines of equity without an account."""

    balances: list[Figure]
    results: list[Figure]
    follows: dict[str, int]

    @property
    def equity(self) -> int:
        """All its equity in the group's currency, credit positive."""
        posted = sum(each.translated for each in self.balances if each.account.kind == "equity")
        return -posted - sum(self.follows.values())


def member_figures(actor: Actor, on: date, rates: Translation) -> Figures:
    """The figures of the actor's company on a day, which balance in the group's currency too."""
    start = year_start(actor.company_id, on)
    spans = [Span(None, start - DAY), Span(start, on)]
    moved = movements(actor.company_id, spans)
    closing = closing_entries(actor.company_id, spans[1:])
    equity = translated_equity(actor.company_id, on, rates)
    day = rates.at(on)
    mean = rates.average(start, on)
    balances, results = [], []
    held = 0
    for account in headings(actor):
        before, during = moved.get(account.id, [NOTHING, NOTHING])
        if account.carried:
            own = before.net + during.net
            worth = equity.get(account.id, 0) if account.kind == "equity" else day.to_own(own)
            if own or worth:
                balances.append(Figure(account, own, worth))
            continue
        held += during.net
        if own := during.net - closing.get(account.id, [NOTHING])[0].net:
            results.append(Figure(account, own, mean.to_own(own)))
    follows = {
        UNCLOSED: _unclosed(actor, start, rates),
        RESULT: mean.to_own(held) if held else 0,
    }
    rest = sum(each.translated for each in balances) + sum(follows.values())
    follows[TRANSLATION] = -rest
    return Figures(balances, results, follows)


def _unclosed(actor: Actor, start: date, rates: Translation) -> int:
    """Results of earlier years that nobody closed, each at the average of its year."""
    years = list(scoped(actor, FiscalYear).filter(ends_on__lt=start).order_by("starts_on"))
    moved = movements(actor.company_id, [Span(each.starts_on, each.ends_on) for each in years])
    accounts = [each.id for each in headings(actor) if not each.carried and each.id in moved]
    total = 0
    for place, year in enumerate(years):
        if own := sum(moved[key][place].net for key in accounts):
            total += rates.average(year.starts_on, year.ends_on).to_own(own)
    return total


_BETWEEN = (
    "SELECT line.account_id, SUM(line.amount)"
    " FROM finance_line line JOIN finance_account account ON account.id = line.account_id"
    " WHERE account.company_id = %s AND account.role IN ('receivables', 'payables')"
    " AND line.party_id IN ({0}) AND line.date <= %s GROUP BY line.account_id"
)
_RESULTS = (
    "SELECT line.account_id, SUM(line.amount) FROM finance_line line"
    " JOIN finance_account account ON account.id = line.account_id"
    " JOIN finance_entry entry ON entry.id = line.entry_id"
    " JOIN finance_journal journal ON journal.id = entry.journal_id AND journal.kind <> 'closing'"
    " WHERE account.company_id = %s AND account.kind IN ('income', 'expense')"
    # Exchange differences on what members owe each other are the group's own (IAS 21.45).
    " AND account.role <> 'exchange_difference'"
    " AND line.date >= %s AND line.date <= %s AND line.entry_id IN"
    " (SELECT entry_id FROM finance_line WHERE party_id IN ({0}) AND date >= %s AND date <= %s)"
    " GROUP BY line.account_id"
)


class Between(NamedTuple):
    """What a company has with others of its group, by account, debit positive, own currency."""

    balances: Mapping[int, int]
    results: Mapping[int, int]


def between(actor: Actor, on: date, parties: list[int]) -> Between:
    """Balances with parties on a day, and the year's results from entries with them."""
    if not parties:
        return Between({}, {})
    slots = ", ".join(["%s"] * len(parties))
    last, first = on.isoformat(), year_start(actor.company_id, on).isoformat()
    balances = fetch(_BETWEEN.format(slots), [actor.company_id, *parties, last])
    results = fetch(_RESULTS.format(slots), [actor.company_id, first, last, *parties, first, last])
    return Between(
        {key: int(amount) for key, amount in balances if amount},
        {key: int(amount) for key, amount in results if amount},
    )
