"""The part of the menu for payroll."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.web.payroll import field_names, plans
from kantoor.departments.hr.web.payroll.runs import PAY_RUN, PAY_RUNS
from kantoor.departments.hr.web.payroll.salaries import COMPONENTS, SALARIES
from kantoor.departments.hr.web.payroll.slips import (
    OWN_PAPER,
    OWN_PAYSLIP,
    PAPER,
    PAYSLIP,
    PAYSLIPS,
)
from kantoor.departments.hr.web.payroll.trying import TRY_PAY
from kantoor.departments.hr.web.payroll.wages import WAGE_PAYMENT, WAGE_PAYMENTS, WAGES_FILE
from kantoor.departments.hr.web.payroll.years import (
    OWN_STATEMENT,
    STATEMENT,
    WAGE_TAX,
    YEAR_STATEMENTS,
)
from kantoor.kernel.pages.desk import Section
from kantoor.kernel.pages.view import View

__all__ = ["SECTION", "WITHIN", "field_names", "plans"]

SECTION = Section(
    _("Payroll"),
    [PAY_RUNS, PAYSLIPS, WAGE_PAYMENTS, SALARIES, COMPONENTS, YEAR_STATEMENTS, WAGE_TAX, TRY_PAY],
)
WITHIN: Sequence[View] = (
    PAY_RUN, WAGE_PAYMENT, WAGES_FILE, PAYSLIP, PAPER, STATEMENT, OWN_PAYSLIP, OWN_PAPER, OWN_STATEMENT,
)  # fmt: skip
