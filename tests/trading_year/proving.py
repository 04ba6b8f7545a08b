"""The books against the paper: every account, and both sub-ledgers."""

from datetime import date

from kantoor.departments.finance.queries.payables.owed import payables_by_age
from kantoor.departments.finance.queries.receivables import receivables_by_age
from kantoor.departments.finance.queries.trial_balance import trial_balance
from tests.trading_year import accounts as a
from tests.trading_year.company import Company


def closing_of(company: Company, end: date, start: date | None = None) -> dict[str, int]:
    """What each account stands at on a day, by the trial balance."""
    rows = trial_balance(company.bo, start=start, end=end).accounts
    return {row.code: row.closing for row in rows if row.closing}


def prove(company: Company, on: str) -> None:
    """Each account is as on paper, and each control account is the sum of what is open."""
    day = date.fromisoformat(on)
    paper = company.paper.balances(day)
    assert closing_of(company, day) == paper
    owed, owing = receivables_by_age(company.bo, on=day), payables_by_age(company.bo, on=day)
    assert owed.total.total == owed.account == paper.get(a.RECEIVABLES, 0)
    assert owing.total.total == owing.account == -paper.get(a.PAYABLES, 0)
