"""What people pay for the company, and what becomes of it."""

from kantoor.departments.hr.models.expenses.category import ExpenseCategory
from kantoor.departments.hr.models.expenses.claim import ExpenseClaim, ExpenseLine

__all__ = ["ExpenseCategory", "ExpenseClaim", "ExpenseLine"]
