"""What management keeps."""

from kantoor.management.models.alerts import Alert, AlertCheck, AlertNotice, AlertRecipient
from kantoor.management.models.dashboards import Card, Dashboard, DashboardRole
from kantoor.management.models.objectives import KeyResult, Objective, ObjectiveComment
from kantoor.management.models.readings import Reading
from kantoor.management.models.schedules import ReportSchedule, ReportSent, ScheduleRecipient

__all__ = [
    "Alert",
    "AlertCheck",
    "AlertNotice",
    "AlertRecipient",
    "Card",
    "Dashboard",
    "DashboardRole",
    "KeyResult",
    "Objective",
    "ObjectiveComment",
    "Reading",
    "ReportSchedule",
    "ReportSent",
    "ScheduleRecipient",
]
