"""Rows of years that were closed and opened again."""

from datetime import date

from kantoor.departments.finance.actions.entries import post_entry
from kantoor.departments.finance.actions.year_close.close import close_year
from kantoor.departments.finance.actions.year_close.reopen import reopen_year
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.models import Account
from kantoor.kernel.actions.context import approved
from kantoor.kernel.actors.actor import Actor


def closed_years(anne: Actor) -> None:
    """A year with a sale, closed and opened again, twice."""
    codes = [
        Account.objects.filter(company_id=anne.company_id, role="", kind=kind).order_by("code")[0]
        for kind in ("asset", "income")
    ]
    lines = [
        LineDraft(account=account.code, amount=amount)
        for account, amount in zip(codes, (500, -500), strict=True)
    ]
    entry = EntryDraft(date=date(2003, 5, 1), lines=lines, text="Sold")
    post_entry(anne, entry=entry)
    for _ in range(2):
        close_year(anne, year="2003")
        with approved("finance.reopen_year"):
            reopen_year(anne, year="2003", why="A bill was missed")
