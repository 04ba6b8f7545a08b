"""What is handed in of suppliers and their invoices, and what comes of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from kantoor.departments.finance.drafts_invoices import Day

NO_TAX = "-"
"""What a line says that stands outside VAT."""


class SupplierDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier; without a code they get one from our own series.

    `country` is a name or an ISO 3166 code. They give `discount_percent` to who pays within
    `discount_days`. `account` and `tax` are what their lines get that say nothing else, `endpoint`
    is their electronic address, scheme first (`0106:12345678`).
    """

    name: str
    code: str = ""
    kind: Literal["person", "organisation"] = "organisation"
    email: str = ""
    phone: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    vat_number: str = ""
    registration: str = ""
    language: str = ""
    payment_days: int = 30
    discount_percent: Decimal = Decimal(0)
    discount_days: int = 0
    account: str = ""
    tax: str = ""
    endpoint: str = ""


class SupplierChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of the supplier with this code; what is not said stays as it is."""

    code: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    vat_number: str | None = None
    registration: str | None = None
    language: str | None = None
    payment_days: int | None = None
    discount_percent: Decimal | None = None
    discount_days: int | None = None
    account: str | None = None
    tax: str | None = None
    endpoint: str | None = None


class PurchaseLineDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A line: its net `amount` in minor units, or else quantity times unit price.

    `account` and `tax` are the supplier's own where they are empty; a `tax` of `-` is none.
    `order_line` is what it invoices of an order (`PO-000012#2`), whose account, tax and dimensions
    it gets where it says none.
    """

    text: str
    amount: int | None = None
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    account: str = ""
    tax: str = ""
    dimensions: Mapping[str, str] = msgspec.field(default_factory=dict)
    article: str = ""
    order_line: str = ""


class TaxSaid(msgspec.Struct, frozen=True, kw_only=True):
    """The tax of one tax code as the invoice says it, in minor units."""

    tax: str
    amount: int


class PurchaseDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A purchase invoice, or with `credit` a credit note (its amounts positive, as it is read).

    `supplier` is a code, `reference` the number it bears. `taxes` say what the invoice does where
    that is not rate times base to the cent, `gross` what it must add up to, in minor units.
    `discount_percent` until `discount_on` and `due_on` are the supplier's terms where unsaid.
    `credits` is our number of the invoice that a credit note takes back.
    """

    supplier: str
    reference: str
    date: Day
    lines: Sequence[PurchaseLineDraft]
    due_on: Day | None = None
    received_on: Day | None = None
    credit: bool = False
    credits: str = ""
    currency: str = ""
    taxes: Sequence[TaxSaid] = ()
    gross: int | None = None
    discount_percent: Decimal | None = None
    discount_on: Day | None = None
    payment_reference: str = ""
    iban: str = ""
    order_reference: str = ""
    text: str = ""


class PurchaseEntered(msgspec.Struct, frozen=True):
    """What was entered: `same_as` is the number of one that it seems to be again."""

    number: str
    state: str
    net: int
    tax: int
    gross: int
    currency: str
    due_on: date
    same_as: str = ""


class PurchasesPosted(msgspec.Struct, frozen=True):
    """What was posted, in minor units of the company's currency, credit notes below zero: `first` and `last` are entries."""

    invoices: int
    first: str
    last: str
    net: int
    tax: int
    gross: int
