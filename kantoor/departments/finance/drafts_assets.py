"""What is handed in about fixed assets, and what comes of it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from kantoor.departments.finance.schedules.depreciation import Convention, Method

EntriesPer = Literal["category", "asset"]
Fiscal = Literal["other", "goodwill", "none"]
Day = date
"""The type of the fields that are called `date`."""


class AssetDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An asset to be registered; `cost` in minor units of the company's currency.

    How it is booked: on a posted `entry` (`INK/2026/12`, `line` counted from 1), against the
    account `contra`, or not at all when the books hold it already; then `accumulated` is what was
    depreciated through `depreciated_until`. What is left empty of the terms is the category's.
    """

    name: str
    category: str
    cost: int
    acquired_on: date
    in_use_from: date | None = None
    entry: str = ""
    line: int | None = None
    contra: str = ""
    accumulated: int = 0
    depreciated_until: date | None = None
    part_of: str = ""
    supplier: str = ""
    serial: str = ""
    location: str = ""
    dimensions: Mapping[str, str] = msgspec.field(default_factory=dict)
    method: Method | None = None
    convention: Convention | None = None
    life_months: int | None = None
    residual: int | None = None
    rate: Decimal | None = None
    units: Decimal | None = None
    remark: str = ""


class Registered(msgspec.Struct, frozen=True):
    """Assets that were registered: their numbers, their cost in all, and what the law limits."""

    numbers: list[str]
    cost: int
    warnings: list[str] = []


class UseDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What an asset made until a day, in its units; below zero takes back what was too much."""

    asset: str
    date: date
    units: Decimal
    text: str = ""


class AssetChanged(msgspec.Struct, frozen=True):
    """What an event did: the number of its entry, if any, and the book value after it.

    `result` is the gain (above zero) or loss of a disposal.
    """

    asset: str
    entry: str
    book_value: int
    result: int = 0


class Depreciated(msgspec.Struct, frozen=True):
    """A run: its number (empty when nothing was due), how many assets, and how much in all."""

    number: str
    period: str
    assets: int
    amount: int
    entries: list[str]
