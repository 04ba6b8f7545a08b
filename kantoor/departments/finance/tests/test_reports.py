"""Reports: the trial balance, the statements and the ledger add up, and every figure opens."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.errors import UnknownAccount
from kantoor.departments.finance.queries.account_card import account_card
from kantoor.departments.finance.queries.balance_sheet import BalanceSheet, balance_sheet
from kantoor.departments.finance.queries.entries import entries
from kantoor.departments.finance.queries.general_ledger import general_ledger
from kantoor.departments.finance.queries.profit_and_loss import compared, profit_and_loss
from kantoor.departments.finance.queries.sources import Sources
from kantoor.departments.finance.queries.trial_balance import TrialBalance, trial_balance
from kantoor.departments.finance.tests.people import (
    BANK,
    PURCHASES,
    RETAINED,
    SALES,
    SHARES,
    Books,
    entry,
    sale,
)
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound

RESULT = "Result for the year"
EARLIER = "Result of earlier years, not closed"


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def two_years(books: Books) -> Books:
    """Capital and sales in 2010 and 2011, of which nothing is closed."""
    books.post(
        entry("2010-01-01", (BANK, 1000), (SHARES, -1000)),
        sale("2010-06-15", 300),
        entry("2010-07-01", (PURCHASES, 120), (BANK, -120)),
        sale("2011-02-10", 50),
        sale("2011-02-20", 70),
        sale("2011-03-05", 11),
    )
    return books


def lines_of(report: TrialBalance) -> dict[str, tuple[int, int, int, int]]:
    return {row.code: (row.opening, row.debit, row.credit, row.closing) for row in report.accounts}


# --- trial balance


def test_a_trial_balance_without_days_is_all_that_was_booked(two_years: Books) -> None:
    report = trial_balance(two_years.anne)
    assert (report.currency, report.debit, report.credit) == ("EUR", 1551, 1551)
    assert lines_of(report) == {
        SHARES: (0, 0, 1000, -1000),
        BANK: (0, 1431, 120, 1311),
        PURCHASES: (0, 120, 0, 120),
        SALES: (0, 0, 431, -431),
    }
    assert sum(row.closing for row in report.accounts) == 0


def test_income_opens_with_its_own_year_and_the_rest_stands_apart(two_years: Books) -> None:
    report = trial_balance(two_years.anne, start=day("2011-02-15"), end=day("2011-03-31"))
    assert lines_of(report) == {
        SHARES: (-1000, 0, 0, -1000),
        BANK: (1230, 81, 0, 1311),
        SALES: (-50, 0, 81, -131),
        "": (-180, 0, 0, -180),
    }
    assert sum(row.opening for row in report.accounts) == 0
    assert report.accounts[-1].name == EARLIER
    dutch = trial_balance(replace(two_years.anne, language="nl"), start=day("2011-02-15"))
    assert {row.code: row.name for row in dutch.accounts}[BANK] == "Bankrekening"


def test_a_closing_entry_leaves_nothing_to_stand_apart(two_years: Books) -> None:
    close_2010(two_years)
    report = lines_of(trial_balance(two_years.anne, start=day("2011-01-01")))
    assert "" not in report
    assert report[RETAINED] == (-180, 0, 0, -180)
    assert report[SALES] == (0, 0, 131, -131)


def close_2010(books: Books) -> None:
    books.post(
        entry("2010-12-31", (SALES, 300), (PURCHASES, -120), (RETAINED, -180), journal="AFS")
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [("2011-02-02", "2011-02-01"), ("0001-01-01", None), (None, "9999-12-31")],
)
def test_days_that_cannot_be(books: Books, start: str | None, end: str | None) -> None:
    days: Any = {"start": start and day(start), "end": end and day(end)}
    for report in (trial_balance, profit_and_loss, general_ledger, entries):
        with pytest.raises(InvalidInput):
            report(books.anne, **days)


def test_a_trial_balance_of_one_cost_centre(books: Books) -> None:
    for code in ("10", "1"):
        add_dimension_value(books.anne, dimension="cost_centre", code=code, name=code)
    for code, amount in (("10", 5), ("1", 7)):
        marked = {"cost_centre": code}
        books.post(
            EntryDraft(
                date=day("2011-02-10"),
                lines=[
                    LineDraft(account=BANK, amount=amount),
                    LineDraft(account=SALES, amount=-amount, dimensions=marked),
                ],
            )
        )
    for end in (day("2011-02-28"), day("2011-02-27")):
        report = trial_balance(books.anne, dimension="cost_centre=1", end=end)
        assert lines_of(report) == {SALES: (0, 0, 7, -7)}
    assert profit_and_loss(books.anne, dimension="cost_centre=10").result == 5
    assert general_ledger(books.anne, dimension="cost_centre=10").closing == -5
    with pytest.raises(InvalidInput):
        trial_balance(books.anne, dimension="cost_centre")


def test_all_accounts_can_be_asked(books: Books) -> None:
    assert trial_balance(books.anne).accounts == []
    assert len(trial_balance(books.anne, all_accounts=True).accounts) > 200


# --- statements


def balance_of(report: BalanceSheet) -> dict[str, int]:
    return {line.code or line.name: line.amount for each in report.groups for line in each.lines}


def test_the_balance_sheet_shows_results_that_no_entry_closed(two_years: Books) -> None:
    report = balance_sheet(two_years.anne, on=day("2011-02-28"))
    assert balance_of(report) == {BANK: 1300, SHARES: 1000, EARLIER: 180, RESULT: 120}
    assert report.assets == report.equity_and_liabilities == 1300


def test_the_balance_sheet_is_the_same_after_a_closing_entry(two_years: Books) -> None:
    close_2010(two_years)
    report = balance_sheet(two_years.anne, on=day("2011-02-28"))
    assert balance_of(report) == {BANK: 1300, SHARES: 1000, RETAINED: 180, RESULT: 120}
    closed = balance_sheet(two_years.anne, on=day("2010-12-31"))
    assert balance_of(closed) == {BANK: 1180, SHARES: 1000, RETAINED: 180}


def test_the_balance_sheet_beside_that_of_another_day(two_years: Books) -> None:
    report = balance_sheet(two_years.anne, compare_on=day("2010-12-31"))
    assert report.on == day("2011-03-05")
    previous = {
        line.code or line.name: line.previous for each in report.groups for line in each.lines
    }
    assert previous == {BANK: 1180, SHARES: 1000, EARLIER: 0, RESULT: 180}
    assert report.previous_assets == report.previous_equity_and_liabilities == 1180
    assets = next(each.subtotal for each in report.groups if each.subtotal)
    assert (assets.name, assets.amount, assets.previous) == ("Total assets", 1311, 1180)


def test_profit_and_loss_of_the_last_year_booked(two_years: Books) -> None:
    report = profit_and_loss(two_years.anne)
    assert (report.start, report.end, report.result) == (day("2011-01-01"), day("2011-03-05"), 131)


def test_profit_and_loss_of_a_closed_year_beside_the_year_before(two_years: Books) -> None:
    close_2010(two_years)
    report = profit_and_loss(
        two_years.anne, start=day("2010-01-01"), end=day("2010-12-31"), compare="previous_year"
    )
    amounts = {line.code: line.amount for each in report.groups for line in each.lines}
    assert amounts == {SALES: 300, PURCHASES: -120}
    assert (report.result, report.previous_result) == (180, 0)
    margin = next(each.subtotal for each in report.groups if each.subtotal)
    assert (margin.name, margin.amount) == ("Gross margin", 180)
    now = profit_and_loss(two_years.anne, end=day("2011-12-31"), compare="previous_year")
    assert (now.result, now.previous_result) == (131, 180)


@pytest.mark.parametrize(
    ("start", "end", "how", "wanted"),
    [
        ("2011-03-01", "2011-03-31", "previous_period", ("2011-02-01", "2011-02-28")),
        ("2011-01-01", "2011-03-31", "previous_period", ("2010-10-01", "2010-12-31")),
        ("2011-03-05", "2011-03-14", "previous_period", ("2011-02-23", "2011-03-04")),
        ("2012-02-01", "2012-02-29", "previous_year", ("2011-02-01", "2011-02-28")),
        ("2011-02-01", "2011-02-28", "previous_year", ("2010-02-01", "2010-02-28")),
    ],
)
def test_what_days_are_compared_with(
    start: str, end: str, how: Any, wanted: tuple[str, str]
) -> None:
    span = compared(day(start), day(end), how)
    assert (str(span.start), str(span.end)) == wanted


# --- every figure opens what it is made of


def sum_of(books: Books, sources: Sources) -> int:
    """What the lines that a figure points to add up to, by reading all of them."""
    total, cursor = None, ""
    while True:
        page = general_ledger(books.anne, cursor=cursor, limit=2, **msgspec.structs.asdict(sources))
        total = page.opening if total is None else total
        total += sum(row.debit - row.credit for row in page.rows)
        if not (cursor := page.next_cursor):
            assert total == page.closing
            return total


def test_the_figures_of_the_trial_balance_open_what_they_are_made_of(two_years: Books) -> None:
    report = trial_balance(two_years.anne, start=day("2011-02-15"), end=day("2011-02-28"))
    for row in report.accounts:
        assert sum_of(two_years, row.sources) == row.closing


@pytest.mark.parametrize("closed", [False, True])
def test_the_figures_of_statements_open_what_they_are_made_of(
    two_years: Books, closed: bool
) -> None:
    if closed:
        close_2010(two_years)
    sheet = balance_sheet(two_years.anne, on=day("2011-02-28"))
    for each in sheet.groups:
        sign = 1 if each.side == "assets" else -1
        for line in each.lines:
            assert sign * sum_of(two_years, line.sources) == line.amount
        if all(line.code for line in each.lines):
            assert sign * sum_of(two_years, each.sources) == each.amount
    result = profit_and_loss(two_years.anne, start=day("2010-01-01"), end=day("2010-12-31"))
    for each in result.groups:
        assert -sum_of(two_years, each.sources) == each.amount
        for line in each.lines:
            assert -sum_of(two_years, line.sources) == line.amount


# --- general ledger


def test_the_ledger_of_an_account_runs_from_its_opening(two_years: Books) -> None:
    report = general_ledger(two_years.anne, account=BANK, start=day("2011-01-01"))
    assert (report.opening, report.debit, report.credit, report.closing) == (1180, 131, 0, 1311)
    assert [
        (str(row.date), row.entry, row.counter, row.debit, row.balance) for row in report.rows
    ] == [
        ("2011-02-10", "MEM/2011/1", SALES, 50, 1230),
        ("2011-02-20", "MEM/2011/2", SALES, 70, 1300),
        ("2011-03-05", "MEM/2011/3", SALES, 11, 1311),
    ]


def test_pages_of_the_ledger_go_on_where_the_last_ended(two_years: Books) -> None:
    two_years.post(*[sale("2011-02-20", n, text=f"Sale {n}") for n in range(1, 8)])
    whole = general_ledger(two_years.anne, limit=1000, start=day("2010-06-01"))
    for limit in (1, 2, 3, 7, 50):
        rows, cursor = [], ""
        while True:
            page = general_ledger(
                two_years.anne, cursor=cursor, limit=limit, start=day("2010-06-01")
            )
            rows += page.rows
            assert (page.opening, page.closing) == (whole.opening, whole.closing) == (0, 0)
            if not (cursor := page.next_cursor):
                break
        assert rows == whole.rows
    assert [row.account for row in rows] == sorted(row.account for row in rows)


def test_a_counter_account_is_named_where_there_is_one(books: Books) -> None:
    books.post(entry("2011-01-01", (BANK, 5), (PURCHASES, 1), (SALES, -6)))
    counters = {row.account: row.counter for row in general_ledger(books.anne).rows}
    assert counters == {BANK: SALES, PURCHASES: SALES, SALES: ""}


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"account": "99999"}, UnknownAccount),
        ({"group": "elsewhere"}, InvalidInput),
        ({"limit": 0}, InvalidInput),
        ({"limit": 1001}, InvalidInput),
        ({"cursor": "x"}, InvalidInput),
    ],
)
def test_a_ledger_that_cannot_be(
    books: Books, asked: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        general_ledger(books.anne, **asked)


# --- entries and accounts


def test_entries_are_found_by_what_is_known_of_them(two_years: Books) -> None:
    two_years.post(sale("2011-05-01", 9, reference="536365", text="Late sale", journal="BNK"))

    def found(**asked: Any) -> list[str]:
        return [row.number for row in entries(two_years.anne, **asked).rows]

    assert found(limit=2) == ["BNK/2011/1", "MEM/2011/3"]
    assert found(journal="BNK") == found(reference="536365") == ["BNK/2011/1"]
    assert found(text="late") == ["BNK/2011/1"]
    assert found(account=PURCHASES) == ["MEM/2010/3"]
    assert found(start=day("2011-02-15"), end=day("2011-03-31"), sort="date") == [
        "MEM/2011/2",
        "MEM/2011/3",
    ]
    assert found(party="nobody") == found(text="a\0") == []
    first = entries(two_years.anne, limit=2)
    assert first.count == 7
    second = entries(two_years.anne, limit=2, cursor=first.next_cursor)
    assert [row.number for row in second.rows] == ["MEM/2011/2", "MEM/2011/1"]


def test_an_account_card_tells_its_year_period_by_period(two_years: Books) -> None:
    card = account_card(two_years.anne, account=BANK)
    assert (card.year, card.opening, card.closing) == ("2011", 1180, 1311)
    assert [(row.period, row.debit, row.closing) for row in card.periods[:3]] == [
        ("2011-01", 0, 1180),
        ("2011-02", 120, 1300),
        ("2011-03", 11, 1311),
    ]
    assert account_card(two_years.anne, account=SALES).opening == 0
    assert account_card(two_years.anne, account=SALES, year="2010").closing == -300
    with pytest.raises(NotFound):
        account_card(two_years.anne, account=SALES, year="1999")


def test_an_account_card_before_anything_was_booked(books: Books) -> None:
    card = account_card(books.anne, account=BANK)
    assert (card.year, card.periods) == ("", [])
    assert balance_sheet(books.anne).assets == profit_and_loss(books.anne).result == 0


# --- who sees what, and what it costs

REPORTS: list[Callable[..., Any]] = [
    trial_balance, balance_sheet, profit_and_loss, general_ledger, entries,
]  # fmt: skip


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_shows_nothing_of_another_company(
    two_years: Books, other_books: Books, report: Callable[..., Any]
) -> None:
    with pytest.raises(NotAllowed):
        report(two_years.bob("finance.post_entry"))
    text = msgspec.json.encode(report(other_books.anne)).decode()
    assert BANK not in text
    assert "MEM/" not in text


@pytest.mark.parametrize("report", REPORTS)
def test_the_number_of_statements_does_not_grow_with_the_lines(
    books: Books, report: Callable[..., Any]
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            report(books.anne)
        return len(captured)

    books.post(sale("2011-03-05", 1), entry("2011-03-05", (PURCHASES, 1), (BANK, -1)))
    few = cost()
    start = day("2011-01-01")
    books.post(*[sale(start + timedelta(days=n), n + 1) for n in range(300)])
    assert cost() == few <= 9
