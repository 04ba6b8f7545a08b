"""What somebody who draws, starts or works on a procedure can do wrong."""

from kantoor.kernel.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotFound


class UnknownProcedure(NotFound):
    """No such procedure, version, instance or task in this company."""

    code = "procedures.unknown"


class NotADiagram(InvalidInput):
    """It can't be read as a BPMN 2.0 diagram of one procedure at all."""

    code = "procedures.not_a_diagram"


class NotRunnable(DomainError):
    """A version with something in it that can't run is not published."""

    code = "procedures.not_runnable"


class NotYours(NotAllowed):
    """A task that somebody else has, or that duties keep from somebody."""

    code = "procedures.not_yours"


class NotOpen(Conflict):
    """A task that was done or is no longer needed, or an instance that has ended."""

    code = "procedures.not_open"


class ChecklistFaulty(DomainError):
    """A checklist of which something can't be observed does not begin."""

    code = "procedures.checklist_faulty"


class ChecklistOpen(Conflict):
    """A checklist of which something is left does not close, nor what it belongs to."""

    code = "procedures.checklist_open"
