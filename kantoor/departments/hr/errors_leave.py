"""What somebody who asks, grants or decides on leave can do wrong."""

from kantoor.kernel.errors import Conflict, DomainError, NotAllowed, NotFound


class UnknownLeave(NotFound):
    """No such kind, rule or request of leave that the actor may see."""

    code = "hr.unknown_leave"


class UnknownSpell(NotFound):
    """This employee is not sick, or no such step is asked of it."""

    code = "hr.unknown_spell"


class NotEmployed(DomainError):
    """Somebody does not work here on a day of the leave."""

    code = "hr.leave_not_employed"


class LeaveOverlaps(Conflict):
    """There is leave on one of these days already."""

    code = "hr.leave_overlaps"


class NotEnoughLeave(DomainError):
    """More is asked than there is."""

    code = "hr.leave_not_enough"


class NotTheirs(NotAllowed):
    """Who decides is neither the manager nor HR, or decides on their own request."""

    code = "hr.leave_not_theirs"


class LeaveDecided(Conflict):
    """The request was decided or taken back already."""

    code = "hr.leave_decided"


class WarnedTooLate(Conflict):
    """What would lapse has lapsed already: a warning helps nobody any more."""

    code = "hr.leave_warned_too_late"


class NoMailbox(Conflict):
    """There is no mailbox or mail server that letters could go out by."""

    code = "hr.no_mailbox"


class SicknessOverlaps(Conflict):
    """Somebody is reported sick on these days already, or a day is out of order."""

    code = "hr.sickness_overlaps"
