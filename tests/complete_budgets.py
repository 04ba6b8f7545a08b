"""Rows in every table of budgets and allocation keys, for `complete.py`."""

from datetime import date
from decimal import Decimal

from kantoor.departments.finance.actions.allocations.keys import add_allocation_key
from kantoor.departments.finance.actions.allocations.runs import post_allocations
from kantoor.departments.finance.actions.budgets.budgets import add_budget
from kantoor.departments.finance.actions.budgets.rows import set_budget_rows
from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_budgets import BudgetRow, ShareDraft
from kantoor.departments.finance.models import Account
from kantoor.kernel.actors.actor import Actor


def budgets_and_keys(anne: Actor) -> None:
    """Two budgets with a row, and two keys that distributed something."""
    accounts = Account.objects.filter(company_id=anne.company_id, active=True)
    costs = accounts.filter(group="other_operating", role="").order_by("code")
    cost = costs.values_list("code", flat=True)[1]
    bank = accounts.get(role="bank").code
    for code in ("B1", "B2"):
        add_budget(anne, code=code, name="Operating", year="2013")
        set_budget_rows(anne, budget=code, rows=[BudgetRow(account=cost, key="even", total=1_200)])
    for dimension in ("cost_centre", "project"):
        add_allocation_key(
            anne, code=f"BY_{dimension[:4].upper()}".replace("_", "-"), name=dimension,
            first_account=cost, last_account=cost, basis="percentage", dimension=dimension,
            shares=[ShareDraft(value=value, weight=Decimal(50)) for value in ("100", "200")],
        )  # fmt: skip
    lines = [LineDraft(account=cost, amount=900), LineDraft(account=bank, amount=-900)]
    post_entries(anne, entries=[EntryDraft(date=date(2012, 4, 3), lines=lines)])
    post_allocations(anne, on=date(2012, 4, 3))
