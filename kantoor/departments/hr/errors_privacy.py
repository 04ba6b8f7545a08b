"""What somebody can do wrong with retention, holds and people's data."""

from kantoor.kernel.errors import Conflict, NotAllowed, NotFound


class UnknownRule(NotFound):
    """No such rule of retention, hold or proposal in this company."""

    code = "hr.unknown_retention"


class Held(Conflict):
    """A legal hold keeps this; it wins from every period."""

    code = "hr.held"


class NotYoursToGive(NotAllowed):
    """All data of somebody holds what the actor may not see."""

    code = "hr.data_beyond_permission"


class UnknownBreach(NotFound):
    """No such data breach in this company."""

    code = "hr.unknown_breach"


class BreachState(Conflict):
    """The breach is not in a state in which this can be done."""

    code = "hr.breach_state"
