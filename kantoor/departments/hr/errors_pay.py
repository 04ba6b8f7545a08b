"""What a payroll officer, or a file of cases, can do wrong."""

from kantoor.kernel.errors import DomainError, InvalidInput, NotFound


class NotCovered(DomainError):
    """The rules here don't cover it, and it is not guessed: another table, period, year or wage."""

    code = "hr.not_covered"


class WrongCase(InvalidInput):
    """A case of `payroll compute` that is not what a case should be."""

    code = "hr.wrong_case"


class WrongFormula(InvalidInput):
    """A component's formula can't be read, is too large, or uses what formulas may not."""

    code = "hr.wrong_formula"


class UnknownPay(NotFound):
    """No such salary, component, run or payslip in this company."""

    code = "hr.unknown_pay"


class PayState(DomainError):
    """The run is not in a state in which this can be done."""

    code = "hr.pay_state"
    status = 409


class NoPayslip(DomainError):
    """An employee's payslip could not be made: the reason stands with the run."""

    code = "hr.no_payslip"
