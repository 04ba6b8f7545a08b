"""What ICT tells after the fact: frozen, and without personal data."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CaseOpened:
    """A case was opened; `number` as people see it, `about` the key of its cause.

    `priority` is 1 (critical) to 4 (low).
    """

    company_id: int
    case_id: int
    number: str
    kind: str
    channel: str
    about: str
    priority: int


@dataclass(frozen=True)
class CaseChanged:
    """Something happened to a case: its state, who has it, or what was written.

    `what` lists what changed (state, priority, queue, assignee, note, …), `event_ids` are the rows
    of its timeline; `public` whether the requester is to hear of it.
    """

    company_id: int
    case_id: int
    number: str
    state: str
    what: tuple[str, ...]
    event_ids: tuple[int, ...]
    public: bool


@dataclass(frozen=True)
class DeadlineNear:
    """A clock of a case is about to run out; told once for each deadline."""

    company_id: int
    case_id: int
    number: str
    clock: str
    due_at: datetime
    assignee_id: int | None
    queue_id: int | None


@dataclass(frozen=True)
class ApprovalAsked:
    """Somebody has to agree to a request: a user, else a role, else who manages the desk."""

    company_id: int
    case_id: int
    number: str
    approver_id: int | None
    approver_role: str


@dataclass(frozen=True)
class DeadlinePassed:
    """A deadline of a case passed; told once to a user, or to whoever manages the desk."""

    company_id: int
    case_id: int
    escalation_id: int
    number: str
    clock: str
    due_at: datetime
    user_id: int | None


@dataclass(frozen=True)
class DevicesHandedOut:
    """Devices were handed to somebody on one sheet; `employee` is their number."""

    company_id: int
    party_id: int
    employee: str
    handover: str
    devices: tuple[str, ...]


@dataclass(frozen=True)
class DevicesTakenBack:
    """Devices came back from somebody on one sheet; `employee` is their number."""

    company_id: int
    party_id: int
    employee: str
    handover: str
    devices: tuple[str, ...]


@dataclass(frozen=True)
class HandoverSigned:
    """Somebody signed a sheet for devices that went `out` or came `back`."""

    company_id: int
    party_id: int
    employee: str
    handover: str
    direction: str


@dataclass(frozen=True)
class AgentSeen:
    """A computer that somebody has reported for the first time since it was handed out to them."""

    company_id: int
    party_id: int
    employee: str
    device: str


@dataclass(frozen=True)
class DevicesLetGo:
    """Devices are no longer kept for somebody, or left them without a sheet, such as from repair."""

    company_id: int
    party_id: int
    employee: str
    devices: tuple[str, ...]


@dataclass(frozen=True)
class AccountsOpened:
    """Somebody got accounts in these systems; `employee` is their number."""

    company_id: int
    party_id: int
    employee: str
    systems: tuple[str, ...]


@dataclass(frozen=True)
class AccountsClosed:
    """Accounts of somebody in these systems were closed; `employee` is their number."""

    company_id: int
    party_id: int
    employee: str
    systems: tuple[str, ...]
