"""What can stand in a cell of a list, a record or a report: values with a type, formatted only when shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Tone = Literal["quiet", "info", "good", "wait", "bad"]
"""How a status asks for attention; `bad` is only for what needs hands. Each tone has its own shape."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units; `exponent` is the number of decimals of its currency (ISO 4217).

    Give `currency` only where the amount stands alone: in a column the head says it once.
    """

    minor: int
    exponent: int = 2
    currency: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """A state as word and shape: `label` in the reader's language, `code` as in the model."""

    code: str
    label: str
    tone: Tone = "quiet"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that open another page."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation, with an optional second piece of recognition (a number, a town)."""

    name: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Thumb:
    """A small picture, with what can be seen on it for who can't see it; sizes in pixels."""

    url: str
    alt: str
    width: int
    height: int


Cell = str | int | Decimal | date | datetime | Money | Status | Link | Party | Thumb | None
Sums = Sequence[tuple[str, Money | Decimal | int]]
"""Totals by column key."""
