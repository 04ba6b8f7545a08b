"""What is handed in of purchase orders and receipts, and what comes of it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from kantoor.departments.finance.drafts_invoices import Day


class OrderLineDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an order; `account` and `tax` are the supplier's own where they are empty."""

    text: str
    quantity: Decimal
    unit_price: Decimal
    account: str = ""
    tax: str = ""
    dimensions: Mapping[str, str] = msgspec.field(default_factory=dict)
    article: str = ""


class OrderDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An order with a supplier, by code; `reference` is what the supplier should mention."""

    supplier: str
    date: Day
    lines: Sequence[OrderLineDraft]
    expected_on: Day | None = None
    reference: str = ""
    text: str = ""
    currency: str = ""
    """The company's when empty; it is invoiced and matched in the same."""


class ReceivedLine(msgspec.Struct, frozen=True, kw_only=True):
    """What was received of the line `n` of an order: all that is left, if no quantity is said."""

    n: int
    quantity: Decimal | None = None


class ReceiptDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Goods or services received of an order; no lines is all that is left of it."""

    order: str
    date: Day
    lines: Sequence[ReceivedLine] = ()
    reference: str = ""
    text: str = ""
