"""Rows in every table of HR's expenses, for `complete.py`."""

from datetime import date
from decimal import Decimal

from kantoor.departments.hr.actions.expenses.categories import (
    add_expense_category,
    change_expense_category,
)
from kantoor.departments.hr.actions.expenses.checking import check_claim, set_expense_check
from kantoor.departments.hr.actions.expenses.claiming import (
    add_receipt,
    claim_expense,
    claim_expenses,
    drop_expenses,
    submit_claim,
    withdraw_claim,
)
from kantoor.departments.hr.actions.expenses.deciding import approve_claim, refuse_claim
from kantoor.departments.hr.actions.expenses.posting import post_claim, reverse_claim
from kantoor.departments.hr.drafts_expenses import (
    CategoryChange,
    CategoryDraft,
    ExpenseDraft,
    Receipt,
)
from kantoor.departments.hr.models import ExpenseLine
from kantoor.kernel.actors.actor import Actor, actor_for, console_actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.actors.users import add_user
from kantoor.kernel.parties.actions import link_user
from kantoor.kernel.parties.employees import EmployeeDraft, add_employee

ON = date(2026, 3, 10)


def hr_expenses(anne: Actor) -> None:
    """Everything of HR's expenses that leaves rows: one claim is posted, one is being written."""
    add_expense_category(
        anne, category=CategoryDraft(code="travel", name="Travel", account="45625", tax="P9")
    )
    add_expense_category(
        anne, category=CategoryDraft(code="km", name="Own car", account="40880", kind="mileage")
    )
    change_expense_category(anne, change=CategoryChange(code="travel", most_minor=50_000))
    ed = _claimant(anne)
    receipt = Receipt(name="receipt.pdf", content=b"%PDF-1.4 a ticket")
    number = claim_expense(
        ed, expense=ExpenseDraft(category="travel", date=ON, amount=10_900), receipt=receipt
    )
    kilometres = ExpenseDraft(category="km", date=ON, quantity=Decimal(100))
    claim_expenses(ed, claim=number, expenses=[kilometres])
    submit_claim(ed, claim=number)
    withdraw_claim(ed, claim=number)
    submit_claim(ed, claim=number)
    refuse_claim(anne, claim=number, why="Which customer?")
    submit_claim(ed, claim=number)
    approve_claim(anne, claim=number)
    set_expense_check(anne, check_from_minor=50_000)
    set_expense_check(anne, check_from_minor=10_000)
    check_claim(_checker(anne), claim=number)
    post_claim(anne, claim=number)
    reverse_claim(anne, claim=number, why="Claimed twice")
    other = claim_expenses(ed, expenses=[kilometres, kilometres])
    lines = list(ExpenseLine.objects.filter(claim__number=other).order_by("pk"))
    add_receipt(ed, expense=lines[0].pk, receipt=receipt)
    drop_expenses(ed, expenses=[lines[1].pk])


def _checker(anne: Actor) -> Actor:
    """Somebody of HR who approved nothing."""
    company = Company.objects.get(pk=anne.company_id)
    name = f"hr-{company.pk}"
    add_user(console_actor(company), sign_in=name, name="Hetty", roles=["hr_officer"])
    return actor_for(User.objects.get(sign_in=name), company)


def _claimant(anne: Actor) -> Actor:
    """An employee who signs in."""
    company = Company.objects.get(pk=anne.company_id)
    name = f"ed-{company.pk}"
    add_user(console_actor(company), sign_in=name, name="Ed", roles=["employee"])
    code = add_employee(anne, employee=EmployeeDraft(name="Ed Claims"))
    link_user(console_actor(company), user=name, party=code)
    return actor_for(User.objects.get(sign_in=name), company)
