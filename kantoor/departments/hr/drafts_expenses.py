"""What people hand in of categories and claims of expenses."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

CategoryKind = Literal["receipt", "mileage", "per_diem"]
Over = Literal["refuse", "reason"]


class CategoryDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of expense; see `models.expenses.category`. Amounts in minor units, `rate` in major."""

    code: str
    name: str
    account: str
    kind: CategoryKind = "receipt"
    tax: str = ""
    rate: Decimal | None = None
    most_minor: int | None = None
    over: Over = "reason"
    receipt_from_minor: int | None = None


class CategoryChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of the category with this code; what is not said stays as it is."""

    code: str
    name: str | None = None
    account: str | None = None
    tax: str | None = None
    rate: Decimal | None = None
    most_minor: int | None = None
    over: Over | None = None
    receipt_from_minor: int | None = None
    active: bool | None = None


class ExpenseDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a claim: an `amount` in minor units of `currency`, or a `quantity` of km or days.

    `tax` is the VAT that stands on the receipt, in minor units of the company's currency.
    """

    category: str
    date: date
    amount: int | None = None
    quantity: Decimal | None = None
    currency: str = ""
    tax: int | None = None
    text: str = ""
    reason: str = ""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """A picture or PDF of a receipt, as it came."""

    name: str
    content: bytes


class ClaimsPosted(msgspec.Struct, frozen=True):
    """How many claims were posted, what they come to in minor units, and the entries."""

    claims: int
    amount: int
    entries: Sequence[str]
