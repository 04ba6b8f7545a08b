"""All models of ICT, gathered for Django."""

from kantoor.departments.ict.models.cases.case import Case
from kantoor.departments.ict.models.cases.desk import Queue, QueueMember, Service
from kantoor.departments.ict.models.cases.timeline import CaseEvent, CaseFile, CaseNote
from kantoor.departments.ict.models.clocks.clocks import Clock, ClockSpan, ClockWarning
from kantoor.departments.ict.models.clocks.levels import LevelTarget, LevelVersion, ServiceLevel

__all__ = [
    "Case",
    "CaseEvent",
    "CaseFile",
    "CaseNote",
    "Clock",
    "ClockSpan",
    "ClockWarning",
    "LevelTarget",
    "LevelVersion",
    "Queue",
    "QueueMember",
    "Service",
    "ServiceLevel",
]
