"""What sales tells after the fact: frozen, and without personal data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OrdersTaken:
    """Orders were taken: their keys, the first and last number."""

    company_id: int
    order_ids: range
    first: str
    last: str


@dataclass(frozen=True)
class OrderPlaced:
    """An order was taken that waits to be confirmed, by its number; `net` in minor units.

    `source` is the front office that it came from, empty for one that was typed here.
    """

    company_id: int
    order: str
    net: int
    source: str


@dataclass(frozen=True)
class OrdersMoved:
    """Orders came into a state (confirmed, delivered, invoiced, completed, cancelled)."""

    company_id: int
    state: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class ReturnsTaken:
    """Things were taken back: the keys of the returns, the first and last number."""

    company_id: int
    return_ids: range
    first: str
    last: str
