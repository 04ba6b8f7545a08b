"""All models of the kernel, gathered for Django; each lives in the room it belongs to."""

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
from kantoor.kernel.numbering.models import Series
from kantoor.kernel.parties.models import Party, PartyRole
from kantoor.kernel.record.erasure import Subject
from kantoor.kernel.record.models import Change, Head, KnownLayout, Record, SignedHead

__all__ = [
    "Approval",
    "Change",
    "Company",
    "ExcludingDuties",
    "Grant",
    "Head",
    "IdempotencyKey",
    "KnownLayout",
    "Party",
    "PartyRole",
    "Record",
    "Role",
    "RolePermission",
    "Series",
    "SignedHead",
    "Subject",
    "Token",
    "User",
]
