"""What HR keeps."""

from kantoor.departments.hr.models.expenses.category import ExpenseCategory
from kantoor.departments.hr.models.expenses.claim import ExpenseClaim, ExpenseLine
from kantoor.departments.hr.models.expenses.settings import ExpenseSettings
from kantoor.departments.hr.models.growth.certificate import Certificate
from kantoor.departments.hr.models.growth.review import (
    Objective,
    Review,
    ReviewAnswer,
    ReviewQuestion,
    ReviewRound,
)
from kantoor.departments.hr.models.growth.training import Course, CourseNeed, Training
from kantoor.departments.hr.models.growth.vacancy import Candidate, Interview, Vacancy
from kantoor.departments.hr.models.leave.kinds import LeaveKind, LeaveRule
from kantoor.departments.hr.models.leave.lots import LeaveGrant, LeaveLot, LeaveMove
from kantoor.departments.hr.models.leave.payouts import LeavePayout
from kantoor.departments.hr.models.leave.requests import LeaveDay, LeaveRequest
from kantoor.departments.hr.models.leave.sickness import SickDuty, SickPart, SickSpell
from kantoor.departments.hr.models.payroll.components import Component, ComponentValue
from kantoor.departments.hr.models.payroll.runs import PayAccount, PayError, PayRun, Payslip
from kantoor.departments.hr.models.payroll.salaries import PaySettings, Salary
from kantoor.departments.hr.models.payroll.wages import WagePayment, WageTransfer
from kantoor.departments.hr.models.people.deputies import Deputy
from kantoor.departments.hr.models.people.documents import PersonDocument
from kantoor.departments.hr.models.people.employment import ContractVersion, Employment
from kantoor.departments.hr.models.people.file import EmergencyContact, PersonFile
from kantoor.departments.hr.models.people.units import Unit, UnitVersion
from kantoor.departments.hr.models.privacy.breaches import DataBreach
from kantoor.departments.hr.models.privacy.retention import (
    LegalHold,
    RetentionProposal,
    RetentionRule,
)
from kantoor.departments.hr.models.times.clock import (
    ClockMark,
    OvertimeRule,
    PlannedShift,
    Shift,
    WorkedTime,
)
from kantoor.departments.hr.models.times.sheets import HourLine, HourSheet
from kantoor.departments.hr.models.times.worth import (
    HourBilled,
    HourBilling,
    HourCost,
    HourCostRate,
    HourRate,
    HourSettings,
)

__all__ = [
    "Candidate",
    "Certificate",
    "ClockMark",
    "Component",
    "ComponentValue",
    "ContractVersion",
    "Course",
    "CourseNeed",
    "DataBreach",
    "Deputy",
    "EmergencyContact",
    "Employment",
    "ExpenseCategory",
    "ExpenseClaim",
    "ExpenseLine",
    "ExpenseSettings",
    "HourBilled",
    "HourBilling",
    "HourCost",
    "HourCostRate",
    "HourLine",
    "HourRate",
    "HourSettings",
    "HourSheet",
    "Interview",
    "LeaveDay",
    "LeaveGrant",
    "LeaveKind",
    "LeaveLot",
    "LeaveMove",
    "LeavePayout",
    "LeaveRequest",
    "LeaveRule",
    "LegalHold",
    "Objective",
    "OvertimeRule",
    "PayAccount",
    "PayError",
    "PayRun",
    "PaySettings",
    "Payslip",
    "PersonDocument",
    "PersonFile",
    "PlannedShift",
    "RetentionProposal",
    "RetentionRule",
    "Review",
    "ReviewAnswer",
    "ReviewQuestion",
    "ReviewRound",
    "Salary",
    "Shift",
    "SickDuty",
    "SickPart",
    "SickSpell",
    "Training",
    "Unit",
    "UnitVersion",
    "Vacancy",
    "WagePayment",
    "WageTransfer",
    "WorkedTime",
]
