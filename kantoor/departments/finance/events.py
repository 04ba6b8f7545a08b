"""What finance tells after the fact: frozen, and without personal data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InvoicesIssued:
    """Invoices or credit notes were issued: their keys, the first and last number."""

    company_id: int
    invoice_ids: range
    first: str
    last: str


@dataclass(frozen=True)
class ItemsSettled:
    """Open items were settled, or settlements undone (`amount` below zero), in minor units."""

    company_id: int
    amount: int
