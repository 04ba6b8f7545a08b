"""Sums against an independent model: a plain list of what was posted."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantoor.departments.finance.actions.fiscal_years import open_year
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.models import Account
from kantoor.departments.finance.proofs import ledger
from kantoor.departments.finance.queries.balance_sheet import BalanceSheet, balance_sheet
from kantoor.departments.finance.queries.movements import Span, movements
from kantoor.departments.finance.queries.profit_and_loss import profit_and_loss
from kantoor.departments.finance.queries.trial_balance import trial_balance
from kantoor.departments.finance.tests.people import (
    BANK,
    PURCHASES,
    SALES,
    SHARES,
    VAT,
    Books,
    begin_books,
)

ACCOUNTS = (BANK, PURCHASES, SALES, SHARES, VAT)
FIRST, LAST = date(2010, 6, 1), date(2012, 7, 31)
DAYS = st.dates(FIRST, LAST)
AMOUNTS = st.integers(-(2**40), 2**40).filter(bool)

names = count()


@st.composite
def entry_drafts(draw: st.DrawFn) -> EntryDraft:
    """A balanced entry of two to six lines."""
    amounts = draw(st.lists(AMOUNTS, min_size=1, max_size=5))
    rest = -sum(amounts)
    if not rest:
        amounts.append(7)
        rest = -7
    codes = st.sampled_from(ACCOUNTS)
    lines = [LineDraft(account=draw(codes), amount=amount) for amount in [*amounts, rest]]
    return EntryDraft(date=draw(DAYS), lines=lines)


few = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def fresh(own_year: bool) -> Books:
    books = begin_books(f"Company {next(names)}")
    if own_year:
        for year in (2010, 2011, 2012):
            open_year(books.anne, start=date(year, 4, 6), end=date(year + 1, 4, 5))
    return books


@few
@given(
    st.lists(entry_drafts(), max_size=25), st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=4)
)
def test_movements_between_any_days(
    db: None, drafts: list[EntryDraft], days: list[tuple[date, date]]
) -> None:
    books = fresh(False)
    if drafts:
        books.post(*drafts)
    spans = [Span(*sorted(pair)) for pair in days]
    spans += [Span(None, spans[0].end), Span(spans[0].start, None), Span(None, None)]
    codes = dict(Account.objects.filter(company_id=books.company_id).values_list("id", "code"))
    found = {codes[key]: sums for key, sums in movements(books.company_id, spans).items()}
    for place, span in enumerate(spans):
        wanted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for draft in drafts:
            if (span.start or FIRST) <= draft.date <= (span.end or LAST):
                for line in draft.lines:
                    wanted[line.account][line.amount < 0] += abs(line.amount)
        for code in ACCOUNTS:
            assert list(found.get(code, [(0, 0)] * 9)[place]) == wanted[code]


@few
@given(st.lists(entry_drafts(), min_size=1, max_size=20), DAYS, DAYS, st.booleans())
def test_reports_balance_on_every_day(
    db: None, drafts: list[EntryDraft], one: date, other: date, own_year: bool
) -> None:
    books = fresh(own_year)
    if own_year:
        drafts = [each for each in drafts if each.date >= date(2010, 4, 6)]
    books.post(*drafts)
    start, end = sorted((one, other))
    trial = trial_balance(books.anne, start=start, end=end)
    assert sum(row.opening for row in trial.accounts) == 0
    assert sum(row.closing for row in trial.accounts) == 0
    assert trial.debit == trial.credit
    sheet = balance_sheet(books.anne, on=end, compare_on=start)
    assert sheet.assets == sheet.equity_and_liabilities
    assert sheet.previous_assets == sheet.previous_equity_and_liabilities
    before = balance_sheet(books.anne, on=start - timedelta(days=1))
    earned = profit_and_loss(books.anne, start=start, end=end).result
    assert worth(sheet) - worth(before) == earned + capital(drafts, start, end)
    assert list(ledger()) == []


def worth(sheet: BalanceSheet) -> int:
    """Equity with all results."""
    return next(group.amount for group in sheet.groups if group.code == "equity")


def capital(drafts: list[EntryDraft], start: date, end: date) -> int:
    """What was paid in between two days."""
    return -sum(
        line.amount
        for draft in drafts
        for line in draft.lines
        if line.account == SHARES and start <= draft.date <= end
    )
