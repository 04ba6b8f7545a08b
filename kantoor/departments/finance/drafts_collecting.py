"""What is handed in about recurring invoices, reminders and write-off, and what comes of it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from kantoor.departments.finance.drafts_invoices import InvoiceLineInput


class RecurringDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What to invoice a customer every `months`, first for the period that `starts_on` begins.

    Prices rise by `index_percent` each year, first on `index_on`.
    """

    party: str
    starts_on: date
    lines: Sequence[InvoiceLineInput]
    months: int = 1
    ends_on: date | None = None
    due_days: int = 30
    reference: str = ""
    text: str = ""
    index_percent: Decimal = Decimal(0)
    index_on: date | None = None


class RecurringIssued(msgspec.Struct, frozen=True):
    """How many invoices were issued for how many agreements, and their sums in minor units."""

    invoices: int
    first: str
    last: str
    net: int
    gross: int


class RemindersSent(msgspec.Struct, frozen=True):
    """How many reminders were made, and what they ask for in minor units."""

    reminders: int
    first: str
    last: str
    open: int
    charged: int


class LevelDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A step in asking for payment; see ReminderLevel. `fee` in minor units."""

    days: int
    name_en: str
    name_nl: str
    fee: int = 0
    costs: str = ""
    interest: bool = False


class WriteOffDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice (or entry, `BNK/2011/3`) to write off: all that is open when no amount is said."""

    document: str
    amount: int | None = None


class WrittenOff(msgspec.Struct, frozen=True):
    """What was written off in minor units: the loss, and the VAT that comes back."""

    items: int
    amount: int
    vat: int
    entry: str
