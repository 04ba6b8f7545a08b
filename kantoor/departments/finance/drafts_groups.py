"""What is handed in about affiliated companies and groups, and what comes of it."""

from datetime import date
from decimal import Decimal

import msgspec

Day = date
"""The type of the fields that are called `date`."""


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """An amount charged to an affiliate, in minor units of `currency` (the company's when empty).

    `party` is its code here, `account` what it is charged for; below zero it is taken back.
    """

    party: str
    date: Day
    amount: int
    account: str
    text: str = ""
    currency: str = ""


class MirrorBooked(msgspec.Struct, frozen=True):
    """A mirror that was dealt with, and the number of the entry that books it, if one does."""

    mirror: int
    state: str
    entry: str


class MemberDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A company of a group, by its name; `equity` in minor units of its own currency.

    `participation` is the code of the head's account that the price paid stands on; none for the
    head itself, of which a hundred per cent is owned.
    """

    company: str
    percent: Decimal = Decimal(100)
    acquired_on: Day | None = None
    equity: int = 0
    participation: str = ""
