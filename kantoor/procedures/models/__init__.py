"""The tables of procedures."""

from kantoor.procedures.models.definitions import Drawing, Procedure, StartTrigger, Version
from kantoor.procedures.models.instances import Instance, Step
from kantoor.procedures.models.requests import AskedRequest, RequestKind, RequestRemark
from kantoor.procedures.models.talk import Comment, Mention
from kantoor.procedures.models.tasks import StandIn, Task, Team, TeamMember
from kantoor.procedures.models.waits import HeardEvent, Wait

__all__ = [
    "AskedRequest",
    "Comment",
    "Drawing",
    "HeardEvent",
    "Instance",
    "Mention",
    "Procedure",
    "RequestKind",
    "RequestRemark",
    "StandIn",
    "StartTrigger",
    "Step",
    "Task",
    "Team",
    "TeamMember",
    "Version",
    "Wait",
]
