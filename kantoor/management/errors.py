"""What somebody who steers by figures can do wrong."""

from kantoor.kernel.errors import NotFound


class UnknownObjective(NotFound):
    """No such objective in this company."""

    code = "management.unknown_objective"


class UnknownResult(NotFound):
    """No such key result."""

    code = "management.unknown_key_result"


class UnknownDashboard(NotFound):
    """No such dashboard that one may see."""

    code = "management.unknown_dashboard"


class UnknownCard(NotFound):
    """No such card on this dashboard, or nothing that it could show."""

    code = "management.unknown_card"


class UnknownAlert(NotFound):
    """No such alert in this company."""

    code = "management.unknown_alert"


class UnknownSchedule(NotFound):
    """No such report that goes out by itself."""

    code = "management.unknown_schedule"
