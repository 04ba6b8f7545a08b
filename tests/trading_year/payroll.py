"""The payroll journal: each month the same four people."""

from datetime import date

from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from tests.trading_year import accounts as a
from tests.trading_year.company import Company

MONTH = {a.WAGES: 4_000_00, a.SOCIAL: 700_00, a.WAGE_TAX: -1_500_00, a.NET_WAGES: -3_200_00}


def pay_wages(company: Company, quarter: int) -> None:
    """Three months in one go."""
    days = [f"2024-{month:02}-25" for month in range(3 * quarter - 2, 3 * quarter + 1)]
    lines = [LineDraft(account=code, amount=amount) for code, amount in MONTH.items()]
    entries = [
        EntryDraft(date=date.fromisoformat(on), lines=lines, text=f"Loonjournaal {on[:7]}")
        for on in days
    ]
    company.clock.to(days[-1])
    assert post_entries(company.bo, entries=entries).entries == 3
    for on in days:
        company.paper.write(on, MONTH)
