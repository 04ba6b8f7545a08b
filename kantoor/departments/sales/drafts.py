"""What is handed in to sales: orders, quotations and returns, as people write them and checked."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import msgspec


class LineDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A line as a person writes it; without price or text they are the article's own."""

    article: str
    quantity: Decimal
    unit_price: Decimal | None = None
    text: str = ""


class OrderDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An order; `customer` is the customer's code, `country` where it goes if not to their own.

    `reference` is its number in the front office `source`. No date is today.
    """

    customer: str
    lines: Sequence[LineDraft]
    ordered_on: date | None = None
    country: str = ""
    source: str = ""
    reference: str = ""
    text: str = ""


class QuotationDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An offer, good for 30 days unless it says until when."""

    customer: str
    lines: Sequence[LineDraft]
    offered_on: date | None = None
    valid_until: date | None = None
    country: str = ""
    reference: str = ""
    text: str = ""


class ReturnDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer brings back, quantities positive; `order` is the number it was sold by."""

    customer: str
    lines: Sequence[LineDraft]
    taken_on: date | None = None
    order: str = ""
    country: str = ""
    source: str = ""
    reference: str = ""
    text: str = ""


ReadyLine: TypeAlias = tuple[str, str, int, int, int]
"""A checked line, in finance's order: article code, text, quantity and unit price scaled 10**-6,
net in minor units."""


class Buyer(msgspec.Struct, gc=False):
    """A customer as orders need it."""

    party_id: int
    country: str
    vat_number: str
    payment_days: int
    blocked: bool


class Ready(msgspec.Struct, gc=False, kw_only=True):
    """A checked order, quotation or return; days are ISO text.

    With `settled` an order is delivered and invoiced as it is written, and a return credited.
    """

    buyer: Buyer
    on: str
    lines: Sequence[ReadyLine]
    net: int
    kind: str = "sale"
    country: str = ""
    source: str = ""
    reference: str = ""
    event: str = ""
    text: str = ""
    settled: bool = False
    order_id: int | None = None


class Taken(msgspec.Struct, frozen=True):
    """The number of an order, quotation or return that was taken."""

    number: str
    net: int
    currency: str
