"""What somebody who hires, changes contracts or ends them can do wrong."""

from kantoor.kernel.errors import DomainError, NotFound


class UnknownEmployee(NotFound):
    """No such employee in this company."""

    code = "hr.unknown_employee"


class UnknownUnit(NotFound):
    """No such unit of the organisation."""

    code = "hr.unknown_unit"


class NotLinked(NotFound):
    """Who is signed in is no employee of this company."""

    code = "hr.not_linked"


class NotEmployed(DomainError):
    """Somebody does not work here on that day."""

    code = "hr.not_employed"
    status = 409


class Overlap(DomainError):
    """Somebody works here already on these days."""

    code = "hr.overlap"
    status = 409


class WrongNumber(DomainError):
    """A national number or bank account that fails its check."""

    code = "hr.wrong_number"


class ManagerLoop(DomainError):
    """Somebody would manage themselves, by way of others."""

    code = "hr.manager_loop"
    status = 409


class UnitLoop(DomainError):
    """A unit would be within itself, by way of others."""

    code = "hr.unit_loop"
    status = 409
