"""What people hand in about time spent on cases, and what it costs."""

from datetime import date
from decimal import Decimal

import msgspec


class WorkDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes one worked on a case oneself, on a day: today unless said."""

    case: str
    minutes: int
    day: date | None = None


class ChargesPosted(msgspec.Struct, frozen=True):
    """What was booked: the entry's number (empty where nothing was), minutes and minor units."""

    entry: str
    minutes: int
    amount: int


class WorkRateDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What an hour of work costs from a day on, in major units of the company's currency.

    For a service or a queue (codes), or with neither any work.
    """

    start: date
    rate: Decimal
    service: str = ""
    queue: str = ""
