"""All models of ICT, gathered for Django."""

from kantoor.departments.ict.models.accounts.accounts import SystemAccount
from kantoor.departments.ict.models.articles.articles import (
    Article,
    ArticleHelped,
    ArticleUse,
    ArticleVersion,
)
from kantoor.departments.ict.models.backups.plan import BackupPlan
from kantoor.departments.ict.models.backups.run import BackupProof, BackupRun
from kantoor.departments.ict.models.canned.texts import CannedAnswer, CaseTemplate
from kantoor.departments.ict.models.cases.case import Case
from kantoor.departments.ict.models.cases.charges import Charge, ChargeSettings
from kantoor.departments.ict.models.cases.desk import Queue, QueueMember, Service
from kantoor.departments.ict.models.cases.devices import CaseDevice
from kantoor.departments.ict.models.cases.links import CaseLink
from kantoor.departments.ict.models.cases.timeline import CaseEvent, CaseFile, CaseNote
from kantoor.departments.ict.models.cases.work import CaseWork, WorkRate
from kantoor.departments.ict.models.catalogue.items import CatalogueField, CatalogueItem
from kantoor.departments.ict.models.catalogue.requests import (
    CaseTask,
    RequestAnswer,
    ServiceRequest,
)
from kantoor.departments.ict.models.clocks.clocks import Clock, ClockSpan, ClockWarning, Escalation
from kantoor.departments.ict.models.clocks.levels import LevelTarget, LevelVersion, ServiceLevel
from kantoor.departments.ict.models.devices import (
    Consumable,
    Dependency,
    Device,
    DeviceEvent,
    DeviceKey,
    DeviceMerge,
    DeviceModel,
    DevicePart,
    DeviceSaid,
    DeviceSeen,
    Handover,
    HandoverItem,
    Installation,
    InventoryConflict,
    InventoryContent,
    InventoryDoor,
    InventoryRaw,
    InventoryReport,
    Licence,
    Location,
    SoftwareCount,
    SoftwareTitle,
    SoftwareVersion,
    StockMove,
    StockTake,
    StockTakeScan,
)
from kantoor.departments.ict.models.mail.participants import Participant
from kantoor.departments.ict.models.satisfaction.opinions import CaseOpinion
from kantoor.departments.ict.models.servers.alert import Alert, AlertBody, Trouble
from kantoor.departments.ict.models.servers.check import Check, CheckChange, CheckHour, CheckPulse
from kantoor.departments.ict.models.servers.server import (
    Maintenance,
    Server,
    ServerService,
    StatusAddress,
)

__all__ = [
    "Alert",
    "AlertBody",
    "Article",
    "ArticleHelped",
    "ArticleUse",
    "ArticleVersion",
    "BackupPlan",
    "BackupProof",
    "BackupRun",
    "CannedAnswer",
    "Case",
    "CaseDevice",
    "CaseEvent",
    "CaseFile",
    "CaseLink",
    "CaseNote",
    "CaseOpinion",
    "CaseTask",
    "CaseTemplate",
    "CaseWork",
    "CatalogueField",
    "CatalogueItem",
    "Charge",
    "ChargeSettings",
    "Check",
    "CheckChange",
    "CheckHour",
    "CheckPulse",
    "Clock",
    "ClockSpan",
    "ClockWarning",
    "Consumable",
    "Dependency",
    "Device",
    "DeviceEvent",
    "DeviceKey",
    "DeviceMerge",
    "DeviceModel",
    "DevicePart",
    "DeviceSaid",
    "DeviceSeen",
    "Escalation",
    "Handover",
    "HandoverItem",
    "Installation",
    "InventoryConflict",
    "InventoryContent",
    "InventoryDoor",
    "InventoryRaw",
    "InventoryReport",
    "LevelTarget",
    "LevelVersion",
    "Licence",
    "Location",
    "Maintenance",
    "Participant",
    "Queue",
    "QueueMember",
    "RequestAnswer",
    "Server",
    "ServerService",
    "Service",
    "ServiceLevel",
    "ServiceRequest",
    "SoftwareCount",
    "SoftwareTitle",
    "SoftwareVersion",
    "StatusAddress",
    "StockMove",
    "StockTake",
    "StockTakeScan",
    "SystemAccount",
    "Trouble",
    "WorkRate",
]
