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
class PurchaseInvoicesPosted:
    """Purchase invoices or credit notes were posted, by our numbers."""

    company_id: int
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class ItemsSettled:
    """Open items were settled, or settlements undone (`amount` below zero), in minor units."""

    company_id: int
    amount: int


@dataclass(frozen=True)
class PaymentsSent:
    """A payment file was made: the run's number, how many orders, and their sum in cents."""

    company_id: int
    run: str
    orders: int
    amount: int


@dataclass(frozen=True)
class PaymentsRejected:
    """The bank rejected orders of a run, whose invoices are open again."""

    company_id: int
    run: str
    orders: int
    amount: int


@dataclass(frozen=True)
class RemindersMade:
    """Letters were made that ask customers to pay: the first and last number, and how many."""

    company_id: int
    first: str
    last: str
    reminders: int


@dataclass(frozen=True)
class PartyAccountProposed:
    """A bank account of a party was put forward; `party` is its code. It waits for another person."""

    company_id: int
    party: str


@dataclass(frozen=True)
class PartyAccountVerified:
    """A bank account of a party was verified: it is paid there. `party` is its code."""

    company_id: int
    party: str


@dataclass(frozen=True)
class PurchaseOrderMoved:
    """A purchase order came into a state (draft, approved, sent, closed, cancelled), by number."""

    company_id: int
    order: str
    state: str


@dataclass(frozen=True)
class PurchasesReceived:
    """Something came in of these purchase orders, by number."""

    company_id: int
    orders: tuple[str, ...]


@dataclass(frozen=True)
class PeriodClosed:
    """A period (`2011-03`) was closed, `soft` or `hard`, or is `open` again."""

    company_id: int
    period: str
    how: str
