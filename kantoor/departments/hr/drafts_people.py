"""What is said of people when they are hired, when their contract changes, and when they leave."""

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

ContractKind = Literal["permanent", "fixed", "on_call", "intern", "director"]
EndReason = Literal["resigned", "agreed", "dismissed", "expired", "trial", "retired", "died"]


class HireDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who begins here on `start`.

    `employee` is the number of somebody who is known already (who comes back, or got a device
    before the first day), or the number that a new one gets; empty gives the next number. Hours
    of each weekday are in hours with decimals that make whole minutes. `until` is the last day of
    a contract for a fixed term; `manager`, `unit` and `cost_centre` are codes.
    """

    name: str = ""
    start: date
    employee: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    sign_in: str = ""
    kind: ContractKind = "permanent"
    until: date | None = None
    job_title: str = ""
    hours_mon: Decimal = Decimal(0)
    hours_tue: Decimal = Decimal(0)
    hours_wed: Decimal = Decimal(0)
    hours_thu: Decimal = Decimal(0)
    hours_fri: Decimal = Decimal(0)
    hours_sat: Decimal = Decimal(0)
    hours_sun: Decimal = Decimal(0)
    manager: str = ""
    unit: str = ""
    cost_centre: str = ""
    place: str = ""
    cao: str = ""
    birth_date: date | None = None
    bsn: str = ""
    nrn: str = ""
    iban: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    private_phone: str = ""
    private_email: str = ""


class ContractChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is other in an employee's contract from a day on; what is not said stays as it is.

    The day may lie in the past. An empty text takes away, and so does `-` of a manager or unit.
    """

    employee: str
    from_day: date
    kind: ContractKind | None = None
    until: date | None = None
    job_title: str | None = None
    hours_mon: Decimal | None = None
    hours_tue: Decimal | None = None
    hours_wed: Decimal | None = None
    hours_thu: Decimal | None = None
    hours_fri: Decimal | None = None
    hours_sat: Decimal | None = None
    hours_sun: Decimal | None = None
    manager: str | None = None
    unit: str | None = None
    cost_centre: str | None = None
    place: str | None = None
    cao: str | None = None


class EndDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The last day of an employee's employment, and how it ends."""

    employee: str
    last_day: date
    reason: EndReason
