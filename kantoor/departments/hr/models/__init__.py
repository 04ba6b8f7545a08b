"""What HR keeps."""

from kantoor.departments.hr.models.expenses.category import ExpenseCategory
from kantoor.departments.hr.models.expenses.claim import ExpenseClaim, ExpenseLine
from kantoor.departments.hr.models.people.employment import ContractVersion, Employment
from kantoor.departments.hr.models.people.file import EmergencyContact, PersonFile
from kantoor.departments.hr.models.people.units import Unit

__all__ = [
    "ContractVersion",
    "EmergencyContact",
    "Employment",
    "ExpenseCategory",
    "ExpenseClaim",
    "ExpenseLine",
    "PersonFile",
    "Unit",
]
