"""What somebody can do wrong with time."""

from kantoor.kernel.errors import Conflict, DomainError, NotFound


class UnknownSheet(NotFound):
    """No such timesheet, or none that the actor may see."""

    code = "hr.unknown_timesheet"


class SheetState(Conflict):
    """The timesheet, or a line of it, is not in a state for this."""

    code = "hr.timesheet_state"


class WeekChanged(Conflict):
    """Somebody else wrote the week since it was read, and would be overwritten."""

    code = "hr.week_changed"


class OwnHours(DomainError):
    """Nobody decides on hours of their own."""

    code = "hr.own_hours"
    status = 403


class NotEmployedThen(DomainError):
    """Hours of a day on which somebody did not work here."""

    code = "hr.not_employed_then"


class TooManyHours(DomainError):
    """More than 24 hours in a day."""

    code = "hr.too_many_hours"


class NoHourRate(DomainError):
    """Nothing says what these hours are worth, or what they cost."""

    code = "hr.no_hour_rate"


class NotCredited(Conflict):
    """The invoice was not credited, so that its hours stay on it."""

    code = "hr.invoice_not_credited"


class ClockState(Conflict):
    """One is not in, or the mark was taken back already."""

    code = "hr.clock_state"


class ClockFault(Conflict):
    """The week has marks without their other, or is not over yet."""

    code = "hr.clock_fault"


class UnknownClock(NotFound):
    """No such mark, shift or week of worked time, or none that the actor may see."""

    code = "hr.unknown_clock"
