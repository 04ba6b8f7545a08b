"""What people pay for the company, and what becomes of it."""

from kantoor.departments.hr.models.expenses.category import ExpenseCategory
from kantoor.departments.hr.models.expenses.claim import ExpenseClaim, ExpenseLine
from kantoor.departments.hr.models.expenses.settings import ExpenseSettings

__all__ = ["ExpenseCategory", "ExpenseClaim", "ExpenseLine", "ExpenseSettings"]
