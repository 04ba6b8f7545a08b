"""What HR tells after the fact: frozen, and without personal data."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class EmployeeHired:
    """Somebody works here from a day on; `employee` is their number."""

    company_id: int
    party_id: int
    employment_id: int
    employee: str
    starts_on: date


@dataclass(frozen=True)
class ContractChanged:
    """Somebody's contract is another from a day on; `fields` are what changed."""

    company_id: int
    party_id: int
    employment_id: int
    employee: str
    valid_from: date
    fields: tuple[str, ...]


@dataclass(frozen=True)
class EmploymentEnded:
    """The last day of somebody here was recorded (which may lie ahead), or became another.

    `moved`: a last day had been said before.
    """

    company_id: int
    party_id: int
    employment_id: int
    employee: str
    last_day: date
    moved: bool = False


@dataclass(frozen=True)
class ContractSigned:
    """A contract was signed on both sides; `employee` is their number, `starts_on` the first day.

    `first`: none was noted before of this person.
    """

    company_id: int
    party_id: int
    employment_id: int
    employee: str
    signed_on: date
    starts_on: date
    first: bool


@dataclass(frozen=True)
class PersonFileChanged:
    """What is private of somebody changed; `fields` are what, such as `iban`, without what they say."""

    company_id: int
    party_id: int
    employee: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ClaimMoved:
    """An expense claim came into a state (submitted, approved, refused, posted, …), by number."""

    company_id: int
    claim: str
    employee: str
    state: str


@dataclass(frozen=True)
class PayRunApproved:
    """A payroll run of a month was approved, by its number."""

    company_id: int
    run: str
    month: date


@dataclass(frozen=True)
class BreachRecorded:
    """A data breach was recorded, by its number; `due_at` is the end of the 72 hours."""

    company_id: int
    breach: str
    due_at: datetime


@dataclass(frozen=True)
class BreachChanged:
    """A data breach was assessed, told of (`authority`, `people`) or closed, by its number."""

    company_id: int
    breach: str
    what: str
