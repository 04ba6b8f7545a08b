"""The tables of procedures."""

from kantoor.procedures.models.checklists import (
    Checklist,
    ChecklistItem,
    ChecklistRun,
    Observation,
    RunItem,
    RunListener,
)
from kantoor.procedures.models.definitions import Drawing, Procedure, StartTrigger, Version
from kantoor.procedures.models.duties import Duty, DutyTime
from kantoor.procedures.models.instances import Instance, Step
from kantoor.procedures.models.requests import AskedRequest, RequestKind, RequestRemark
from kantoor.procedures.models.talk import Comment, Mention
from kantoor.procedures.models.tasks import StandIn, Task, Team, TeamMember
from kantoor.procedures.models.waits import HeardEvent, NotBegun, Wait

__all__ = [
    "AskedRequest",
    "Checklist",
    "ChecklistItem",
    "ChecklistRun",
    "Comment",
    "Drawing",
    "Duty",
    "DutyTime",
    "HeardEvent",
    "Instance",
    "Mention",
    "NotBegun",
    "Observation",
    "Procedure",
    "RequestKind",
    "RequestRemark",
    "RunItem",
    "RunListener",
    "StandIn",
    "StartTrigger",
    "Step",
    "Task",
    "Team",
    "TeamMember",
    "Version",
    "Wait",
]
