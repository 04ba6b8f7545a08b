"""The views of management, in the order of the menu; the shell opens their desk with its own."""

from kantoor.management.web import plans, today
from kantoor.management.web.alerts import ALERT, ALERTS
from kantoor.management.web.dashboard import DASHBOARDS
from kantoor.management.web.figures import FIGURE, FIGURES
from kantoor.management.web.objectives import OBJECTIVE, OBJECTIVES
from kantoor.management.web.reports import MONTH_REPORT, REPORT, REPORTS

VIEWS = (
    DASHBOARDS,
    OBJECTIVES,
    OBJECTIVE,
    ALERTS,
    ALERT,
    REPORTS,
    REPORT,
    MONTH_REPORT,
    FIGURES,
    FIGURE,
)

__all__ = ["VIEWS", "plans", "today"]
