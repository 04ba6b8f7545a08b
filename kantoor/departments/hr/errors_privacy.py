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
