"""What HR tells after the fact: frozen, and without personal data."""

from dataclasses import dataclass
from datetime import date


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
    """The last day of somebody here was recorded (which may lie ahead), or became another."""

    company_id: int
    party_id: int
    employment_id: int
    employee: str
    last_day: date
