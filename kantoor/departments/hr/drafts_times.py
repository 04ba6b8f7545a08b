"""What people hand in of hours, of what an hour is worth, and what comes of it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from kantoor.departments.hr.reckoning.overtime import OvertimeKind


class WeekRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a week: minutes of each day on a project (a code), for a customer (a code)."""

    project: str = ""
    customer: str = ""
    text: str = ""
    billable: bool = False
    mon: int = 0
    tue: int = 0
    wed: int = 0
    thu: int = 0
    fri: int = 0
    sat: int = 0
    sun: int = 0


class HourDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes of an employee (their number) on one day."""

    employee: str
    day: date
    minutes: int
    project: str = ""
    customer: str = ""
    text: str = ""
    billable: bool = False


class HourCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """What an approved line should have been: its key, and the minutes (0 takes it back)."""

    line: int
    minutes: int


class HourRateDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What an hour is worth from a day on, in major units of `currency` (the company's if empty).

    For a project, customer or employee (codes), or any of those left out.
    """

    start: date
    rate: Decimal
    project: str = ""
    customer: str = ""
    employee: str = ""
    currency: str = ""


class HourCostRateDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What an hour of a function costs from a day on, in major units of the company's currency."""

    start: date
    rate: Decimal
    job_title: str = ""


class HoursInvoiced(msgspec.Struct, frozen=True):
    """How many invoices were issued, the first and last number, and their net in minor units.

    The net is in the company's currency.
    """

    invoices: int
    first: str
    last: str
    minutes: int
    net: int


class HourCostsPosted(msgspec.Struct, frozen=True):
    """The entry that booked the cost of a month, empty where nothing was left to book."""

    entry: str
    minutes: int
    amount: int


class ClockMarkDraft(msgspec.Struct, frozen=True, kw_only=True):
    """That an employee (their number) came (`in`) or left (`out`), as a terminal saw it.

    `zone` is where it stands (`Europe/Amsterdam`), that of the company if empty.
    """

    employee: str
    at: datetime
    kind: Literal["in", "out"]
    zone: str = ""


class ShiftDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A shift by the clock on the wall (`22:00` to `06:00`); `pause` is its break in minutes."""

    code: str
    name: str
    starts: str
    ends: str
    pause: Annotated[int, msgspec.Meta(ge=0, le=480)] = 0
    zone: str = ""
    ended: bool = False


class ShiftPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The shift (a code) of an employee on days of the week of `week`; an empty one is none."""

    employee: str
    week: date
    shift: str = ""
    mon: bool = True
    tue: bool = True
    wed: bool = True
    thu: bool = True
    fri: bool = True
    sat: bool = False
    sun: bool = False


class OvertimeRuleDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What percentage of the wage minutes are paid from a day on; 100 ends a rule.

    Of a day or week beyond `after` minutes, or on Saturdays, Sundays or holidays.
    """

    kind: OvertimeKind
    percent: Annotated[int, msgspec.Meta(ge=100, le=1000)]
    start: date
    after: Annotated[int, msgspec.Meta(ge=0, le=10080)] = 0
