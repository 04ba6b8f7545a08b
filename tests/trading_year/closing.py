"""The year is closed: its result goes to equity, and the next opens with what it closed."""

from datetime import date

from kantoor.departments.finance.actions.year_close.close import close_year
from kantoor.departments.finance.queries.balance_sheet import balance_sheet
from kantoor.departments.finance.queries.profit_and_loss import profit_and_loss
from kantoor.departments.finance.queries.trial_balance import trial_balance
from tests.trading_year import accounts as a
from tests.trading_year.company import Company
from tests.trading_year.proving import closing_of

START, END, NEXT = date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1)
PROFIT = 14_010_72
"""Sold 165,395.20, the van 1,500, discount 150, rounding 1.52; costs 153,036: what is left."""
TOTAL = 150_689_72
"""Press 10,200, stock 28,000, customers 1,452 and 9,000 in dollars, bank 93,037.72 and 9,000."""


def close_the_year(company: Company) -> None:
    """What was earned is the same before and after, and it stands in equity."""
    company.clock.to("2025-01-31")
    before = profit_and_loss(company.bo, start=START, end=END)
    closed = close_year(company.anne, year="2024")
    after = profit_and_loss(company.bo, start=START, end=END)
    assert closed.result == before.result == after.result == PROFIT
    results = {code: -amount for code, amount in company.paper.balances(END).items() if code >= "4"}
    company.paper.write("2024-12-31", {**results, a.RESULT: -PROFIT})
    company.paper.write("2025-01-01", {a.RESULT: PROFIT, a.RETAINED: -PROFIT})


def prove_the_opening(company: Company) -> None:
    """The opening of the next year is the closing of this one, account by account."""
    closing = company.paper.balances(END)
    rows = trial_balance(company.bo, start=NEXT, end=date(2025, 12, 31)).accounts
    assert {row.code: row.opening for row in rows if row.opening} == closing
    assert closing_of(company, END, START) == closing
    sheet = balance_sheet(company.bo, on=END)
    assert sheet.assets == sheet.equity_and_liabilities == TOTAL
