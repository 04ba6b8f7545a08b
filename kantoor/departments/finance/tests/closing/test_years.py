"""Closing a year takes its result to equity, and reports are the same before and after."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.finance.actions.closing import reopen_period
from kantoor.departments.finance.actions.entries import post_entries, post_entry
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.actions.year_close.close import close_year
from kantoor.departments.finance.actions.year_close.reopen import reopen_year
from kantoor.departments.finance.errors import ClosedPeriod, NotReversible, YearNotClosable
from kantoor.departments.finance.models import Entry, Period
from kantoor.departments.finance.proofs import ledger
from kantoor.departments.finance.queries.balance_sheet import balance_sheet
from kantoor.departments.finance.queries.closing.closed_years import year_states
from kantoor.departments.finance.queries.profit_and_loss import profit_and_loss
from kantoor.departments.finance.queries.revenue import revenue_by_month
from kantoor.departments.finance.queries.trial_balance import trial_balance
from kantoor.departments.finance.tests.people import (
    BANK,
    PURCHASES,
    RETAINED,
    SHARES,
    Books,
    entry,
    sale,
)
from kantoor.kernel.actions.context import approved
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound

RESULT = "05403"
END, START = date(2011, 12, 31), date(2012, 1, 1)


@pytest.fixture
def year(books: Books) -> Books:
    """2011: a thousand brought in, 500 sold, 200 bought; 2012: 50 sold."""
    books.post(
        entry("2011-01-01", (BANK, 1000), (SHARES, -1000)),
        sale("2011-03-01", 500),
        entry("2011-06-01", (PURCHASES, 200), (BANK, -200)),
        sale("2012-02-01", 50),
    )
    return books


def equity_on(books: Books, on: date) -> dict[str, int]:
    """What equity is made of on a day, by account; the results that follow have no code."""
    sheet = balance_sheet(books.anne, on=on)
    assert sheet.assets == sheet.equity_and_liabilities
    lines = [line for group in sheet.groups if group.code == "equity" for line in group.lines]
    return {line.code or line.name: line.amount for line in lines}


def test_the_result_goes_to_equity(year: Books) -> None:
    closed = close_year(year.anne, year="2011")
    assert closed.result == 300
    assert equity_on(year, END) == {SHARES: 1000, RESULT: 300}
    assert equity_on(year, START) == {SHARES: 1000, RETAINED: 300}
    assert equity_on(year, date(2012, 2, 1)) == {
        SHARES: 1000,
        RETAINED: 300,
        "Result for the year": 50,
    }
    assert list(ledger()) == []


def test_a_closed_year_still_shows_its_result(year: Books) -> None:
    before = profit_and_loss(year.anne, start=date(2011, 1, 1), end=END)
    revenue = revenue_by_month(year.anne, 14)
    close_year(year.anne, year="2011")
    after = profit_and_loss(year.anne, start=date(2011, 1, 1), end=END)
    assert after.result == before.result == 300
    assert revenue_by_month(year.anne, 14) == revenue


def test_the_next_year_opens_with_what_this_one_closed(year: Books) -> None:
    close_year(year.anne, year="2011")
    closing = trial_balance(year.anne, start=date(2011, 1, 1), end=END)
    opening = trial_balance(year.anne, start=START, end=date(2012, 12, 31))
    closed = {each.code: each.closing for each in closing.accounts if each.closing}
    opened = {each.code: each.opening for each in opening.accounts if each.opening}
    assert closed == opened == {BANK: 1300, SHARES: -1000, RESULT: -300}


def test_a_loss_closes_too_and_a_year_without_anything(year: Books) -> None:
    year.post(entry("2011-07-01", (PURCHASES, 400), (BANK, -400)), sale("2010-01-01", 1))
    reverse_entry(year.anne, entry="MEM/2010/1", why="Wrong year")
    empty = close_year(year.anne, year="2010")
    assert (empty.result, empty.entry, empty.opening) == (0, "", "")
    assert close_year(year.anne, year="2011").result == -100
    assert equity_on(year, START) == {SHARES: 1000, RETAINED: -100}


def test_nobody_posts_in_a_closed_year(year: Books) -> None:
    close_year(year.anne, year="2011")
    assert set(Period.objects.filter(year__code="2011").values_list("state", flat=True)) == {"hard"}
    with pytest.raises(ClosedPeriod, match="2012-01-01"):
        post_entry(year.anne, entry=sale("2011-05-01", 5))
    with approved("finance.reopen_period"), pytest.raises(Conflict):
        reopen_period(year.anne, period="2011-05", why="A late bill")


def test_what_comes_late_goes_to_the_next_open_period_when_asked(year: Books) -> None:
    close_year(year.anne, year="2011")
    post_entries(year.anne, entries=[sale("2011-05-01", 5)], next_open=True)
    late = Entry.objects.latest("id")
    assert late.date == START
    assert "2011-05-01" in late.text
    done = post_entry(year.anne, entry=sale("2012-05-01", 5), next_open=True)
    assert Entry.objects.latest("id").date == date(2012, 5, 1)
    assert done.first.startswith("MEM/2012/")


def test_years_close_in_order_once_and_after_their_end(year: Books) -> None:
    with pytest.raises(YearNotClosable, match="2011"):
        close_year(year.anne, year="2012")
    close_year(year.anne, year="2011")
    with pytest.raises(Conflict):
        close_year(year.anne, year="2011")
    with pytest.raises(NotFound):
        close_year(year.anne, year="1999")
    with pytest.raises(NotAllowed):
        close_year(year.bob("finance.post_entry"), year="2012")
    year.post(sale("2199-01-01", 5))
    close_year(year.anne, year="2012")
    with pytest.raises(YearNotClosable, match="2199-12-31"):
        close_year(year.anne, year="2199")


def test_a_second_person_reopens_a_year(year: Books) -> None:
    close_year(year.anne, year="2011")
    with pytest.raises(NeedsSecondPair):
        reopen_year(year.anne, year="2011", why="An invoice was missed")
    with approved("finance.reopen_year"):
        done = reopen_year(year.anne, year="2011", why="An invoice was missed")
    assert len(done.reversals) == 2
    assert equity_on(year, END) == {SHARES: 1000, "Result for the year": 300}
    assert equity_on(year, START) == {SHARES: 1000, "Result of earlier years, not closed": 300}
    year.post(entry("2011-12-31", (PURCHASES, 100), (BANK, -100)))
    assert close_year(year.anne, year="2011").result == 200
    assert equity_on(year, START) == {SHARES: 1000, RETAINED: 200}
    assert profit_and_loss(year.anne, start=date(2011, 1, 1), end=END).result == 200


def test_reopening_is_refused_where_it_makes_no_sense(year: Books) -> None:
    with approved("finance.reopen_year"):
        with pytest.raises(Conflict):
            reopen_year(year.anne, year="2011", why="Curious")
        close_year(year.anne, year="2011")
        close_year(year.anne, year="2012")
        with pytest.raises(YearNotClosable, match="2012"):
            reopen_year(year.anne, year="2011", why="An invoice was missed")
        with pytest.raises(InvalidInput):
            reopen_year(year.anne, year="2012", why=" ")


def test_closing_entries_are_not_reversed_by_hand(year: Books) -> None:
    closed = close_year(year.anne, year="2011")
    for number in (closed.entry, closed.opening):
        with pytest.raises(NotReversible):
            reverse_entry(year.anne, entry=number, why="Looks odd", on=date(2012, 6, 1))


def test_states_say_what_each_year_holds(year: Books) -> None:
    close_year(year.anne, year="2011")
    found = [
        (each.code, each.closed, each.result, each.closed_result) for each in year_states(year.anne)
    ]
    assert found == [("2012", False, 50, None), ("2011", True, 0, 300)]


def test_closing_reads_balances_and_no_lines(year: Books) -> None:
    year.post(*[sale("2011-03-02", 1) for _ in range(200)])
    with CaptureQueriesContext(
        connection,
    ) as caught:
        close_year(year.anne, year="2011")
    assert not [each["sql"] for each in caught if "FROM finance_line" in each["sql"]]
