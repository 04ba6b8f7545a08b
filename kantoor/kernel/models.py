"""All models of the kernel, gathered for Django; each lives in the room it belongs to."""

from kantoor.kernel.actors.attempts import Attempts
from kantoor.kernel.actors.models import (
    Approval,
    Company,
    ExcludingDuties,
    Grant,
    IdempotencyKey,
    Role,
    RolePermission,
    Token,
    User,
)
from kantoor.kernel.calendars.models import Calendar, CalendarVersion
from kantoor.kernel.files.models import File
from kantoor.kernel.intake.models import IntakeEvent, IntakeFile, IntakeRaw
from kantoor.kernel.jobs.models import Job
from kantoor.kernel.looks.models import Look
from kantoor.kernel.mail.models import Mailbox, MailboxState, MailIn, MailOut, MailTo, Unreachable
from kantoor.kernel.numbering.models import Series
from kantoor.kernel.outbox.models import Delivery, Endpoint
from kantoor.kernel.parties.models import Party, PartyRole, PartyUser
from kantoor.kernel.record.erasure import Subject
from kantoor.kernel.record.models import Change, Erasure, Head, KnownLayout, Record, SignedHead

__all__ = [
    "Approval",
    "Attempts",
    "Calendar",
    "CalendarVersion",
    "Change",
    "Company",
    "Delivery",
    "Endpoint",
    "Erasure",
    "ExcludingDuties",
    "File",
    "Grant",
    "Head",
    "IdempotencyKey",
    "IntakeEvent",
    "IntakeFile",
    "IntakeRaw",
    "Job",
    "KnownLayout",
    "Look",
    "MailIn",
    "MailOut",
    "MailTo",
    "Mailbox",
    "MailboxState",
    "Party",
    "PartyRole",
    "PartyUser",
    "Record",
    "Role",
    "RolePermission",
    "Series",
    "SignedHead",
    "Subject",
    "Token",
    "Unreachable",
    "User",
]
