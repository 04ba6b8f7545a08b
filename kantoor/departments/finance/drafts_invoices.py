"""What is handed in to be invoiced, paid and settled, and what comes of it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

import msgspec

Supply = Literal["goods", "services"]
Day = date
"""The type of the fields that are called `date`."""


class InvoiceLine(NamedTuple):
    """A line of an invoice in bulk: quantity and unit price are scaled 10**-6.

    `net` is their product in minor units, rounded half up for each line (EN 16931, BT-131).
    """

    article: str
    text: str
    quantity: int
    unit_price: int
    net: int


class InvoiceDraft(msgspec.Struct, gc=False, kw_only=True):
    """An invoice, or with `credit` a credit note (its quantities positive, as it is read).

    `country` (ISO 3166) and `vat_number` decide the tax: empty is unknown. `reference` is the
    customer's or front office's number, `origin` the thing in Kantoor it comes from, `credits`
    the number of the invoice it credits, `exempt` says that what is sold is exempt from VAT.
    """

    party_id: int
    country: str
    vat_number: str
    date: str
    reference: str
    origin: str
    lines: Sequence[InvoiceLine]
    credit: bool = False
    due_days: int = 30
    credits: str = ""
    exempt: bool = False
    text: str = ""
    currency: str = ""
    """What prices are in; the company's currency when empty."""
    rate_date: str = ""
    """The day whose rate of exchange it is booked at; its own when empty."""
    terms: str = ""
    """The code of payment terms, where it is paid in parts; `due_days` counts when empty."""
    prepayment: bool = False
    """Whether it is of what is still to be delivered: a debt to the customer and no revenue yet."""
    supply: Supply = "goods"
    """Whether goods or services are sold, which decides the tax abroad."""


class Issued(NamedTuple):
    """What was issued: keys in the order of the drafts, the first and last draft's number.

    The sums are in minor units of the company's currency, credit notes counted below zero.
    """

    invoice_ids: range
    first: str
    last: str
    net: int
    tax: int
    gross: int


class InvoiceLineInput(msgspec.Struct, frozen=True, kw_only=True):
    """A line as a person writes it; `tax` is a tax code, empty to let customer and date decide."""

    text: str
    quantity: Decimal
    unit_price: Decimal
    article: str = ""
    tax: str = ""


class CreditLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an invoice to take back: all that is left of it when no quantity is said."""

    n: int
    quantity: Decimal | None = None


class InvoiceIssued(msgspec.Struct, frozen=True):
    """One issued invoice or credit note, amounts in minor units."""

    number: str
    net: int
    tax: int
    gross: int
    currency: str
    due_on: date


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """Money received: `amount` in minor units of `currency`, below zero if paid back.

    Without a `currency` it is in the company's. In another, `own_amount` says what came in on the
    account in the company's currency; without it the money stays in its currency, at the rate of
    the day. For an invoice (by number), or from a party (by code) to go to what is due first. `account`
    is the code of the bank or cash account, the company's bank when empty.
    """

    date: date
    amount: int
    invoice: str = ""
    party: str = ""
    account: str = ""
    reference: str = ""
    text: str = ""
    currency: str = ""
    own_amount: int | None = None


class PaymentsReceived(msgspec.Struct, frozen=True):
    """What was booked: the entries' first and last number, what settled and what stays open.

    In minor units of the company's currency.
    """

    payments: int
    first: str
    last: str
    settled: int
    unsettled: int


class SettlementDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Settle what is owed (`debit`) with what is in the customer's favour (`credit`).

    Both are numbers of invoices, credit notes or entries (`BNK/2011/3`, with `#2` behind it for
    the second such line of an entry). No amount is as much as both have open; no date is the
    later of both. Of items in two currencies `amount` is in the debit's, and `credit_amount` what
    it is in the credit's; at the rate of the day when unsaid.
    """

    debit: str
    credit: str
    amount: int | None = None
    date: Day | None = None
    credit_amount: int | None = None


class Settled(msgspec.Struct, frozen=True):
    """How many settlements were made or undone, and their sum in minor units."""

    settlements: int
    amount: int
